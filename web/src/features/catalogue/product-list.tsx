import { PackageSearch } from 'lucide-react';
import { useRef } from 'react';
import { classes } from '../../ui/classes.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../ui/states.tsx';
import { useInView } from '../../ui/use-in-view.ts';
import { ProductCard } from './product-card.tsx';
import { useAvailability } from './use-availability.ts';
import { useShopProducts } from './use-shop-products.ts';

/** What a search finds; what is available of the products in view is live. */
export function ProductList({ search }: { readonly search: string }) {
  const { found, isReading, error, readMore, readAgain } = useShopProducts(search);
  const products = found?.products ?? [];
  const list = useRef<HTMLUListElement>(null);
  const inView = useInView(
    list,
    products.map(({ sku }) => sku),
  );
  const availableOf = useAvailability(inView);
  const isOfSearch = found?.search === search;

  if (error && !isOfSearch) {
    return <ErrorState what="The shop could not be read" error={error} onRetry={readAgain} />;
  }
  if (found === null) return <Waiting />;
  if (products.length === 0) {
    return (
      <EmptyState
        icon={PackageSearch}
        title={found.search === '' ? 'Nothing is for sale yet' : `Nothing is called “${found.search}”`}
      >
        {found.search === ''
          ? 'Products appear here as soon as a catalogue is loaded.'
          : 'Try a part of a name, or how a SKU begins.'}
      </EmptyState>
    );
  }
  return (
    <>
      <ul
        ref={list}
        aria-label="Products"
        aria-busy={!isOfSearch || undefined}
        className={classes(
          // The lines of the last column and row lie outside, where they are cut off.
          '-mr-px -mb-px grid transition-opacity sm:grid-cols-2 lg:grid-cols-3',
          !isOfSearch && 'opacity-60',
        )}
      >
        {products.map((product) => (
          <ProductCard key={product.sku} product={product} available={availableOf(product)} />
        ))}
      </ul>
      {(found.hasMore || error) && (
        <div className="border-t border-line">
          <LoadMore hasMore={found.hasMore} isBusy={isReading} onMore={readMore} error={error} />
        </div>
      )}
    </>
  );
}

const Waiting = () => (
  <Loading what="the products">
    <div className="-mr-px -mb-px grid sm:grid-cols-2 lg:grid-cols-3">
      {Array.from({ length: 9 }, (_, place) => (
        <div key={place} className="border-r border-b border-line p-4 sm:p-6">
          <Skeleton className="h-20" />
        </div>
      ))}
    </div>
  </Loading>
);
