import { inboxPrefix } from './connection.ts';
import type { Context } from './contracts/contracts.ts';
import {
  consumers,
  liveOrders,
  liveStockSubject,
  ownerOf,
  streams,
  type ConsumerName,
  type StreamName,
} from './topology.ts';

/** One per process that connects to NATS. */
export type NatsUser = Context | 'gateway' | 'topology' | 'monitoring';

/** One thing that a user may do; whatever is not in its list is refused. */
export interface NatsRight {
  readonly allow: 'publish' | 'subscribe';
  readonly subject: string;
  /** Parts of `subject` that are refused all the same. */
  readonly except?: readonly string[];
  readonly role: 'relay' | 'consumer' | 'live' | 'topology' | 'monitoring';
  readonly why: string;
}

type Role = NatsRight['role'];

const streamNames: readonly StreamName[] = Object.values(streams);
const consumerNames = Object.keys(consumers) as ConsumerName[];

/** Only operators of a demonstration hold a consumer, and only this one. */
const holdable: readonly ConsumerName[] = ['inventory-orders'];

const publish = (role: Role, subject: string, why: string, except?: readonly string[]): NatsRight => ({
  allow: 'publish',
  subject,
  ...(except === undefined ? {} : { except }),
  role,
  why,
});

const ask = (role: Role, request: string, why: string, except?: readonly string[]): NatsRight =>
  publish(
    role,
    `$JS.API.${request}`,
    why,
    except?.map((one) => `$JS.API.${one}`),
  );

const inbox = (role: Role, user: NatsUser): NatsRight => ({
  allow: 'subscribe',
  subject: `${inboxPrefix(user)}.>`,
  role,
  why: 'answers to its own requests, which no other user hears',
});

function relay(context: Context): NatsRight[] {
  const stream = streams[context];
  return [
    publish('relay', `${context}.>`, 'its own facts, and none of others'),
    ask('relay', `STREAM.INFO.${stream}`, 'whether its stream is there, and where it ends'),
    ask('relay', `DIRECT.GET.${stream}`, 'tail repair: whether a fact that was acknowledged is still stored'),
  ];
}

function consuming(context: Context): NatsRight[] {
  const own = consumerNames.filter((name) => ownerOf(name) === context);
  const read = [...new Set(own.map((name) => consumers[name].stream))];
  return [
    ...read.flatMap((stream) => [
      ask('consumer', `STREAM.INFO.${stream}`, 'whether a consumer is ahead of a stream that lost its tail'),
      ask(
        'consumer',
        `DIRECT.GET.${stream}`,
        'a consumer made anew: when its oldest open message was stored',
      ),
    ]),
    ...own.flatMap((name) => {
      const { stream, filter } = consumers[name];
      const at = `${stream}.${name}`;
      return [
        ask('consumer', `CONSUMER.INFO.${at}`, 'its own place, and what waits for it'),
        ask('consumer', `CONSUMER.MSG.NEXT.${at}`, 'the next messages for it'),
        publish('consumer', `$JS.ACK.${at}.>`, 'messages that it has handled, gives back or parks'),
        ask('consumer', `CONSUMER.DELETE.${at}`, 'a consumer made anew after a repair, first half'),
        ask(
          'consumer',
          `CONSUMER.CREATE.${at}.${filter}`,
          'a consumer made anew after a repair, second half',
        ),
        ...(holdable.includes(name)
          ? [ask('consumer', `CONSUMER.PAUSE.${at}`, 'an operator holds it for a while')]
          : []),
      ];
    }),
  ];
}

/** Consumers of gateways have names of chance, so what durable consumers of others are asked is excepted. */
function liveReading(): NatsRight[] {
  const { stream, filter } = liveOrders;
  const others = consumerNames.filter((name) => consumers[name].stream === stream);
  const except = (request: string, rest = '') => others.map((name) => `${request}.${stream}.${name}${rest}`);
  const askOwn = (request: string, why: string): NatsRight =>
    ask('live', `${request}.${stream}.*`, why, except(request));
  return [
    { allow: 'subscribe', subject: liveStockSubject, role: 'live', why: 'stock levels as they are' },
    ask('live', `STREAM.INFO.${stream}`, 'whether the stream ends before what was already read'),
    ask(
      'live',
      `CONSUMER.CREATE.${stream}.*.${filter}`,
      'the consumer of one process, without acks',
      except('CONSUMER.CREATE', '.>'),
    ),
    askOwn('CONSUMER.INFO', 'its settings before it is read'),
    askOwn('CONSUMER.MSG.NEXT', 'the next changes of orders'),
    askOwn('CONSUMER.DELETE', 'made anew after a stall, and gone with its process'),
  ];
}

const provisioning = (): NatsRight[] => [
  ...streamNames.flatMap((stream) => [
    ask('topology', `STREAM.INFO.${stream}`, 'what is there'),
    ask('topology', `STREAM.CREATE.${stream}`, 'what is missing'),
    ask('topology', `STREAM.UPDATE.${stream}`, 'what differs: replicas, sizes'),
  ]),
  ...consumerNames.flatMap((name) => {
    const { stream, filter } = consumers[name];
    return [
      ask('topology', `CONSUMER.INFO.${stream}.${name}`, 'what is there'),
      ask('topology', `CONSUMER.CREATE.${stream}.${name}.${filter}`, 'what is missing or differs'),
    ];
  }),
];

const watching = (): NatsRight[] => [
  ask('monitoring', 'INFO', 'limits and use of the account'),
  ask('monitoring', 'STREAM.NAMES', 'which streams there are'),
  ask('monitoring', 'STREAM.LIST', 'how full they are, and who leads them'),
  ...streamNames.flatMap((stream) => [
    ask('monitoring', `STREAM.INFO.${stream}`, 'how full it is, and who leads it'),
    ask('monitoring', `CONSUMER.NAMES.${stream}`, 'who reads it'),
    ask('monitoring', `CONSUMER.LIST.${stream}`, 'how far behind its readers are'),
    ask('monitoring', `CONSUMER.INFO.${stream}.*`, 'how far behind one is'),
  ]),
];

/** The least that each user needs, with what for. */
export const natsUsers: Readonly<Record<NatsUser, readonly NatsRight[]>> = {
  orders: [inbox('relay', 'orders'), ...relay('orders'), ...consuming('orders')],
  inventory: [
    inbox('relay', 'inventory'),
    ...relay('inventory'),
    ...consuming('inventory'),
    publish('live', liveStockSubject, 'stock levels as they are'),
  ],
  gateway: [inbox('live', 'gateway'), ...liveReading()],
  topology: [inbox('topology', 'topology'), ...provisioning()],
  monitoring: [inbox('monitoring', 'monitoring'), ...watching()],
};
