import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classes } from './classes.ts';

/** A button that copies a text, and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      title={label}
      aria-label={isCopied ? 'Copied' : label}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}
      className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-sunken hover:text-ink"
    >
      <Icon aria-hidden size={14} />
    </button>
  );
}

/** An id in short, with the whole of it under the pointer and on the clipboard. */
export function ShortId({ id, className }: { readonly id: string; readonly className?: string }) {
  return (
    <span className={classes('inline-flex items-center gap-1 font-mono text-xs', className)} title={id}>
      {shortId(id)}
      <CopyButton text={id} label={`Copy ${id}`} />
    </span>
  );
}

/** The end of an id: ids that are made one after the other begin alike. */
export const shortId = (id: string): string => (id.length > 13 ? `…${id.slice(-12)}` : id);
