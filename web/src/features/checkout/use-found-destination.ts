import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import type { FindDestinationQuery } from './destination.generated.ts';
import { FindDestinationDocument } from './destination.generated.ts';
import { destinationInput, type OrderDraft } from './order-draft.ts';

const FIND_AFTER_MS = 400;

type FindDestination = NonNullable<FindDestinationQuery['findDestination']>;

export interface FoundDestination {
  readonly destination: FindDestination['destination'];
  readonly problems: FindDestination['problems'];
  /** Whether it is that of what stands in the fields, and not of what stood there before. */
  readonly isCurrent: boolean;
  readonly isAway: boolean;
}

/** Where an order would go, found a moment after the last key. */
export function useFoundDestination(draft: OrderDraft): FoundDestination {
  const wanted = JSON.stringify(destinationInput(draft));
  const [settled, setSettled] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), FIND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const [{ data, error, fetching }] = useQuery({
    query: FindDestinationDocument,
    variables: { input: JSON.parse(settled) as ReturnType<typeof destinationInput> },
  });
  const found = data?.findDestination;
  return {
    destination: found?.destination ?? null,
    problems: found?.problems ?? [],
    isCurrent: settled === wanted && !fetching,
    isAway: error !== undefined,
  };
}
