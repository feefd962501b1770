import { Link } from '@tanstack/react-router';
import { ShoppingCart } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';
import { PageTitle } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { useCart } from '../cart/cart.ts';
import { Content } from '../shell/shell.tsx';
import { CheckoutForm } from './checkout-form.tsx';

/** The cart, where it is to go, and the way to place it. */
export function CheckoutPage() {
  const cart = useCart();
  return (
    <Content>
      <PageTitle title="Check out" />
      {cart.lines.length > 0 ? (
        <CheckoutForm cart={cart} />
      ) : (
        <EmptyState
          icon={ShoppingCart}
          title="Your cart is empty"
          action={
            <Link to="/" className={buttonClasses('primary')}>
              To the shop
            </Link>
          }
        >
          Put something into it, and place an order of it here.
        </EmptyState>
      )}
    </Content>
  );
}
