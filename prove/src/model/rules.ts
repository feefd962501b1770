import type { Setting } from './setting.ts';
import { otherOf, services, type ReservationRow, type Service, type World } from './world.ts';

/** What of the rules of architecture.md, section 3, does not hold; in any state. */
export function brokenRules(setting: Setting, world: World): string[] {
  return [
    ...brokenPromises(world),
    ...brokenLevels(world),
    ...brokenReservations(setting, world),
    ...brokenVersions(world),
  ];
}

/** What does not hold although nothing is on its way any more. */
export function brokenAtRest(world: World): string[] {
  return [
    ...services.flatMap((service) => undelivered(world, service)),
    ...unfinished(world),
    ...oldPrices(world),
  ];
}

function brokenPromises({ clients, orders, inventory }: World): string[] {
  const lost = clients.toldPlaced.filter((order) => orders.rows[order] === null);
  const taken = clients.toldConfirmed.filter((order) => inventory.reservations[order]?.status === 'EXPIRED');
  return [
    ...lost.map((order) => `rule 1: a client was told of order ${order}, which is not there`),
    ...taken.map(
      (order) => `rule 1: order ${order} was confirmed to a client, and its hold was ended all the same`,
    ),
  ];
}

function brokenLevels({ inventory }: World): string[] {
  const held = Object.values(inventory.reservations).flatMap((row) =>
    row?.status === 'HELD' ? row.allocations : [],
  );
  return inventory.levels.flatMap(({ sku, facilityId, onHand, reserved, movedOnHand, movedReserved }) => {
    const where = `${sku} at ${facilityId}`;
    const allocated = held
      .filter((each) => each.sku === sku && each.facilityId === facilityId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return [
      ...(reserved < 0 || reserved > onHand
        ? [`rule 2: of ${where} ${reserved} are reserved and ${onHand} on hand`]
        : []),
      ...(movedOnHand === onHand && movedReserved === reserved
        ? []
        : [`rule 3: ${where} has ${onHand}/${reserved}, its movements say ${movedOnHand}/${movedReserved}`]),
      ...(allocated === reserved
        ? []
        : [`rule 3: of ${where} ${reserved} are reserved, ${allocated} allocated to HELD reservations`]),
    ];
  });
}

function brokenReservations({ lines }: Setting, { inventory }: World): string[] {
  return Object.entries(inventory.reservations).flatMap(([order, row]) => {
    const wanted = row === null || !hasTied(row) ? [] : lines[order]!;
    const skus = new Set([...wanted, ...(row?.allocations ?? [])].map(({ sku }) => sku));
    const unitsOf = (sku: string, all: readonly { readonly sku: string; readonly quantity: number }[]) =>
      all.filter((each) => each.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
    return [...skus]
      .filter((sku) => unitsOf(sku, wanted) !== unitsOf(sku, row?.allocations ?? []))
      .map(
        (sku) =>
          `rule 4: order ${order} is ${row?.status} with another number of units of ${sku} than it has lines`,
      );
  });
}

const hasTied = ({ status }: ReservationRow): boolean => status !== 'REJECTED' && status !== 'TOMBSTONE';

function brokenVersions({ orders, outgoing }: World): string[] {
  return services.flatMap((service) => {
    const { journal } = outgoing[service];
    return [...new Set(journal.map(({ about }) => about))].flatMap((about) => {
      const versions = journal.filter((fact) => fact.about === about).map(({ version }) => version);
      const isRising = versions.every((version, index) => index === 0 || version > versions[index - 1]!);
      const isGapless = versions.every((version, index) => version === index + 1);
      const isOrders = service === 'orders' && versions.length !== orders.rows[about]?.version;
      const isWrong = !isRising || (service === 'orders' && (!isGapless || isOrders));
      return isWrong ? [`rule 5: ${service} states versions ${versions.join(', ')} of ${about}`] : [];
    });
  });
}

function undelivered({ outgoing, incoming }: World, by: Service): string[] {
  const { journal, stream, outbox } = outgoing[by];
  const to = otherOf(by);
  return [
    ...outbox
      .filter(({ sequence }) => sequence === null)
      .map(({ fact }) => `rule 6: ${fact} is never published`),
    ...journal
      .filter(({ id }) => !stream.some(({ fact }) => fact === id))
      .map(({ id }) => `rule 6: ${id} is not in the stream`),
    ...journal
      .filter(({ id }) => !incoming[to].ghostHandled.includes(id))
      .map(({ id }) => `rule 6: ${id} never took effect at ${to}`),
  ];
}

function unfinished(world: World): string[] {
  const { orders, inventory } = world;
  const names = new Set([...Object.keys(orders.rows), ...Object.keys(inventory.reservations)]);
  return [...names].flatMap((name) => {
    const row = orders.rows[name] ?? null;
    const reservation = inventory.reservations[name] ?? null;
    const tied = `rule 4: order ${name} is ${row?.status ?? 'not there'}, its reservation ${reservation?.status ?? 'not there'}`;
    switch (row?.status) {
      case undefined:
        return reservation === null ? [] : [tied];
      case 'PENDING':
        return [`order ${name} is PENDING for ever`];
      case 'RESERVED':
        if (row.hasHold && !row.isConfirmed) return [`order ${name} is RESERVED for a hold that is over`];
        return reservation?.status === 'HELD' && reservation.expiresAt === null ? [] : [tied];
      case 'REJECTED':
        return reservation?.status === 'REJECTED' ? [] : [tied];
      case 'CANCELLED':
        return reservation === null || reservation.status === 'HELD' || reservation.status === 'SHIPPED'
          ? [tied]
          : [];
      case 'SHIPPING':
      case 'DELIVERED':
        return reservation?.status === 'SHIPPED' ? [] : [tied];
    }
  });
}

const oldPrices = ({ orders, inventory }: World): string[] =>
  orders.catalogue.price === inventory.product.price
    ? []
    : [`orders sells at price ${orders.catalogue.price}, inventory listed ${inventory.product.price}`];
