import { useRef } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { formatCount } from '../../ui/figures.tsx';
import { problemAt } from '../../ui/problem-paths.ts';
import { useInView } from '../../ui/use-in-view.ts';
import type { CartLine } from '../cart/cart.ts';
import { useAvailability } from '../catalogue/use-availability.ts';
import { CartLineRow } from './cart-line-row.tsx';
import type { PlacingProblem } from './placing.ts';
import type { CartProducts } from './use-cart-products.ts';

interface CartLinesProps {
  readonly lines: readonly CartLine[];
  readonly products: CartProducts['bySku'];
  readonly problems: readonly PlacingProblem[];
}

/** What the cart holds, with live availability beside it. */
export function CartLines({ lines, products, problems }: CartLinesProps) {
  const list = useRef<HTMLUListElement>(null);
  const inView = useInView(
    list,
    lines.map(({ sku }) => sku),
  );
  const availableOf = useAvailability(inView);
  return (
    <ul ref={list} aria-label="Cart">
      {lines.map(({ sku, quantity }, place) => {
        const product = products.get(sku);
        const line = ['lines', String(place)];
        return (
          <CartLineRow
            key={sku}
            {...{ sku, quantity, product }}
            available={product ? availableOf(product) : null}
            problem={problemAt(problems, [...line, 'sku']) ?? problemAt(problems, [...line, 'quantity'])}
            onChange={(units) => {
              const name = product?.name ?? sku;
              announce(
                units === 0 ? `${name} is out of the cart` : `${name}: ${formatCount(units)} in the cart`,
              );
              // The line is gone, and with it what had the focus.
              if (units === 0) document.getElementById('content')?.focus({ preventScroll: true });
            }}
          />
        );
      })}
    </ul>
  );
}
