import { messagingRights, type TableRights } from '@holdfast/messaging';

/** What the service does with each of its tables. A right that the release before still uses stays for one more release. */
export const rights: TableRights = {
  ...messagingRights,
  product: ['select', 'insert', 'update'],
  facility: ['select', 'insert', 'update'],
  stock_level: ['select', 'insert', 'update'],
  stock_movement: ['select', 'insert'],
  reservation: ['select', 'insert', 'update'],
  allocation: ['select', 'insert'],
  stock_command: ['select', 'insert', 'update'],
};
