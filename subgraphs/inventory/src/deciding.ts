/** What inventory decides, without a database: for who wants to see it decide in a world of their own. */
export { decideBatch, type OrderFact } from './consumers/decide-batch.ts';
export type { Facility } from './domain/geo.ts';
export { decide, evolve } from './domain/reservation.ts';
export { StockBook, type Level } from './domain/stock.ts';
export type { KnownReservation } from './store/reservations.ts';
