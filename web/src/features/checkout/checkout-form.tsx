import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, type SubmitEvent } from 'react';
import { formatMoney } from '../../ui/figures.tsx';
import { Button } from '../../ui/button.tsx';
import { Liveness } from '../../ui/liveness.tsx';
import { Panel } from '../../ui/panel.tsx';
import { problemsElsewhere } from '../../ui/problem-paths.ts';
import { errorText, Skeleton } from '../../ui/states.tsx';
import { renewKey, type Cart } from '../cart/cart.ts';
import { CartLines } from './cart-lines.tsx';
import { checkoutTotal } from './checkout-total.ts';
import { DestinationFields, destinationPaths } from './destination-fields.tsx';
import { DestinationMap } from './destination-map.tsx';
import { destinationInput, useOrderDraft } from './order-draft.ts';
import { PlacingNotice } from './placing-notice.tsx';
import { useCartProducts } from './use-cart-products.ts';
import { useFoundDestination } from './use-found-destination.ts';
import { usePlacing } from './use-placing.ts';

/** A cart that is not empty, and all that is needed to place it. */
export function CheckoutForm({ cart }: { readonly cart: Cart }) {
  const { lines, idempotencyKey } = cart;
  const [draft, changeDraft] = useOrderDraft();
  const found = useFoundDestination(draft);
  const products = useCartProducts(lines.map(({ sku }) => sku));
  const total = checkoutTotal(lines, products.bySku);
  const isPriced = lines.every(({ sku }) => products.bySku.has(sku));
  const { placing, place, reset } = usePlacing(useWayToTracker());
  const isBusy = placing.kind === 'sending' || placing.kind === 'again';
  const button = useRef<HTMLButtonElement>(null);

  const refused = placing.kind === 'refused' ? placing.problems : [];
  const isPriceChanged = refused.some(({ code }) => code === 'PRICE_CHANGED');
  const latestRead = useRef(products.readAgain);
  latestRead.current = products.readAgain;
  useEffect(() => {
    if (isPriceChanged) void latestRead.current();
  }, [isPriceChanged]);
  // A button that was busy has lost the focus; the next press follows here.
  useEffect(() => {
    if (!isBusy && placing.kind !== 'idle') button.current?.focus();
  }, [isBusy, placing.kind]);

  const send = (key: string): void => {
    if (total === null) return;
    place({
      idempotencyKey: key,
      destination: destinationInput(draft),
      reference: draft.reference.trim() || null,
      expectedTotal: { amount: total.amount, currencyCode: total.currencyCode },
      lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    });
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    send(idempotencyKey);
  };
  const atDestination = found.isCurrent
    ? found.problems.map((problem) => ({ ...problem, path: ['destination', ...(problem.path ?? [])] }))
    : [];
  const linePaths = lines.flatMap((_, place) => [
    ['lines', String(place), 'sku'],
    ['lines', String(place), 'quantity'],
  ]);
  return (
    <form onSubmit={submit} className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
      <Panel isFlush title="Your cart" aside={<Liveness />}>
        <fieldset disabled={isBusy}>
          <legend className="sr-only">What to order</legend>
          <CartLines lines={lines} products={products.bySku} problems={refused} />
        </fieldset>
      </Panel>
      <Panel title="Where it goes">
        <fieldset disabled={isBusy} className="flex flex-col gap-2">
          <legend className="sr-only">Where to send it</legend>
          <DestinationFields
            draft={draft}
            onChange={(changed) => {
              changeDraft(changed);
              if (placing.kind === 'refused' && !isPriceChanged) reset();
            }}
            problems={[...refused, ...atDestination]}
            map={<DestinationMap found={found} />}
          />
        </fieldset>
        <div className="mt-4 flex items-baseline justify-between border-t border-line py-4 text-lg font-semibold">
          <span>Total</span>
          {total ? (
            <span>{formatMoney(total)}</span>
          ) : isPriced ? (
            <span className="text-sm font-normal text-muted">once all of it is for sale</span>
          ) : (
            <Skeleton className="h-7 w-24" />
          )}
        </div>
        <div className="flex flex-col gap-3">
          <PlacingNotice
            {...{ placing, total }}
            cartKey={idempotencyKey}
            others={problemsElsewhere(refused, [...destinationPaths, ...linePaths]) as typeof refused}
            onPlaceAnother={() => send(renewKey())}
          />
          {products.error && (
            <p role="alert" className="text-sm text-rejected">
              The prices could not be read. {errorText(products.error)}{' '}
              <button type="button" className="underline" onClick={() => void products.readAgain()}>
                Read them again
              </button>
            </p>
          )}
          <Button ref={button} type="submit" look="primary" isBusy={isBusy} disabled={total === null}>
            {isBusy ? 'Placing the order' : 'Place order'}
          </Button>
        </div>
      </Panel>
    </form>
  );
}

/** Goes to the order's page, whose parts are there before they are needed. */
function useWayToTracker(): (orderId: string) => Promise<void> {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    void router.preloadRoute({ to: '/orders/$orderId', params: { orderId: '-' } });
  }, [router]);
  return (orderId) => navigate({ to: '/orders/$orderId', params: { orderId } });
}
