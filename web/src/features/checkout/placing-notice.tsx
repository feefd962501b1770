import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { formatMoney, useNow } from '../../ui/figures.tsx';
import type { MoneyAmount } from '../../money.ts';
import type { FoundProblem } from '../../ui/problem-paths.ts';
import type { PlacingProblem } from './placing.ts';
import type { Placing } from './use-placing.ts';

interface PlacingNoticeProps {
  readonly placing: Placing;
  /** The key of the cart as it stands. */
  readonly cartKey: string;
  readonly total: MoneyAmount | null;
  /** Problems that stand at no field and no line. */
  readonly others: readonly (FoundProblem & Pick<PlacingProblem, 'code'>)[];
  readonly onPlaceAnother: () => void;
}

/** What became of sending the order, as long as it is not placed; its room is kept for it while it is sent again. */
export function PlacingNotice({ placing, cartKey, total, others, onPlaceAnother }: PlacingNoticeProps) {
  switch (placing.kind) {
    case 'idle':
    case 'sending':
      return null;
    case 'again':
      return <Again {...placing} />;
    case 'unanswered':
      return placing.key === cartKey ? (
        <Notice title="No answer came">
          Nobody here knows whether the order was placed. Press again: this cart is placed once, however often
          it is sent.
        </Notice>
      ) : (
        <Notice title="No answer came for the cart as it was before">
          It may have been placed: look at <MyOrders /> before you place the changed one.
        </Notice>
      );
    case 'overloaded':
      return (
        <Notice title="Too much is going on just now">Nothing was placed. Try again in a moment.</Notice>
      );
    case 'failed':
      return <Notice title="The order was not taken">{placing.message}</Notice>;
    case 'refused':
      return (
        <>
          {others.map(({ code, message }) => (
            <Refusal key={`${code} ${message}`} {...{ code, message, total, onPlaceAnother }} />
          ))}
          {others.length === 0 && (
            <Notice title="The order was not taken">Nothing was placed. See what is marked.</Notice>
          )}
        </>
      );
  }
}

interface RefusalProps {
  readonly code: string;
  readonly message: string;
  readonly total: MoneyAmount | null;
  readonly onPlaceAnother: () => void;
}

function Refusal({ code, message, total, onPlaceAnother }: RefusalProps) {
  if (code === 'PRICE_CHANGED') {
    return (
      <Notice title="A price has changed">
        Nothing was placed. {total ? `The total is now ${formatMoney(total)}` : 'The new total is being read'}
        : place the order again if that is right.
      </Notice>
    );
  }
  if (code === 'IDEMPOTENCY_KEY_REUSED') {
    return (
      <Notice title="This cart was placed already">
        <p>
          Its answer was lost, and the destination or the reference was changed since. The order stands in{' '}
          <MyOrders />.
        </p>
        <Button size="sm" className="mt-3" onClick={onPlaceAnother}>
          Place another order with this cart
        </Button>
      </Notice>
    );
  }
  return <Notice title="The order was not taken">{message}</Notice>;
}

function Again({ why, attempt, until }: Extract<Placing, { readonly kind: 'again' }>) {
  const now = useNow();
  const seconds = Math.max(1, Math.ceil((until - now) / 1_000));
  return (
    <Notice isQuiet title={why === 'OVERLOADED' ? 'Too much is going on just now' : 'No answer yet'}>
      It is sent again in {seconds} s (attempt {attempt + 1}). It is placed once, however often it is sent.
    </Notice>
  );
}

const MyOrders = () => (
  <Link to="/orders" className="font-medium text-ink underline">
    My orders
  </Link>
);

const Notice = ({
  title,
  isQuiet = false,
  children,
}: {
  readonly title: string;
  readonly isQuiet?: boolean;
  readonly children: ReactNode;
}) => (
  <div
    role={isQuiet ? 'status' : 'alert'}
    className={classes('rounded-md p-4 text-sm', isQuiet ? 'bg-sunken' : 'bg-pending-soft')}
  >
    <p className="font-medium">{title}</p>
    <div className="mt-1 text-muted">{children}</div>
  </div>
);
