import { Money } from '../../ui/figures.tsx';
import { AddToCart } from './add-to-cart.tsx';
import { Availability } from './availability.tsx';
import type { ShopProductFragment } from './shop-products.generated.ts';

interface ProductCardProps {
  readonly product: ShopProductFragment;
  readonly available: number;
}

/** A product with what an order of it would be charged, and what is available of it now. */
export const ProductCard = ({ product: { sku, name, orderPrice }, available }: ProductCardProps) => (
  <li data-id={sku} className="flex flex-col gap-4 border-r border-b border-line p-4 sm:p-6">
    <div className="flex items-baseline justify-between gap-4">
      <h2 className="min-w-0 text-base">{name}</h2>
      {orderPrice ? (
        <Money of={orderPrice} />
      ) : (
        <span className="text-sm whitespace-nowrap text-muted">Not for sale yet</span>
      )}
    </div>
    <div className="mt-auto flex min-h-10 items-end justify-between gap-4">
      <div className="min-w-0">
        <p className="font-mono text-xs break-all text-muted">{sku}</p>
        <Availability available={available} />
      </div>
      {orderPrice && <AddToCart {...{ sku, name }} />}
    </div>
  </li>
);
