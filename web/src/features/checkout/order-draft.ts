import { useState } from 'react';

/** Where an order is to go, and what its customer calls it; as typed. */
export interface OrderDraft {
  readonly country: string;
  readonly city: string;
  readonly postalCode: string;
  readonly reference: string;
}

const STORED = 'holdfast-checkout';
const emptyDraft: OrderDraft = { country: 'GB', city: '', postalCode: '', reference: '' };

/**
 * What stands in the checkout's fields. Like the cart it outlives a reload of its tab, so that an order whose answer was
 * lost can be sent again as it was.
 */
export function useOrderDraft(): readonly [OrderDraft, (changed: Partial<OrderDraft>) => void] {
  const [draft, setDraft] = useState(storedDraft);
  const change = (changed: Partial<OrderDraft>): void => {
    const next = { ...draft, ...changed };
    setDraft(next);
    sessionStorage.setItem(STORED, JSON.stringify(next));
  };
  return [draft, change];
}

/** The destination stays for the next order; the reference was for the one that is placed. */
export function forgetReference(): void {
  sessionStorage.setItem(STORED, JSON.stringify({ ...storedDraft(), reference: '' }));
}

/** A destination as the API takes it. */
export const destinationInput = ({ country, city, postalCode }: OrderDraft) => ({
  country,
  city: city.trim() || null,
  postalCode: postalCode.trim() || null,
});

function storedDraft(): OrderDraft {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as Partial<OrderDraft> | null;
    const texts = Object.entries(emptyDraft).map(([name, empty]) => {
      const value: unknown = stored?.[name as keyof OrderDraft];
      return [name, typeof value === 'string' ? value : empty];
    });
    return Object.fromEntries(texts) as OrderDraft;
  } catch {
    return emptyDraft;
  }
}
