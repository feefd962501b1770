import { X } from 'lucide-react';
import { timesMoney } from '../../money.ts';
import { formatCount, Money } from '../../ui/figures.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { setQuantity } from '../cart/cart.ts';
import { QuantityStepper } from '../cart/quantity-stepper.tsx';
import { Availability } from '../catalogue/availability.tsx';
import type { ShopProductFragment } from '../catalogue/shop-products.generated.ts';

interface CartLineRowProps {
  readonly sku: string;
  readonly quantity: number;
  /** Undefined until it was read; null when there is none. */
  readonly product: ShopProductFragment | null | undefined;
  readonly available: number | null;
  readonly problem: string | null;
  readonly onChange: (quantity: number) => void;
}

export function CartLineRow({ sku, quantity, product, available, problem, onChange }: CartLineRowProps) {
  const name = product?.name ?? sku;
  const note = problem ?? lineNote(product, quantity, available);
  return (
    <li data-id={sku} className="border-b border-line px-4 py-4 last:border-b-0 sm:px-6">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h3 className="text-base">{name}</h3>
          <div className="flex flex-wrap gap-x-4 text-sm text-muted">
            {product?.orderPrice && (
              <span>
                <Money of={product.orderPrice} /> each
              </span>
            )}
            {product === undefined && <Skeleton className="h-5 w-24" />}
            {available !== null && <Availability available={available} />}
          </div>
        </div>
        <button
          type="button"
          className="-m-2 inline-flex size-9 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
          aria-label={`Remove ${name}`}
          onClick={() => {
            setQuantity(sku, 0);
            onChange(0);
          }}
        >
          <X aria-hidden size={16} />
        </button>
      </div>
      <div className="mt-3 flex items-center justify-between gap-4">
        <QuantityStepper {...{ sku, name, quantity, onChange }} />
        {product?.orderPrice && (
          <span className="font-medium">
            <Money of={timesMoney(product.orderPrice, quantity)} />
          </span>
        )}
      </div>
      {note !== null && (
        <p className={`mt-2 text-sm ${problem === null ? 'text-pending' : 'text-rejected'}`} role="status">
          {note}
        </p>
      )}
    </li>
  );
}

function lineNote(
  product: ShopProductFragment | null | undefined,
  quantity: number,
  available: number | null,
): string | null {
  if (product === null) return 'There is no such product any more. Take it out to go on.';
  if (product?.orderPrice === null) return 'It is not for sale yet. Take it out to go on.';
  if (available === null || quantity <= available) return null;
  return available === 0
    ? 'There is none just now. You may order all the same: what is there when it is decided counts.'
    : `You want ${formatCount(quantity)}, and there are ${formatCount(available)} just now. You may order all the same: what is there when it is decided counts.`;
}
