import { DueHolds } from './due-holds.ts';
import { InventoryTables } from './inventory-tables.ts';
import { MessagingHistory } from './messaging-history.ts';
import { MessagingTables } from './messaging-tables.ts';
import { ReservationsByStatus } from './reservations-by-status.ts';

/** In the order in which they run; a name once released never changes. */
export const migrations = [
  { name: 'messaging-tables', class: MessagingTables },
  { name: 'inventory-tables', class: InventoryTables },
  { name: 'reservations-by-status', class: ReservationsByStatus },
  { name: 'messaging-history', class: MessagingHistory },
  { name: 'due-holds', class: DueHolds },
];
