import { Link, useSearch } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { buttonClasses } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { formatCount } from '../../ui/figures.tsx';
import { Liveness } from '../../ui/liveness.tsx';
import { PageTitle, Panel } from '../../ui/panel.tsx';
import { useCart } from '../cart/cart.ts';
import { Content } from '../shell/shell.tsx';
import { ProductList } from './product-list.tsx';
import { SearchField } from './search-field.tsx';

/** What there is to buy, and how much of it, live. */
export function CataloguePage() {
  const { q = '' } = useSearch({ from: '/' });
  return (
    <Content>
      <PageTitle
        title="Shop"
        lead="Put something into the cart, place the order, and watch how stock is tied to it."
      />
      <div className="sticky top-14 z-20 -mx-4 mb-2 flex items-center gap-3 bg-canvas px-4 py-2 lg:-mx-6 lg:px-6">
        <SearchField of={q} />
        <div className="ml-auto flex items-center gap-6">
          <span className="hidden sm:inline">
            <Liveness />
          </span>
          <CheckoutLink />
        </div>
      </div>
      <Panel isFlush>
        <ProductList search={q} />
      </Panel>
    </Content>
  );
}

/** Where one goes next, as soon as there is something in the cart. */
function CheckoutLink() {
  const { lines } = useCart();
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (units === 0) return null;
  return (
    <Link to="/checkout" className={classes(buttonClasses('primary'), 'animate-appear')}>
      <span>
        Check out
        <span className="hidden sm:inline">
          , {formatCount(units)} {units === 1 ? 'unit' : 'units'}
        </span>
      </span>
      <ArrowRight aria-hidden size={16} />
    </Link>
  );
}
