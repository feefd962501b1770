import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** A logger that writes one JSON line an event to standard output, with the service's name on each. */
export const createLogger = (service: string, level: string): Logger =>
  pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime });
