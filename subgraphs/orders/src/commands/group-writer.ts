/**
 * A command is QUEUED until a group takes it, then IN A GROUP. From there it is
 *   SETTLED with its result, when the group commits;
 *   ALONE, when the group fails: each command is written again by itself, so that only the bad one fails;
 *   WAITING with its group, when the database went away: the group is written again, because whether it was committed is
 *   unknown. Commands are safe to repeat: what was committed is found again by its keys.
 */
export interface GroupWriter<Command, Result> {
  /** Settles once the command is committed or refused; rejects with OverloadedError when the queue is full. */
  submit(command: Command): Promise<Result>;
}

export interface GroupWriterOptions<Command, Result> {
  /** Writes a group in one transaction, all or nothing, and gives each command's result; safe to repeat. */
  readonly write: (group: readonly Command[]) => Promise<readonly Result[]>;
  /** Whether a failure says that the database is away, so that it is unknown what was committed. */
  readonly isDatabaseAway: (error: unknown) => boolean;
  /** Size of a command; a group and the queue are bounded by their sums. */
  readonly weigh: (command: Command) => number;
  readonly limits?: Partial<GroupLimits>;
}

export interface GroupLimits {
  readonly commandsPerGroup: number;
  readonly weightPerGroup: number;
  readonly queuedCommands: number;
  readonly queuedWeight: number;
  readonly groupsInFlight: number;
  /** Waits before a group whose outcome is unknown is written again; after the last one it fails. */
  readonly retryDelaysMs: readonly number[];
}

const defaultLimits: GroupLimits = {
  commandsPerGroup: 150,
  weightPerGroup: 10_000,
  queuedCommands: 4_000,
  queuedWeight: 200_000,
  groupsInFlight: 2,
  retryDelaysMs: [50, 200, 500, 1_000, 2_000, 2_000, 2_000, 2_000],
};

/** More is asked than can be done now; nothing was written. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

interface Entry<Command, Result> {
  readonly command: Command;
  readonly weight: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes commands in groups: whatever has arrived when a group may start goes into one transaction; nothing waits for a
 * group to fill.
 */
export function createGroupWriter<Command, Result>(
  options: GroupWriterOptions<Command, Result>,
): GroupWriter<Command, Result> {
  const limits = { ...defaultLimits, ...options.limits };
  let queue: Entry<Command, Result>[] = [];
  let queuedWeight = 0;
  let groupsInFlight = 0;
  let isScheduled = false;

  function submit(command: Command): Promise<Result> {
    const weight = options.weigh(command);
    if (queue.length >= limits.queuedCommands || queuedWeight + weight > limits.queuedWeight)
      return Promise.reject(new OverloadedError('Too many commands are waiting to be written', 1_000));
    const settled = new Promise<Result>((resolve, reject) => {
      queue.push({ command, weight, resolve, reject });
    });
    queuedWeight += weight;
    schedule();
    return settled;
  }

  /** Starts groups after the requests that arrived with this one have been read, so that they go together. */
  function schedule(): void {
    if (isScheduled || groupsInFlight >= limits.groupsInFlight) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      while (groupsInFlight < limits.groupsInFlight && queue.length > 0) void run(takeGroup());
    });
  }

  function takeGroup(): readonly Entry<Command, Result>[] {
    let weight = 0;
    let size = 0;
    for (const entry of queue) {
      if (size > 0 && (size === limits.commandsPerGroup || weight + entry.weight > limits.weightPerGroup))
        break;
      size += 1;
      weight += entry.weight;
    }
    const group = queue.slice(0, size);
    queue = queue.slice(size);
    queuedWeight -= weight;
    return group;
  }

  async function run(group: readonly Entry<Command, Result>[]): Promise<void> {
    groupsInFlight += 1;
    await writeGroup(group);
    groupsInFlight -= 1;
    if (queue.length > 0) schedule();
  }

  async function writeGroup(group: readonly Entry<Command, Result>[]): Promise<void> {
    try {
      const results = await writeUntilKnown(group.map(({ command }) => command));
      group.forEach((entry, index) => entry.resolve(results[index] as Result));
    } catch (error) {
      if (group.length === 1 || options.isDatabaseAway(error)) for (const entry of group) entry.reject(error);
      else for (const entry of group) await writeGroup([entry]);
    }
  }

  async function writeUntilKnown(commands: readonly Command[]): Promise<readonly Result[]> {
    for (const delayMs of limits.retryDelaysMs) {
      try {
        return await options.write(commands);
      } catch (error) {
        if (!options.isDatabaseAway(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
    return options.write(commands);
  }

  return { submit };
}
