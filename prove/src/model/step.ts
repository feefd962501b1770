import { happeningOf, type Action } from './actions.ts';
import { changeOrder, confirmOrExtend, place, relist, repeat, sweep } from './commands.ts';
import { beginAgain, givenOut, handle, overtake, waiting, withIncoming } from './consuming.ts';
import { freeze, lookAtTail, publish, takeOver, wake } from './relaying.ts';
import type { Setting } from './setting.ts';
import { withOutgoing, type Outcome } from './transaction.ts';
import { otherOf, type GivenOut, type Service, type World } from './world.ts';

/** The world after an action that is possible in it, and what was wrong with the action itself. */
export function step(setting: Setting, before: World, action: Action): Outcome {
  const world = spend(before, action);
  switch (action.kind) {
    case 'place':
      return place(setting, world, action.order, action.crash);
    case 'repeat':
      return repeat(setting, world, action.order);
    case 'cancel':
    case 'cancelUndecided':
    case 'ship':
    case 'deliver':
      return changeOrder(world, action.order, action.kind);
    case 'confirm':
    case 'extend':
      return confirmOrExtend(setting, world, action.order, action.kind);
    case 'sweep':
      return sweep(setting, world, action.order);
    case 'relist':
      return relist(world);
    case 'passTime':
      return right({ ...world, now: world.now + 1 });
    case 'publish':
      return publish(setting, world, action.by, action.fact);
    case 'freeze':
      return freeze(setting, world, action.by, action.fact, action.at);
    case 'wake':
      return wake(setting, world, action.by, action.index);
    case 'takeOver':
      return takeOver(setting, world, action.by);
    case 'lookAtTail':
      return lookAtTail(setting, world, action.by);
    case 'loseTail':
      return right(loseTail(setting, world, action.of, action.keep, action.forgets));
    case 'copy':
      return right(copy(world, action.of, action.sequence));
    case 'deliver1':
      return handle(
        setting,
        world,
        action.to,
        waiting(setting, world, action.to).slice(0, 1),
        'acknowledged',
      );
    case 'deliverAll':
      return handle(setting, world, action.to, waiting(setting, world, action.to), 'acknowledged');
    case 'overtake':
      return overtake(setting, world, action.to);
    case 'consumerCrash':
      return handle(setting, world, action.to, waiting(setting, world, action.to).slice(0, 1), 'crashed');
    case 'checkPosition':
      return right(beginAgain(world, action.to, world.incoming[action.to].generation));
    case 'redeliver': {
      const message = world.incoming[action.to].unacknowledged[action.index]!;
      return handle(setting, ...recall(setting, world, action.to, message), 'acknowledged');
    }
    case 'late': {
      const message = world.outgoing[otherOf(action.to)].stream[action.sequence - 1]!;
      const again = givenOut(setting, world, action.to, action.sequence, message);
      return handle(setting, world, action.to, [again], 'late');
    }
  }
}

const right = (world: World): Outcome => ({ world, wrong: [] });

function spend(world: World, action: Action): World {
  const happening =
    action.kind === 'takeOver' && world.outgoing[action.by].publisher !== null
      ? action.kind
      : happeningOf(action);
  if (happening === null) return world;
  return { ...world, budget: { ...world.budget, [happening]: world.budget[happening] - 1 } };
}

/** What a process that died had been given is given out again, as the stream has it now. */
function recall(
  setting: Setting,
  world: World,
  to: Service,
  message: GivenOut,
): readonly [World, Service, readonly GivenOut[]] {
  if (!message.isForgotten) return [world, to, [message]];
  const stored = world.outgoing[otherOf(to)].stream[message.sequence - 1]!;
  const again = givenOut(setting, world, to, message.sequence, stored);
  const unacknowledged = world.incoming[to].unacknowledged.map((each) => (each === message ? again : each));
  return [withIncoming(world, to, { unacknowledged }), to, [again]];
}

/** `forgets`: a process that had lost messages in its memory dies with them; else it handles them all the same. */
function loseTail(
  { configuration }: Setting,
  world: World,
  of: Service,
  keep: number,
  forgets: boolean,
): World {
  const outgoing = world.outgoing[of];
  const after = withOutgoing(world, of, { ...outgoing, stream: outgoing.stream.slice(0, keep) });
  const to = otherOf(of);
  const { position, unacknowledged } = world.incoming[to];
  const isLost = ({ sequence }: GivenOut) => sequence > keep;
  if (configuration.rewoundConsumers !== 'ahead') {
    const left = forgets ? unacknowledged.filter((message) => !isLost(message)) : unacknowledged;
    return withIncoming(after, to, { position: Math.min(position, keep), unacknowledged: left });
  }
  const left = unacknowledged.map((message) =>
    forgets && isLost(message) ? { ...message, isForgotten: true } : message,
  );
  return withIncoming(after, to, { unacknowledged: left });
}

function copy(world: World, of: Service, sequence: number): World {
  const outgoing = world.outgoing[of];
  return withOutgoing(world, of, {
    ...outgoing,
    stream: [...outgoing.stream, outgoing.stream[sequence - 1]!],
  });
}
