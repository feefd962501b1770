import { GraphQLError } from 'graphql';
import { OverloadedError } from '../commands/group-writer.ts';

/** What a client may do about it is to ask otherwise. */
export const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** Runs a command; that it cannot be taken now becomes OVERLOADED, which says when to try again. */
export async function orOverloaded<Result>(command: Promise<Result>): Promise<Result> {
  try {
    return await command;
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    const { message, retryAfterMs } = error;
    throw new GraphQLError(message, { extensions: { code: 'OVERLOADED', retryAfterMs } });
  }
}
