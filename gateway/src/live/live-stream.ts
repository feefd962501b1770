import { createSourceEventStream, GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { ViewerContext } from '../access/viewer.ts';
import { QueueOverflowError } from './bounded-queue.ts';
import type { EventExecutor, Subscription } from './event-executor.ts';
import type { LiveEvent, LiveSource } from './live-source.ts';

/** One running subscription, whatever transport carries it. It does nothing but what it is pulled for. */
export class LiveStream {
  readonly #schema: GraphQLSchema;
  readonly #executor: EventExecutor;
  readonly #subscription: Subscription;
  #source: LiveSource | undefined;
  #events: AsyncIterator<LiveEvent> | undefined;
  #lastVersion: number | undefined;
  #isClosed = false;

  constructor(schema: GraphQLSchema, executor: EventExecutor, subscription: Subscription) {
    this.#schema = schema;
    this.#executor = executor;
    this.#subscription = subscription;
  }

  /**
   * The JSON text of the next result; null when the subscription is complete or closed. Rejects with the GraphQLErrors
   * that refuse the subscription, or that cut it because what waits for it outgrew its queue. One pull at a time.
   */
  async next(): Promise<string | null> {
    try {
      this.#events ??= await this.#open();
      const { done, value } = await this.#events.next();
      if (done || this.#isClosed) return null;
      const text = await this.#executor.answer(this.#subscription, value);
      this.#lastVersion = value.version;
      return text;
    } catch (error) {
      this.close();
      throw error instanceof QueueOverflowError ? this.#cut() : error;
    }
  }

  /** Lets go of everything, also in the middle of a pull. Repeating it is safe. */
  close(): void {
    this.#isClosed = true;
    this.#source?.close();
  }

  async #open(): Promise<AsyncIterator<LiveEvent>> {
    const { operation, variables, viewer } = this.#subscription;
    const context: ViewerContext = { viewer };
    const opened = await createSourceEventStream({
      schema: this.#schema,
      document: operation.document,
      operationName: operation.operationName,
      variableValues: variables,
      contextValue: context,
    });
    if (!(Symbol.asyncIterator in opened)) throw refusalOf(opened);
    this.#source = opened as unknown as LiveSource;
    if (this.#isClosed) this.#source.close();
    return this.#source[Symbol.asyncIterator]();
  }

  #cut(): GraphQLError {
    const version = this.#lastVersion;
    const place = version === undefined ? '' : ` after version ${version}`;
    return new GraphQLError(`The client reads too slowly and was cut${place}; subscribe again`, {
      extensions: { code: 'SLOW_CLIENT', ...(version === undefined ? {} : { lastVersion: version }) },
    });
  }
}

/** The first error stands for all: a subscription that cannot start has nothing else to say. */
function refusalOf({ errors }: ExecutionResult): GraphQLError {
  const [error] = errors ?? [];
  if (!error) throw new Error('A subscription neither started nor said why');
  if (error.originalError && !(error.originalError instanceof GraphQLError)) return error;
  const code = 'BAD_USER_INPUT';
  return new GraphQLError(error.message, { extensions: { code, ...error.extensions } });
}
