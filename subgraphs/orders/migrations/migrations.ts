import { MessagingHistory } from './messaging-history.ts';
import { MessagingTables } from './messaging-tables.ts';
import { OrderHolds } from './order-holds.ts';
import { OrderTables } from './order-tables.ts';

/** In the order in which they run; a name once released never changes. */
export const migrations = [
  { name: 'messaging-tables', class: MessagingTables },
  { name: 'order-tables', class: OrderTables },
  { name: 'messaging-history', class: MessagingHistory },
  { name: 'order-holds', class: OrderHolds },
];
