import { Link } from '@tanstack/react-router';
import { ChangingCount } from '../../ui/changing-count.tsx';
import { Money } from '../../ui/figures.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { Cell } from '../../ui/table.tsx';
import { totalOf } from './levels.ts';
import type { StockedProduct } from './use-stock-list.ts';

/** A product with what all its levels hold together. On a phone its bar and its lesser numbers stand below its name. */
export function StockRow({ product: { sku, name, unitPrice, stock } }: { readonly product: StockedProduct }) {
  const { onHand, reserved, available } = totalOf(stock);
  const bar = <StockBar onHand={onHand} reserved={reserved} />;
  return (
    <tr className="relative hover:bg-sunken">
      <Cell>
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
      </Cell>
      <Cell from="lg" isNumber className="text-muted">
        <Money of={unitPrice} />
      </Cell>
      <Cell from="sm">{bar}</Cell>
      <Cell from="sm" isNumber>
        <ChangingCount count={onHand} />
      </Cell>
      <Cell from="sm" isNumber>
        <ChangingCount count={reserved} />
      </Cell>
      <Cell isNumber className="align-top font-medium sm:align-middle">
        <ChangingCount count={available} />
      </Cell>
    </tr>
  );
}
