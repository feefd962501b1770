import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What it is about, below the title. */
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A window over the page that keeps the focus until it is closed. Its shade is drawn here and not by Radix, whose own
 * writes a style element into the page, which the page's Content-Security-Policy refuses.
 */
export function Dialog({ isOpen, onClose, title, description, children }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div aria-hidden className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[85dvh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col rounded-lg border border-line bg-raised shadow-raised"
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className="flex items-start justify-between gap-4 px-4 pt-4">
            <Radix.Title className="text-lg">{title}</Radix.Title>
            <Radix.Close className="rounded-md p-2 text-muted hover:bg-sunken" aria-label="Close">
              <X aria-hidden size={18} />
            </Radix.Close>
          </div>
          {description !== undefined && (
            <Radix.Description asChild>
              <div className="px-4 pt-1 text-sm text-muted">{description}</div>
            </Radix.Description>
          )}
          <div className="min-h-0 overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
