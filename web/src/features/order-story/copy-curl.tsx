import { Check, Terminal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { stringifyDocument } from 'urql';
import { currentSession } from '../../graphql/session.ts';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { curlCommand } from './curl.ts';
import { OrderStoryDocument } from './order-story.generated.ts';

const SAID_FOR_MS = 1_500;

/** Copies a command that asks the gateway for exactly the facts of this order. */
export function CopyCurl({ orderId }: { readonly orderId: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    const query = stringifyDocument(OrderStoryDocument);
    await navigator.clipboard.writeText(
      curlCommand(location.origin, { query, variables: { orderId } }, currentSession()),
    );
    setIsCopied(true);
    announce('The command is copied');
  };
  const Icon = isCopied ? Check : Terminal;
  return (
    <Button size="sm" icon={<Icon aria-hidden size={14} />} className="min-w-36" onClick={() => void copy()}>
      {isCopied ? 'Copied' : 'Copy as curl'}
    </Button>
  );
}
