import { Link } from '@tanstack/react-router';
import { ChangingCount } from '../../ui/changing-count.tsx';
import { Money } from '../../ui/figures.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { totalOf } from './levels.ts';
import type { StockedProduct } from './use-stock-list.ts';

/** A product with what all its levels hold together. On a phone its bar and its lesser numbers stand below its name. */
export function StockRow({ product: { sku, name, unitPrice, stock } }: { readonly product: StockedProduct }) {
  const { onHand, reserved, available } = totalOf(stock);
  const bar = <StockBar onHand={onHand} reserved={reserved} />;
  return (
    <tr className="relative hover:bg-sunken">
      <td className="px-4 py-3">
        <Link
          to="/console/inventory/$sku"
          params={{ sku }}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {name}
        </Link>
        <span className="block truncate font-mono text-xs text-muted">{sku}</span>
        <div className="mt-2 flex flex-col gap-1 sm:hidden">
          {bar}
          <span className="text-xs text-muted">
            <ChangingCount count={onHand} /> on hand, <ChangingCount count={reserved} /> reserved
          </span>
        </div>
      </td>
      <td className="hidden px-4 py-3 text-right text-muted lg:table-cell">
        <Money of={unitPrice} />
      </td>
      <td className="hidden px-4 py-3 sm:table-cell">{bar}</td>
      <td className="hidden px-4 py-3 text-right sm:table-cell">
        <ChangingCount count={onHand} />
      </td>
      <td className="hidden px-4 py-3 text-right sm:table-cell">
        <ChangingCount count={reserved} />
      </td>
      <td className="px-4 py-3 text-right align-top font-medium sm:align-middle">
        <ChangingCount count={available} />
      </td>
    </tr>
  );
}
