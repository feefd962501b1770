import type { Happening, Service } from './world.ts';

/** One step of the world, as data. `at` of a crash: `begun`, written and not committed; `committed`, and not answered. */
export type Action =
  | { readonly kind: 'place'; readonly order: string; readonly crash: 'begun' | 'committed' | null }
  | { readonly kind: 'repeat'; readonly order: string }
  | { readonly kind: 'cancel' | 'cancelUndecided' | 'ship' | 'deliver'; readonly order: string }
  | { readonly kind: 'confirm' | 'extend' | 'sweep'; readonly order: string }
  | { readonly kind: 'relist' | 'passTime' }
  | { readonly kind: 'publish'; readonly by: Service; readonly fact: string }
  | {
      readonly kind: 'freeze';
      readonly by: Service;
      readonly fact: string;
      readonly at: 'socket' | 'acknowledged';
    }
  | { readonly kind: 'wake'; readonly by: Service; readonly index: number }
  | { readonly kind: 'takeOver' | 'lookAtTail'; readonly by: Service }
  | { readonly kind: 'loseTail'; readonly of: Service; readonly keep: number; readonly forgets: boolean }
  | { readonly kind: 'copy'; readonly of: Service; readonly sequence: number }
  | {
      readonly kind: 'deliver1' | 'deliverAll' | 'overtake' | 'consumerCrash' | 'checkPosition';
      readonly to: Service;
    }
  | { readonly kind: 'redeliver'; readonly to: Service; readonly index: number }
  | { readonly kind: 'late'; readonly to: Service; readonly sequence: number };

/** What an action uses up; null for one that needs no budget. */
export function happeningOf(action: Action): Happening | null {
  switch (action.kind) {
    case 'place':
      return action.crash === null ? null : 'commandCrash';
    case 'cancelUndecided':
      return 'undecided';
    case 'deliver':
      return 'ship';
    case 'repeat':
    case 'cancel':
    case 'ship':
    case 'confirm':
    case 'extend':
    case 'relist':
    case 'freeze':
    case 'loseTail':
    case 'copy':
    case 'overtake':
    case 'consumerCrash':
    case 'late':
      return action.kind;
    case 'takeOver':
    case 'sweep':
    case 'passTime':
    case 'publish':
    case 'wake':
    case 'lookAtTail':
    case 'deliver1':
    case 'deliverAll':
    case 'checkPosition':
    case 'redeliver':
      return null;
  }
}

/** Whether the system, or time, does it by itself; a lease is taken over by itself only from a relay that is frozen. */
export function isProgress({ kind }: Action): boolean {
  switch (kind) {
    case 'publish':
    case 'wake':
    case 'takeOver':
    case 'lookAtTail':
    case 'sweep':
    case 'passTime':
    case 'deliver1':
    case 'deliverAll':
    case 'checkPosition':
    case 'redeliver':
      return true;
    case 'place':
    case 'repeat':
    case 'cancel':
    case 'cancelUndecided':
    case 'ship':
    case 'deliver':
    case 'confirm':
    case 'extend':
    case 'relist':
    case 'freeze':
    case 'loseTail':
    case 'copy':
    case 'overtake':
    case 'consumerCrash':
    case 'late':
      return false;
  }
}

/** The action in words. */
export function inWords(action: Action): string {
  switch (action.kind) {
    case 'place':
      return `order ${action.order} is placed${crashInWords(action.crash)}`;
    case 'repeat':
      return `the client asks for order ${action.order} again with the same key`;
    case 'cancel':
      return `order ${action.order} is cancelled`;
    case 'cancelUndecided':
      return `orders cancels order ${action.order} as undecided`;
    case 'ship':
      return `order ${action.order} is shipped`;
    case 'deliver':
      return `order ${action.order} is delivered`;
    case 'confirm':
      return `order ${action.order} is confirmed`;
    case 'extend':
      return `the hold of order ${action.order} is extended`;
    case 'sweep':
      return `the sweeper ends the hold of order ${action.order}`;
    case 'relist':
      return 'the product gets another price';
    case 'passTime':
      return 'a tick passes';
    case 'publish':
      return `the relay of ${action.by} publishes ${action.fact}`;
    case 'freeze':
      return action.at === 'socket'
        ? `the relay of ${action.by} freezes with ${action.fact} in its socket`
        : `the relay of ${action.by} publishes ${action.fact} and freezes before it marks that`;
    case 'wake':
      return `frozen relay ${action.index + 1} of ${action.by} wakes`;
    case 'takeOver':
      return `another relay of ${action.by} takes the lease over`;
    case 'lookAtTail':
      return `the relay of ${action.by} looks at the tail of its stream`;
    case 'loseTail':
      return `the stream of ${action.of} loses all after message ${action.keep}${
        action.forgets ? ', and its consumer what it had in memory of that' : ''
      }`;
    case 'copy':
      return `message ${action.sequence} of the stream of ${action.of} is stored a second time`;
    case 'deliver1':
      return `${action.to} handles its next message`;
    case 'deliverAll':
      return `${action.to} handles all its next messages in one batch`;
    case 'overtake':
      return `${action.to} is given its next message and does not handle it yet`;
    case 'consumerCrash':
      return `${action.to} dies between the commit and the ack of its next message`;
    case 'checkPosition':
      return `${action.to} sees that it is ahead of its stream, and begins again`;
    case 'redeliver':
      return `${action.to} handles message ${action.index + 1} of those that it had not acknowledged`;
    case 'late':
      return `${action.to} handles message ${action.sequence} once more`;
  }
}

function crashInWords(crash: 'begun' | 'committed' | null): string {
  if (crash === null) return '';
  return crash === 'begun' ? ', and orders dies before its commit' : ', and orders dies before it answers';
}
