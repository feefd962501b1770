import { formatCount } from '../../ui/figures.tsx';
import type { TrackedOrder } from './use-tracked-order.ts';

/** Of a rejected order what was short: how many units were asked for, and how many there were. */
export function OrderShortages({ order }: { readonly order: TrackedOrder }) {
  if (order.rejection === null) return null;
  const names = new Map(order.lines.map(({ sku, product }) => [sku, product?.name ?? sku]));
  return (
    <>
      <p className="max-w-prose text-sm text-muted">
        An order is tied whole or not at all. When it was decided, all facilities together could not serve
        this:
      </p>
      <ul className="mt-3">
        {order.rejection.shortages.map(({ sku, requested, available }) => (
          <li
            key={sku}
            className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-3"
          >
            <span>
              {names.get(sku) ?? sku} <span className="ml-2 font-mono text-xs text-muted">{sku}</span>
            </span>
            <span className="text-sm">
              <span className="text-muted">asked </span>
              {formatCount(requested)}
              <span className="ml-4 text-muted">available </span>
              <span className="font-medium text-rejected">{formatCount(available)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
