import type {
  OperationKind,
  OperationLine,
  OperationPhase,
  SkuQuantity,
  StockQuantity,
} from '../check/history.ts';
import { summedBySku, type DestinationInput } from './catalogue.ts';
import type { GatewayHttp } from './gateway-http.ts';
import type { HistoryWriter } from './history-writer.ts';

/** Who asks, of which gateway, and for whom; without a customer the operator. */
export interface Asker {
  readonly client: string;
  readonly gateway: number;
  readonly customer?: string;
}

/** What a place asks for; a repeat asks for the same again. */
export interface Placing {
  readonly key: string;
  readonly lines: readonly SkuQuantity[];
  readonly destination: DestinationInput;
}

/** The second line of an operation in the history, without what only the history needs. */
export type Outcome = Pick<
  OperationLine,
  'orderId' | 'version' | 'status' | 'expiresAt' | 'problem' | 'error' | 'seen' | 'available'
> & {
  readonly phase: Exclude<OperationPhase, 'invoke'>;
};

/** Every operation of a run, each written into the history before it is sent and after its answer. None ever rejects. */
export interface Operations {
  readonly counts: ReadonlyMap<`${OperationKind} ${OperationPhase}`, number>;
  place(asker: Asker, placing: Placing, kind?: 'place' | 'repeat'): Promise<Outcome>;
  /** One of those that need an order and nothing more. */
  onOrder(asker: Asker, kind: OrderOperation, orderId: string): Promise<Outcome>;
  receive(asker: Asker, key: string, stock: readonly StockQuantity[]): Promise<Outcome>;
  listOwn(asker: Asker): Promise<Outcome>;
  availability(asker: Asker, sku: string): Promise<Outcome>;
}

export type OrderOperation = 'cancel' | 'confirm' | 'extend' | 'ship' | 'deliver' | 'read';

const stateFields = 'id version status';
const heldFields = `${stateFields} reservation { status expiresAt }`;
const payload = (fields: string): string => `{ order { ${fields} } problems { code } }`;

const onOrder: Readonly<Record<OrderOperation, string>> = {
  cancel: `mutation ($orderId: ID!) { r: cancelOrder(input: { orderId: $orderId, reason: "prove" }) ${payload(stateFields)} }`,
  confirm: `mutation ($orderId: ID!) { r: confirmOrder(orderId: $orderId) ${payload(stateFields)} }`,
  extend: `mutation ($orderId: ID!) { r: extendHold(orderId: $orderId, minutes: 1) ${payload(heldFields)} }`,
  ship: `mutation ($orderId: ID!) { r: shipOrder(orderId: $orderId) ${payload(stateFields)} }`,
  deliver: `mutation ($orderId: ID!) { r: deliverOrder(orderId: $orderId) ${payload(stateFields)} }`,
  read: `query ($orderId: ID!) { r: order(id: $orderId) { ${heldFields} } }`,
};
const place = `mutation ($input: PlaceOrderInput!) { r: placeOrder(input: $input) ${payload(stateFields)} }`;
const receive = `mutation ($input: ReceiveStockInput!) { r: receiveStock(input: $input) { changed problems { code } } }`;
const listOwn = `query { r: orders(first: 20) { edges { node { ${stateFields} } } } }`;
const availability = `query ($sku: ID!) { r: product(sku: $sku) { available } }`;

export function createOperations(gateways: readonly GatewayHttp[], history: HistoryWriter): Operations {
  const counts = new Map<`${OperationKind} ${OperationPhase}`, number>();
  let operations = 0;

  async function run(
    asker: Asker,
    about: Pick<OperationLine, 'kind' | 'key' | 'lines' | 'stock' | 'orderId'>,
    query: string,
    variables: object,
    read: (r: unknown) => Omit<Outcome, 'phase'>,
  ): Promise<Outcome> {
    operations += 1;
    const line = { ...about, ...asker, op: operations };
    history.write({ ...line, phase: 'invoke' });
    const answer = await gateways[asker.gateway]!.ask(query, variables, asker.customer);
    const { phase } = answer;
    const outcome: Outcome = phase === 'ok' ? { phase, ...read(answer.r) } : { phase, error: answer.error };
    history.write({ ...line, ...outcome });
    const name = `${about.kind} ${phase}` as const;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    return outcome;
  }

  return {
    counts,
    place: (asker, { key, lines, destination }, kind = 'place') =>
      run(
        asker,
        { kind, key, lines: summedBySku(lines) },
        place,
        { input: { idempotencyKey: key, reference: key, lines, destination } },
        readPayload,
      ),
    onOrder: (asker, kind, orderId) =>
      run(asker, { kind, orderId }, onOrder[kind], { orderId }, kind === 'read' ? readOrder : readPayload),
    receive: (asker, key, stock) =>
      run(
        asker,
        { kind: 'receive', key, stock },
        receive,
        // The reason stands in the ledger: by it the checker finds what each key brought.
        { input: { idempotencyKey: key, reason: key, lines: stock } },
        readPayload,
      ),
    listOwn: (asker) => run(asker, { kind: 'read' }, listOwn, {}, readList),
    availability: (asker, sku) => run(asker, { kind: 'read' }, availability, { sku }, readAvailability),
  };
}

interface OrderAnswer {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly reservation?: { readonly status: string; readonly expiresAt: string | null } | null;
}

function readPayload(r: unknown): Omit<Outcome, 'phase'> {
  const { order, problems } = r as { order?: OrderAnswer | null; problems: readonly { code: string }[] };
  const [problem] = problems;
  return {
    ...(order == null ? {} : shown(order)),
    ...(problem === undefined ? {} : { problem: problem.code }),
  };
}

const readOrder = (r: unknown): Omit<Outcome, 'phase'> =>
  r === null ? { problem: 'ORDER_NOT_FOUND' } : shown(r as OrderAnswer);

const readList = (r: unknown): Omit<Outcome, 'phase'> => ({
  seen: (r as { edges: readonly { node: OrderAnswer }[] }).edges.map(({ node }) => shown(node)),
});

function readAvailability(r: unknown): Omit<Outcome, 'phase'> {
  const available = (r as { available: number } | null)?.available;
  return available === undefined ? { problem: 'NOT_FOUND' } : { available };
}

const shown = ({ id, version, status, reservation }: OrderAnswer) => ({
  orderId: id,
  version,
  status,
  ...(reservation == null ? {} : { expiresAt: reservation.expiresAt }),
});
