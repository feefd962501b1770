import type { SnapshotName } from './snapshot-rows.ts';

type Statements = Readonly<Partial<Record<SnapshotName, string>>>;

const millis = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

const messaging = (context: 'orders' | 'inventory'): Statements => ({
  [`journal-${context}`]: `
    select json_build_object('id', id, 'eventId', event_id, 'type', type, 'aggregateId', aggregate_id, 'version', version,
                             'occurredAtMs', ${millis('occurred_at')}, 'from', data ->> 'from', 'to', data ->> 'to',
                             'code', coalesce(data ->> 'code', data ->> 'cause'), 'expiresAt', data ->> 'expiresAt') as line
    from journal order by aggregate, aggregate_id, version, id`,
  [`outbox-${context}`]: `select json_build_object('journalId', journal_id, 'sequence', sequence) as line from outbox`,
  [`inbox-${context}`]: `
    select json_build_object('consumer', consumer, 'eventId', event_id, 'deliveries', deliveries) as line from inbox`,
  [`parked-${context}`]: `
    select json_build_object('consumer', consumer, 'eventId', event_id, 'stream', stream, 'sequence', stream_sequence,
                             'messageId', headers -> 'Nats-Msg-Id' ->> 0, 'reason', reason, 'isOpen', closed_at is null) as line
    from parked order by parked_at`,
  [`lease-${context}`]: `select json_build_object('epoch', epoch, 'generation', generation) as line from relay_lease`,
});

/** By file of the snapshot: what gives its lines, each a JSON object in the column `line`. */
export const ordersStatements: Statements = {
  // A column that an older version of the system lacks is read as false.
  orders: `
    select json_build_object('id', id, 'customerId', customer_id, 'reference', reference, 'status', status, 'version', version,
                             'isConfirmed', is_confirmed,
                             'hasHold', coalesce((to_jsonb(orders) ->> 'has_hold')::boolean, false),
                             'cancellationCode', cancellation_code, 'lines', coalesce(line.lines, '[]'::json)) as line
    from orders left join (
      select order_id, json_agg(json_build_object('sku', sku, 'quantity', quantity) order by sku collate "C") as lines
      from (select order_id, sku, sum(quantity) as quantity from order_line group by order_id, sku) summed group by order_id
    ) line on line.order_id = orders.id
    order by orders.id`,
  keys: `select json_build_object('customerId', customer_id, 'key', key, 'orderId', order_id) as line from idempotency_key`,
  ...messaging('orders'),
};

export const inventoryStatements: Statements = {
  reservations: `
    select json_build_object('orderId', reservation.order_id, 'status', status, 'version', version,
                             'expiresAtMs', ${millis('expires_at')}, 'allocations', coalesce(tied.allocations, '[]'::json)) as line
    from reservation left join (
      select order_id, json_agg(json_build_object('sku', sku, 'facilityId', facility_id, 'zone', zone, 'quantity', quantity)) as allocations
      from allocation group by order_id
    ) tied on tied.order_id = reservation.order_id
    order by reservation.order_id`,
  levels: `
    select json_build_object('sku', sku, 'facilityId', facility_id, 'zone', zone, 'onHand', on_hand, 'reserved', reserved) as line
    from stock_level order by sku, facility_id, zone`,
  movements: `
    select json_build_object('id', id, 'sku', sku, 'facilityId', facility_id, 'zone', zone, 'kind', kind,
                             'onHandChange', on_hand_change, 'reservedChange', reserved_change,
                             'onHandAfter', on_hand_after, 'reservedAfter', reserved_after,
                             'orderId', order_id, 'reason', reason, 'occurredAtMs', ${millis('occurred_at')}) as line
    from stock_movement order by sku, facility_id, zone, id`,
  ...messaging('inventory'),
};
