import { Minus, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { mostUnits, setQuantity } from './cart.ts';

interface QuantityStepperProps {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly onChange?: (quantity: number) => void;
}

const stepClasses =
  'inline-flex size-9 shrink-0 items-center justify-center rounded-md text-ink hover:bg-sunken disabled:opacity-50';

/** How many units of a SKU the cart holds: one more, one less, or a number that is typed. One less than 1 takes it out. */
export function QuantityStepper({ sku, name, quantity, onChange }: QuantityStepperProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const set = (units: number): void => {
    setTyped(null);
    setQuantity(sku, units);
    onChange?.(Math.min(units, mostUnits));
  };
  const type = (text: string): void => {
    const digits = text.replace(/\D/g, '').slice(0, 7);
    setTyped(digits);
    // An empty field is one that is being written: the cart keeps what it held.
    if (Number(digits) > 0) setQuantity(sku, Number(digits));
  };
  const Less = quantity === 1 ? Trash2 : Minus;
  return (
    <div
      role="group"
      aria-label={`Quantity of ${name}`}
      className="inline-flex h-10 w-32 items-center justify-between rounded-md border border-control bg-surface"
    >
      <button
        type="button"
        className={stepClasses}
        aria-label={quantity === 1 ? `Take ${name} out of the cart` : 'One less'}
        onClick={() => set(quantity - 1)}
      >
        <Less aria-hidden size={15} />
      </button>
      <input
        aria-label={`Units of ${name}`}
        inputMode="numeric"
        autoComplete="off"
        className="h-8 w-full min-w-0 rounded-sm bg-transparent text-center text-base sm:text-sm"
        value={typed ?? quantity}
        onChange={({ target }) => type(target.value)}
        onFocus={({ target }) => target.select()}
        onBlur={() => setTyped(null)}
      />
      <button
        type="button"
        className={stepClasses}
        aria-label="One more"
        disabled={quantity >= mostUnits}
        onClick={() => set(quantity + 1)}
      >
        <Plus aria-hidden size={15} />
      </button>
    </div>
  );
}
