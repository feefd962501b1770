import { useSyncExternalStore } from 'react';

export interface CartLine {
  readonly sku: string;
  /** 1 to 1,000,000 units. */
  readonly quantity: number;
}

/** What the customer wants, and the key under which it is placed: one key for one cart, however often it is sent. */
export interface Cart {
  readonly idempotencyKey: string;
  readonly lines: readonly CartLine[];
}

export const mostUnits = 1_000_000;
export const mostLines = 2_000;
const STORED = 'holdfast-cart';

const listeners = new Set<() => void>();
let cart: Cart = storedCart();

export const useCart = (): Cart =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => cart,
  );

/** Sets how many units of a SKU the cart holds; 0 takes it out. Another content is another order: it gets a key of its own. */
export function setQuantity(sku: string, quantity: number): void {
  const units = Math.min(mostUnits, Math.max(0, Math.trunc(quantity)));
  const others = cart.lines.filter((line) => line.sku !== sku);
  const isKnown = others.length < cart.lines.length;
  if (units === 0) return keep({ ...emptyCart(), lines: others });
  if (isKnown)
    return keep({
      ...emptyCart(),
      lines: cart.lines.map((line) => (line.sku === sku ? { sku, quantity: units } : line)),
    });
  if (others.length < mostLines) keep({ ...emptyCart(), lines: [...others, { sku, quantity: units }] });
}

export function addToCart(sku: string): void {
  const held = cart.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  setQuantity(sku, held + 1);
}

/** Empties the cart that was placed under this key; one that was filled meanwhile stays. */
export function clearPlaced(idempotencyKey: string): void {
  if (cart.idempotencyKey === idempotencyKey) keep(emptyCart());
}

/** Gives the same lines a new key, and tells it: what was tried under the old one is another order now. */
export function renewKey(): string {
  const idempotencyKey = crypto.randomUUID();
  keep({ ...cart, idempotencyKey });
  return idempotencyKey;
}

function keep(next: Cart): void {
  cart = next;
  sessionStorage.setItem(STORED, JSON.stringify(cart));
  for (const listener of listeners) listener();
}

function emptyCart(): Cart {
  return { idempotencyKey: crypto.randomUUID(), lines: [] };
}

/** The cart outlives a reload of its tab, with its key: a reload after a lost answer places nothing twice. */
function storedCart(): Cart {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as Partial<Cart> | null;
    const isCart =
      typeof stored?.idempotencyKey === 'string' &&
      Array.isArray(stored.lines) &&
      stored.lines.every(({ sku, quantity }) => typeof sku === 'string' && Number.isInteger(quantity));
    return isCart ? (stored as Cart) : emptyCart();
  } catch {
    return emptyCart();
  }
}
