import { Check, Minus } from 'lucide-react';
import { classes } from '../../ui/classes.ts';
import { formatKilometres, Instant } from '../../ui/figures.tsx';
import { countryName } from '../destination/destination-words.ts';
import type { TrackedOrder } from './use-tracked-order.ts';

/** Why these facilities, in words: what the rules did with each candidate. */
export function OrderDecision({ order }: { readonly order: TrackedOrder }) {
  const { destination, reservation } = order;
  if (reservation === null) return null;
  const { decision, decidedAt } = reservation;
  const country = countryName(destination.country);
  const candidates = decision.candidates.toSorted((one, other) => Number(other.chosen) - Number(one.chosen));
  return (
    <>
      <p className="max-w-prose">
        {decision.international
          ? `International: no facilities in ${country} can serve the whole order together, so all were candidates. What counts is the way from each to its nearest airport.`
          : `Domestic: facilities in ${country} can serve the whole order, so only they were candidates. What counts is the way from each to the destination.`}
      </p>
      <ul className="mt-4">
        {candidates.map(({ facility, chosen, distanceKm, because }) => (
          <li key={facility.id} className="flex gap-3 border-t border-line py-3">
            {chosen ? (
              <Check aria-hidden size={18} className="mt-0.5 shrink-0 text-reserved" />
            ) : (
              <Minus aria-hidden size={18} className="mt-0.5 shrink-0 text-muted" />
            )}
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <h3 className={classes('text-base', !chosen && 'font-normal')}>
                  {facility.name}
                  <span className="sr-only">{chosen ? ', chosen' : ', not chosen'}</span>
                </h3>
                <span className="text-sm text-muted">
                  {formatKilometres(distanceKm)}
                  {decision.international && ` to ${facility.nearestAirport.name}`}
                </span>
              </div>
              <p className="text-sm text-muted">{because}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className="border-t border-line pt-3 text-xs text-muted">
        {decision.method === 'EXACT'
          ? 'Every set of candidates was looked at.'
          : 'More than 12 candidates: greedy, a set was grown from those that cover most.'}{' '}
        Policy version {decision.policyVersion}, decided at <Instant at={decidedAt} look="exact" />.
      </p>
    </>
  );
}
