import { InventoryTables } from './inventory-tables.ts';
import { MessagingTables } from './messaging-tables.ts';

/** In the order in which they run; a name once released never changes. */
export const migrations = [
  { name: 'messaging-tables', class: MessagingTables },
  { name: 'inventory-tables', class: InventoryTables },
];
