import type { Logger } from '@holdfast/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Admission } from '../access/admission.ts';
import { unauthenticated, type Caller } from '../access/viewer.ts';
import { maskThrown } from '../masking.ts';
import { atEnd } from './at-end.ts';
import type { LiveLayer } from './live-layer.ts';
import type { LiveStream } from './live-stream.ts';

const PING_MS = 12_000;
/** A client that takes nothing for this long is gone. */
const STALL_MS = 30_000;

const jsonText = z.preprocess((text) => (typeof text === 'string' ? JSON.parse(text) : text), z.unknown());
const variablesSchema = z.record(z.string(), z.unknown());
/** A GraphQL request, from a body or from a query string. */
const paramsSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: jsonText.pipe(variablesSchema.nullish()),
});

export const wantsEventStream = (request: FastifyRequest): boolean =>
  request.headers.accept?.trimStart().startsWith('text/event-stream') ?? false;

/**
 * Subscriptions by server-sent events, in the distinct connections mode of graphql-sse. Results are pulled as fast as the
 * client takes them and no faster. A stop ends the responses without `complete`, so that clients resume elsewhere.
 */
export class SseTransport {
  readonly #live: LiveLayer;
  readonly #admission: Admission;
  readonly #log: Logger;
  readonly #open = new Set<ServerResponse>();
  #isStopping = false;

  constructor(live: LiveLayer, admission: Admission, log: Logger) {
    this.#live = live;
    this.#admission = admission;
    this.#log = log;
  }

  get connections(): number {
    return this.#open.size;
  }

  async handle(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<void> {
    if (this.#isStopping) {
      await reply.code(503).send({ errors: [{ message: 'The gateway is stopping' }] });
      return;
    }
    const params = readParams(request.method === 'GET' ? request.query : request.body);
    if (!params) {
      await reply.code(400).send({ errors: [{ message: 'query is missing, or variables are no object' }] });
      return;
    }
    reply.hijack();
    const prepared = this.#live.prepare(params.query, params.operationName ?? undefined);
    if ('errors' in prepared) return this.#refuse(reply.raw, prepared.errors);
    const { document, operationName } = prepared.operation;
    const variables = params.variables ?? {};
    try {
      this.#admission.admit(caller.viewer, this.#live.schema, { document, variables, operationName });
    } catch (error) {
      return this.#refuse(reply.raw, [error]);
    }
    await this.#carry(reply.raw, caller, this.#live.open(prepared.operation, variables, caller.viewer));
  }

  stop(): void {
    this.#isStopping = true;
    for (const response of this.#open) response.end();
  }

  #refuse(response: ServerResponse, thrown: readonly unknown[]): void {
    writeHead(response);
    response.end(this.#lastWords(thrown));
  }

  #lastWords(thrown: readonly unknown[]): string {
    const errors = thrown.map((error) => maskThrown(error, this.#log));
    return next(JSON.stringify({ errors })) + COMPLETE;
  }

  async #carry(response: ServerResponse, caller: Caller, stream: LiveStream): Promise<void> {
    writeHead(response);
    const writer = new EventWriter(response);
    this.#open.add(response);
    const cancel = atEnd(caller, () =>
      response.end(this.#lastWords([unauthenticated('The token has ended')])),
    );
    response.once('close', () => {
      cancel();
      this.#open.delete(response);
      writer.close();
      stream.close();
    });
    try {
      for (let text = await stream.next(); text !== null; text = await stream.next())
        await writer.write(next(text));
      await writer.write(COMPLETE);
    } catch (error) {
      await writer.write(this.#lastWords([error]));
    }
    response.end();
  }
}

/** Writes to one client, keeps its connection alive, and ends it when the client takes nothing any more. */
class EventWriter {
  readonly #response: ServerResponse;
  readonly #pinging: NodeJS.Timeout;
  #release: (() => void) | undefined;
  #stalledMs = 0;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.#pinging = setInterval(() => this.#ping(), PING_MS);
    response.write(PING);
  }

  /** Resolves when the client's side has taken the text, or is gone. */
  async write(text: string): Promise<void> {
    if (this.#isEnded) return;
    await new Promise<void>((resolve) => {
      this.#release = resolve;
      this.#response.write(text, () => resolve());
    });
    this.#release = undefined;
    this.#stalledMs = 0;
  }

  close(): void {
    clearInterval(this.#pinging);
    this.#release?.();
  }

  get #isEnded(): boolean {
    return this.#response.writableEnded || this.#response.destroyed;
  }

  #ping(): void {
    if (!this.#release && !this.#isEnded) return void this.#response.write(PING);
    this.#stalledMs += PING_MS;
    if (this.#stalledMs > STALL_MS) this.#response.destroy();
  }
}

const PING = ':\n\n';
const COMPLETE = 'event: complete\ndata:\n\n';
const next = (text: string): string => `event: next\ndata: ${text}\n\n`;

function writeHead(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    connection: 'close',
    'x-accel-buffering': 'no',
  });
}

function readParams(from: unknown): z.infer<typeof paramsSchema> | null {
  try {
    return paramsSchema.parse(from);
  } catch {
    return null;
  }
}
