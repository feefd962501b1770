import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/figures.tsx';
import { addToCart, mostLines, useCart } from '../cart/cart.ts';
import { QuantityStepper } from '../cart/quantity-stepper.tsx';

/** Puts a product into the cart; once it is there, how many of it. The focus stays here when one becomes the other. */
export function AddToCart({ sku, name }: { readonly sku: string; readonly name: string }) {
  const { lines } = useCart();
  const quantity = lines.find((line) => line.sku === sku)?.quantity ?? 0;
  const frame = useRef<HTMLDivElement>(null);
  const wasPressed = useRef(false);
  const isInCart = quantity > 0;

  useEffect(() => {
    if (!wasPressed.current) return;
    wasPressed.current = false;
    const buttons = frame.current?.querySelectorAll('button');
    buttons?.[buttons.length - 1]?.focus();
  }, [isInCart]);

  const changed = (units: number): void => {
    wasPressed.current = units === 0;
    announce(units === 0 ? `${name} is out of the cart` : `${name}: ${formatCount(units)} in the cart`);
  };
  return (
    <div ref={frame} className="flex w-32 justify-end">
      {isInCart ? (
        <QuantityStepper {...{ sku, name, quantity }} onChange={changed} />
      ) : (
        <Button
          className="w-full"
          icon={<Plus aria-hidden size={16} />}
          aria-label={`Add ${name} to the cart`}
          disabled={lines.length >= mostLines}
          onClick={() => {
            addToCart(sku);
            changed(1);
            wasPressed.current = true;
          }}
        >
          Add
        </Button>
      )}
    </div>
  );
}
