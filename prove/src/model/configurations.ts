import type { Configuration } from './setting.ts';

const oneOfEach = { A: 1, B: 1 };
/** Whole for one order of each, from two facilities together: a second is refused, or comes after the first gave back. */
const forOne = { A: { f1: 1 }, B: { f2: 1 } };
/** Whole for two, each of a facility of its own. */
const forTwo = { A: { f1: 1, f2: 1 }, B: { f1: 1, f2: 1 } };

/**
 * Small enough that each is explored in seconds; together they hold every kind of event, and each fault beside what it
 * endangers. `deeper` adds to the budgets what takes minutes.
 */
export const configurations: readonly (Configuration & { readonly deeper: Partial<Configuration> })[] = [
  {
    name: 'two orders want the last units, and are cancelled',
    stock: forOne,
    orders: [oneOfEach, oneOfEach],
    holdTicks: null,
    budget: { cancel: 2, overtake: 1 },
    deeper: { budget: { cancel: 2, overtake: 2, consumerCrash: 1 } },
  },
  {
    name: 'messages are overtaken, handled late and twice',
    stock: forTwo,
    orders: [oneOfEach, { A: 1 }],
    holdTicks: null,
    budget: { overtake: 1, consumerCrash: 1, late: 1 },
    deeper: { budget: { cancel: 1, overtake: 1, consumerCrash: 1, late: 1 } },
  },
  {
    name: 'one order goes all the way, and every message out of turn',
    stock: forOne,
    orders: [oneOfEach],
    holdTicks: null,
    budget: { cancel: 1, ship: 2, undecided: 1, overtake: 2, consumerCrash: 1, late: 1 },
    deeper: { budget: { cancel: 1, ship: 2, undecided: 1, overtake: 3, consumerCrash: 2, late: 2 } },
  },
  {
    name: 'holds run out while another order waits for the units',
    stock: forOne,
    orders: [oneOfEach, { A: 1 }],
    holdTicks: 1,
    budget: { confirm: 1, overtake: 1 },
    deeper: { budget: { cancel: 1, confirm: 1, overtake: 1 } },
  },
  {
    name: 'a hold is confirmed, extended, shipped, cancelled or runs out',
    stock: forOne,
    orders: [oneOfEach],
    holdTicks: 1,
    budget: { cancel: 1, confirm: 1, extend: 1, ship: 1, overtake: 1, late: 1 },
    deeper: { budget: { cancel: 1, confirm: 2, extend: 1, ship: 2, overtake: 1, consumerCrash: 1, late: 1 } },
  },
  {
    name: 'orders dies in commands, and clients ask again',
    stock: forOne,
    orders: [oneOfEach, oneOfEach],
    holdTicks: null,
    budget: { commandCrash: 2, repeat: 2, undecided: 1 },
    deeper: { budget: { commandCrash: 2, repeat: 2, cancel: 1, undecided: 1, overtake: 1 } },
  },
  {
    name: 'a relay freezes, its lease is taken over, and it wakes',
    stock: forTwo,
    orders: [oneOfEach, oneOfEach],
    holdTicks: null,
    budget: { freeze: 1, takeOver: 1 },
    deeper: { budget: { cancel: 1, freeze: 1, takeOver: 1 }, anyAggregateFirst: true },
  },
  {
    name: 'a stream loses its tail, and its consumer stays ahead of it',
    stock: forOne,
    orders: [oneOfEach, { A: 1 }],
    holdTicks: null,
    budget: { loseTail: 1, overtake: 1 },
    rewoundConsumers: 'ahead',
    deeper: { budget: { loseTail: 1, overtake: 1, cancel: 1 } },
  },
  {
    name: 'a stream loses its tail while a relay is frozen',
    stock: forOne,
    orders: [{ A: 1 }, { B: 1 }],
    holdTicks: null,
    budget: { loseTail: 1, freeze: 1 },
    faultsAt: 'orders',
    deeper: { budget: { loseTail: 1, freeze: 1, overtake: 1 } },
  },
  {
    name: 'messages are stored twice and handled late',
    stock: forOne,
    orders: [oneOfEach],
    holdTicks: null,
    budget: { copy: 2, late: 1, cancel: 1 },
    deeper: { budget: { copy: 2, late: 2, cancel: 1, consumerCrash: 1 } },
  },
  {
    name: 'a product gets new prices, which come late and are lost',
    stock: forOne,
    orders: [],
    holdTicks: null,
    budget: { relist: 3, overtake: 1, late: 1, freeze: 1, loseTail: 1 },
    deeper: { budget: { relist: 3, overtake: 2, late: 1, consumerCrash: 1, freeze: 1, loseTail: 1 } },
  },
];

/**
 * What the system does not survive, should a server leave consumers ahead of a stream that lost its tail: that no message
 * of a new generation is stored beyond where the consumer was. So it is when nothing of what was lost had been marked, since
 * then no relay sees the loss; and when a frozen relay stores it again in the old generation before its successor does.
 * The consumer skips the new facts that stand where it already was. nats-server 2.15.1 puts consumers back when it starts.
 */
export const notSurvived: Configuration = {
  name: 'no new generation shows, and a consumer stays ahead of its stream',
  stock: forOne,
  orders: [{ A: 1 }, { B: 1 }],
  holdTicks: null,
  budget: { loseTail: 1, freeze: 1 },
  faultsAt: 'orders',
  rewoundConsumers: 'ahead',
};
