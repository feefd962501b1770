import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-control bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink hover:bg-sunken',
  danger: 'bg-rejected text-on-accent hover:opacity-90',
} as const;

const sizes = { md: 'min-h-10 px-4 text-sm', sm: 'min-h-8 px-3 text-sm' } as const;

export type ButtonLook = keyof typeof looks;

/** The classes of a button, also for a link that looks like one. */
export const buttonClasses = (look: ButtonLook = 'secondary', size: keyof typeof sizes = 'md'): string =>
  classes(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap transition-colors',
    'disabled:opacity-50',
    looks[look],
    sizes[size],
  );

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly size?: keyof typeof sizes;
  /** What it started is not done: it cannot be pressed again, and keeps its width. */
  readonly isBusy?: boolean;
  readonly icon?: ReactNode;
}

export function Button({ look, size, isBusy = false, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      disabled={rest.disabled || isBusy}
      className={classes(buttonClasses(look, size), className)}
    >
      {isBusy ? <LoaderCircle aria-hidden size={16} className="animate-spin" /> : icon}
      {children}
    </button>
  );
}
