/** What a service's role may do with each table, and no more. */
export type TableRights = Readonly<Record<string, readonly TableRight[]>>;
export type TableRight = 'select' | 'insert' | 'update' | 'delete';

/**
 * What messaging does with its tables, as a service's role. A locked row needs the right to update it. The journal is only
 * ever added to. A right that the release before still uses stays for one more release, as both run at once for a while.
 */
export const messagingRights: TableRights = {
  journal: ['select', 'insert'],
  outbox: ['select', 'insert', 'update', 'delete'],
  relay_lease: ['select', 'update'],
  inbox: ['select', 'insert', 'update', 'delete'],
  delivery_attempt: ['select', 'insert', 'update', 'delete'],
  consumer_generation: ['select', 'insert', 'update'],
  parked: ['select', 'insert', 'update'],
};
