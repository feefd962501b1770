import { parseArgs } from 'node:util';

export const services = ['orders', 'inventory'] as const;
export type ServiceName = (typeof services)[number];

/** Which of the parked messages are meant. */
export interface Selection {
  readonly service: ServiceName | null;
  readonly consumer: string | null;
}

export type ParkedCommand =
  | { readonly name: 'list'; readonly selection: Selection; readonly isClosed: boolean }
  | { readonly name: 'show'; readonly selection: Selection; readonly ids: readonly string[] }
  | ({ readonly name: 'redrive' } & Chosen)
  | ({ readonly name: 'discard'; readonly reason: string } & Chosen);

/** `ids` are null for all that are open. */
interface Chosen {
  readonly selection: Selection;
  readonly ids: readonly string[] | null;
}

export interface ParkedOptions {
  readonly command: ParkedCommand;
  readonly isJson: boolean;
  /** An operator's token; null for the one in HOLDFAST_TOKEN, or what the running system takes. */
  readonly token: string | null;
  /** How long one request is repeated while the gateway is away. */
  readonly waitMs: number;
}

/** The command line is wrong; the message says how. */
export class ParkedUsageError extends Error {
  override readonly name = 'ParkedUsageError';
}

export const parkedUsage = [
  'usage: npm run parked -- list [--closed]',
  '       npm run parked -- show ID …',
  '       npm run parked -- redrive ID … | --all',
  '       npm run parked -- discard ID … | --all  --reason TEXT',
  'with   [--service orders|inventory] [--consumer NAME] [--json] [--token TOKEN] [--wait 30]',
].join('\n');

/** @throws ParkedUsageError */
export function parkedOptions(args: readonly string[]): ParkedOptions {
  const { values, positionals } = parsed(args);
  const [name, ...ids] = positionals;
  const wait = Number(values.wait);
  if (values.wait.trim() === '' || !(wait >= 0 && wait <= 86_400))
    throw new ParkedUsageError(
      `--wait is ${JSON.stringify(values.wait)}; allowed: a number from 0 to 86400, in seconds`,
    );
  const selection = { service: serviceOf(values.service), consumer: values.consumer ?? null };
  const command = commandOf(name, ids, selection, values);
  for (const [option, isGiven, takers] of [
    ['--reason', values.reason !== undefined, ['discard']],
    ['--closed', values.closed, ['list']],
    ['--all', values.all, ['redrive', 'discard']],
  ] as const) {
    if (isGiven && !takers.some((taker) => taker === command.name))
      throw new ParkedUsageError(`${option} is for ${takers.join(' and ')}, not for ${command.name}`);
  }
  return { command, isJson: values.json, token: values.token ?? null, waitMs: wait * 1_000 };
}

type Values = ReturnType<typeof parsed>['values'];

function commandOf(
  name: string | undefined,
  ids: readonly string[],
  selection: Selection,
  values: Values,
): ParkedCommand {
  switch (name) {
    case 'list':
      if (ids.length > 0) throw new ParkedUsageError(`list takes no ids; show does: ${ids[0]}`);
      return { name, selection, isClosed: values.closed };
    case 'show':
      if (ids.length === 0) throw new ParkedUsageError('show needs the ids of parked messages');
      return { name, selection, ids: idsOf(ids) };
    case 'redrive':
      return { name, selection, ids: chosen(name, ids, values.all) };
    case 'discard':
      return { name, selection, ids: chosen(name, ids, values.all), reason: reasonOf(values.reason) };
    case undefined:
      throw new ParkedUsageError('a command is needed: list, show, redrive or discard');
    default:
      throw new ParkedUsageError(
        `there is no command ${JSON.stringify(name)}: list, show, redrive or discard`,
      );
  }
}

function chosen(name: string, ids: readonly string[], isAll: boolean): readonly string[] | null {
  if (isAll && ids.length > 0) throw new ParkedUsageError('give ids or --all, not both');
  if (!isAll && ids.length === 0)
    throw new ParkedUsageError(`${name} needs the ids of parked messages, or --all`);
  return isAll ? null : idsOf(ids);
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Each once, as they are stored. */
function idsOf(ids: readonly string[]): readonly string[] {
  const wrong = ids.find((id) => !idPattern.test(id));
  if (wrong !== undefined)
    throw new ParkedUsageError(`${JSON.stringify(wrong)} is no id: list shows the ids of parked messages`);
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}

function reasonOf(reason = ''): string {
  if (reason.trim() === '' || reason.length > 200 || /\p{Cc}/u.test(reason))
    throw new ParkedUsageError(
      'discard needs --reason: why, in 1 to 200 characters without control characters',
    );
  return reason;
}

function serviceOf(text: string | undefined): ServiceName | null {
  if (text === undefined) return null;
  const service = services.find((name) => name === text);
  if (service === undefined)
    throw new ParkedUsageError(`--service is ${JSON.stringify(text)}; allowed: ${services.join(' or ')}`);
  return service;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        service: { type: 'string' },
        consumer: { type: 'string' },
        all: { type: 'boolean', default: false },
        closed: { type: 'boolean', default: false },
        reason: { type: 'string' },
        json: { type: 'boolean', default: false },
        token: { type: 'string' },
        wait: { type: 'string', default: '30' },
      },
    });
  } catch (error) {
    throw new ParkedUsageError(error instanceof Error ? error.message : String(error));
  }
}
