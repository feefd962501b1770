import { useState } from 'react';
import { timesMoney } from '../../money.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, Money } from '../../ui/figures.tsx';
import type { TrackedOrder } from './use-tracked-order.ts';

const SHOWN_FIRST = 20;

/** What was ordered, at the prices that were charged. Of a long order the first lines, and all at a press. */
export function OrderLines({ order }: { readonly order: TrackedOrder }) {
  const [isWhole, setIsWhole] = useState(false);
  const { lines, total } = order;
  const shown = isWhole ? lines : lines.slice(0, SHOWN_FIRST);
  return (
    <>
      <ul>
        {shown.map(({ sku, product, quantity, unitPrice }) => (
          <li key={sku} className="flex items-baseline justify-between gap-4 border-b border-line py-3">
            <div className="min-w-0">
              <p>{product?.name ?? sku}</p>
              <p className="text-sm text-muted">
                {formatCount(quantity)} × <Money of={unitPrice} />
                {product && <span className="ml-3 font-mono text-xs">{sku}</span>}
              </p>
            </div>
            <Money of={timesMoney(unitPrice, quantity)} />
          </li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <Button className="my-3" onClick={() => setIsWhole(true)}>
          Show all {formatCount(lines.length)} lines
        </Button>
      )}
      <p className="flex items-baseline justify-between gap-4 pt-3 text-lg font-semibold">
        <span>Total</span>
        <Money of={total} />
      </p>
    </>
  );
}
