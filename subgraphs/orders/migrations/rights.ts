import { messagingRights, type TableRights } from '@holdfast/messaging';

/** What the service does with each of its tables. A right that the release before still uses stays for one more release. */
export const rights: TableRights = {
  ...messagingRights,
  orders: ['select', 'insert', 'update'],
  order_line: ['select', 'insert'],
  idempotency_key: ['select', 'insert'],
  order_total: ['select', 'insert', 'update'],
  catalogue_product: ['select', 'insert', 'update'],
};
