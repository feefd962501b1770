import { describe, expect, it } from '@jest/globals';
import { Client, gql, makeResult, type Exchange, type Operation, type OperationResult } from 'urql';
import { filter, fromPromise, mergeMap, pipe } from 'wonka';
import { newestReadings } from './newest-readings.ts';

const ORDER = gql`
  query ($id: ID!) {
    order(id: $id) {
      id
      version
    }
  }
`;
const CHANGE = gql`
  mutation {
    cancel {
      id
      version
    }
  }
`;

/** A client whose answers are those that the test lets out, one for each time that it is asked. */
function aClient(answers: readonly ((operation: Operation) => Promise<unknown>)[]) {
  let asked = 0;
  const network: Exchange = () => (operations) =>
    pipe(
      operations,
      filter(({ kind }) => kind !== 'teardown'),
      mergeMap((operation) => {
        const answer = answers[Math.min(asked, answers.length - 1)]!;
        asked += 1;
        return fromPromise(
          answer(operation).then((data) => makeResult(operation, { data: data as object, hasNext: false })),
        );
      }),
    );
  const client = new Client({
    url: 'http://unused.invalid',
    preferGetMethod: false,
    exchanges: [newestReadings, network],
  });
  return { client, asked: () => asked };
}

const order = (version: number) => ({ __typename: 'Order', id: 'one', version });
const versionOf = ({ data }: OperationResult): number =>
  (data as { order: { version: number } }).order.version;

describe('An answer that is older than what was read before', () => {
  it('is asked for again, and only the newer one is told', async () => {
    const { client, asked } = aClient([
      async () => ({ cancel: order(2) }),
      async () => ({ order: order(1) }),
      async () => ({ order: order(2) }),
    ]);
    await client.mutation(CHANGE, {}).toPromise();
    const read = await client.query(ORDER, { id: 'one' }).toPromise();
    expect(versionOf(read)).toBe(2);
    expect(asked()).toBe(3);
  });

  it('is told all the same when five more readings are no newer, since nothing waits for ever', async () => {
    const { client, asked } = aClient([
      async () => ({ cancel: order(9) }),
      async () => ({ order: order(1) }),
    ]);
    await client.mutation(CHANGE, {}).toPromise();
    expect(versionOf(await client.query(ORDER, { id: 'one' }).toPromise())).toBe(1);
    expect(asked()).toBe(7);
  });

  it('is told at once when it is the newest, however deep the order stands in it', async () => {
    const { client, asked } = aClient([
      async () => ({ order: { ...order(3), within: [{ again: order(3) }] } }),
    ]);
    expect(versionOf(await client.query(ORDER, { id: 'one' }).toPromise())).toBe(3);
    expect(asked()).toBe(1);
  });
});
