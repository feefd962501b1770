import { expect, it } from '@jest/globals';
import { rightsUsedIn } from './rights-used.ts';
import { messagingHistorySchema, messagingSchema } from './schema.ts';
import { messagingRights } from './table-rights.ts';

it('names every table of messaging, with the rights that its statements need, neither more nor less', () => {
  const tables = [...messagingSchema, ...messagingHistorySchema].flatMap(
    (statement) => /create table (\w+)/.exec(statement)?.[1] ?? [],
  );
  expect(rightsUsedIn([new URL('.', import.meta.url)], tables)).toEqual(messagingRights);
});
