import type { GatewayClient } from '../replay/gateway-client.ts';
import type { ParkedCommand, ParkedOptions, Selection } from './options.ts';
import { discard, readParked, redrive, type ParkedAnswer, type ParkedMessage } from './parked-api.ts';
import { detailLines, messageLines, printable } from './tables.ts';

export interface ParkedTerminal {
  readonly print: (line: string) => void;
  /** Characters a line. */
  readonly width: number;
}

/** What became of one message. */
interface Outcome {
  readonly id: string;
  /** UNCHANGED: it was closed so before. */
  readonly outcome: 'REDRIVEN' | 'ALREADY_HANDLED' | 'DISCARDED' | 'UNCHANGED' | 'REFUSED';
  readonly message: string;
}

/**
 * Carries out one command through the gateway's API. Resolves with whether nothing was refused: an unknown id, a message
 * that still fails, or one that was closed otherwise. Rejects as the client does. Safe to repeat.
 */
export async function runParked(
  { command, isJson }: Pick<ParkedOptions, 'command' | 'isJson'>,
  client: GatewayClient,
  terminal: ParkedTerminal,
): Promise<boolean> {
  const { print, width } = terminal;
  switch (command.name) {
    case 'list': {
      const messages = await collect(
        readParked(client, command.selection, command.isClosed ? 'CLOSED' : 'OPEN'),
      );
      if (isJson) print(JSON.stringify(messages, null, 2));
      else if (messages.length === 0) print('nothing is parked');
      else for (const line of messageLines(messages, width)) print(line);
      return true;
    }
    case 'show': {
      const { found, missing } = await find(client, command.selection, command.ids);
      if (isJson) print(JSON.stringify(found, null, 2));
      else for (const message of found) for (const line of [...detailLines(message), '']) print(line);
      for (const id of missing) if (!isJson) print(unknownText(id));
      return missing.length === 0;
    }
    case 'redrive':
    case 'discard':
      return closeAll(command, isJson, client, print);
  }
}

async function closeAll(
  command: ParkedCommand & { name: 'redrive' | 'discard' },
  isJson: boolean,
  client: GatewayClient,
  print: (line: string) => void,
): Promise<boolean> {
  const { found, missing } =
    command.ids === null
      ? { found: await collect(readParked(client, command.selection, 'OPEN')), missing: [] }
      : await find(client, command.selection, command.ids);
  const outcomes: Outcome[] = [];
  const note = (outcome: Outcome): void => {
    outcomes.push(outcome);
    if (!isJson) print(printable(outcome.message));
  };
  for (const message of found)
    note(
      message.closedAs === null ? await closeOne(command, client, message) : closedBefore(command, message),
    );
  for (const id of missing) note({ id, outcome: 'REFUSED', message: unknownText(id) });
  if (isJson) print(JSON.stringify(outcomes, null, 2));
  else if (outcomes.length === 0) print('nothing is parked');
  return outcomes.every(({ outcome }) => outcome !== 'REFUSED');
}

async function closeOne(
  command: ParkedCommand & { name: 'redrive' | 'discard' },
  client: GatewayClient,
  message: ParkedMessage,
): Promise<Outcome> {
  const { id } = message;
  const name = `${id} (${message.eventType} at ${message.consumer})`;
  if (command.name === 'discard') {
    const answer = await discard(client, message, command.reason);
    return (
      refusal(id, answer) ?? { id, outcome: 'DISCARDED', message: `${name}: discarded, ${command.reason}` }
    );
  }
  const answer = await redrive(client, message);
  const refused = refusal(id, answer);
  if (refused !== null) return refused;
  return answer.alreadyHandled.includes(id)
    ? {
        id,
        outcome: 'ALREADY_HANDLED',
        message: `${name}: was handled before; closed, and nothing else changed`,
      }
    : { id, outcome: 'REDRIVEN', message: `${name}: redriven` };
}

function refusal(id: string, { changed, problems }: ParkedAnswer): Outcome | null {
  if (changed > 0) return null;
  const message = problems.map((problem) => `${problem.code}: ${problem.message}`).join('; ');
  return { id, outcome: 'REFUSED', message };
}

/** Of a message that is closed nothing changes; whether that is what was asked for depends on how it was closed. */
function closedBefore(command: ParkedCommand, message: ParkedMessage): Outcome {
  const { id, closedAs, closedAt, closedBy } = message;
  const isSo = closedAs === (command.name === 'redrive' ? 'REDRIVEN' : 'DISCARDED');
  return {
    id,
    outcome: isSo ? 'UNCHANGED' : 'REFUSED',
    message: `${id}: was ${closedAs?.toLowerCase()} at ${closedAt} by ${closedBy}; nothing changed`,
  };
}

/** The messages of these ids in the order asked, open ones or closed. */
async function find(
  client: GatewayClient,
  selection: Selection,
  ids: readonly string[],
): Promise<{ found: readonly ParkedMessage[]; missing: readonly string[] }> {
  const byId = new Map<string, ParkedMessage>();
  for (const state of ['OPEN', 'CLOSED'] as const) {
    if (byId.size === ids.length) break;
    for await (const message of readParked(client, selection, state)) {
      if (ids.includes(message.id)) byId.set(message.id, message);
      if (byId.size === ids.length) break;
    }
  }
  return {
    found: ids.flatMap((id) => byId.get(id) ?? []),
    missing: ids.filter((id) => !byId.has(id)),
  };
}

async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const collected: Value[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

const unknownText = (id: string): string => `${id}: no parked message has this id`;
