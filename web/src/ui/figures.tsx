import { useSyncExternalStore } from 'react';

interface MoneyAmount {
  readonly amount: string;
  readonly currencyCode: string;
}

const currencyFormats = new Map<string, Intl.NumberFormat>();

/** Money in the viewer's manner of writing. The decimal text goes to `Intl` as it is: no float ever holds it. */
export function formatMoney({ amount, currencyCode }: MoneyAmount): string {
  let format = currencyFormats.get(currencyCode);
  if (format === undefined) {
    format = new Intl.NumberFormat(undefined, { style: 'currency', currency: currencyCode });
    currencyFormats.set(currencyCode, format);
  }
  return format.format(amount as Intl.StringNumericLiteral);
}

export const Money = ({ of }: { readonly of: MoneyAmount }) => <span>{formatMoney(of)}</span>;

const wholeFormat = new Intl.NumberFormat();
const shortFormat = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

export const formatCount = (count: number): string => wholeFormat.format(count);
export const formatShort = (count: number): string => shortFormat.format(count);

/** 38 ms, 1.4 s, 3 min 20 s, 2 h 5 min. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds));
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** As `formatDuration`, in whole seconds: for what counts on or down before the eye. */
export const formatSeconds = (milliseconds: number): string =>
  milliseconds < 60_000 ? `${Math.max(0, Math.floor(milliseconds / 1_000))} s` : formatDuration(milliseconds);

const kilometreFormat = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
export const formatKilometres = (distanceKm: number): string => `${kilometreFormat.format(distanceKm)} km`;

const timeFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const exactTimeFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const dateTimeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export type InstantLook = 'time' | 'exact' | 'date-time';

export function formatInstant(at: Date, look: InstantLook): string {
  switch (look) {
    case 'time':
      return timeFormat.format(at);
    case 'exact':
      return exactTimeFormat.format(at);
    case 'date-time':
      return dateTimeFormat.format(at);
  }
}

/** An instant in the viewer's zone; the pointer shows it in UTC. */
export function Instant({ at, look = 'date-time' }: { readonly at: string; readonly look?: InstantLook }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${date.toISOString()} (UTC)`} className="whitespace-nowrap">
      {formatInstant(date, look)}
    </time>
  );
}

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The day of an instant in the viewer's zone, as a line of its own below the time. */
export const Day = ({ at }: { readonly at: string }) => (
  <span className="block text-xs whitespace-nowrap">{dayFormat.format(new Date(at))}</span>
);

/** Milliseconds since the epoch, told anew every second to who shows an age. */
export const useNow = (): number => useSyncExternalStore(onSecond, currentSecond);

const secondListeners = new Set<() => void>();
let second = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;

const currentSecond = (): number => second;
function onSecond(listener: () => void): () => void {
  secondListeners.add(listener);
  if (ticking === undefined) {
    second = Date.now(); // Nobody counted meanwhile.
    ticking = setInterval(() => {
      second = Date.now();
      for (const each of secondListeners) each();
    }, 1_000);
  }
  return () => {
    secondListeners.delete(listener);
    if (secondListeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** How long ago an instant was, counting on. */
export function Age({ since }: { readonly since: string | number }) {
  const now = useNow();
  return <span>{formatSeconds(now - new Date(since).getTime())}</span>;
}
