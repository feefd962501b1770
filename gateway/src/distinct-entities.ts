import type { SubgraphAnswer, SubgraphRequest } from './subgraph-client.ts';

/**
 * Asks for each entity once, however often the plan names it, and answers for every place: a page of orders names the
 * same products over and over, and neither a subgraph's body limit nor its memory should know how often.
 */
export async function askDistinct(
  request: SubgraphRequest,
  ask: (request: SubgraphRequest) => Promise<SubgraphAnswer>,
): Promise<SubgraphAnswer> {
  const { representations } = request.variables ?? {};
  if (!Array.isArray(representations)) return ask(request);
  const texts = representations.map((representation) => JSON.stringify(representation));
  const firstPlaces = new Map<string, number>();
  texts.forEach((text, place) => firstPlaces.has(text) || firstPlaces.set(text, place));
  if (firstPlaces.size === texts.length) return ask(request);

  const asked = [...firstPlaces.values()];
  const distinct = asked.map((place): unknown => representations[place]);
  const answer = await ask({ ...request, variables: { ...request.variables, representations: distinct } });
  const indexOf = new Map([...firstPlaces.keys()].map((text, index) => [text, index]));
  const entities = answer.data?.['_entities'];
  return {
    ...answer,
    ...(Array.isArray(entities)
      ? { data: { ...answer.data, _entities: texts.map((text): unknown => entities[indexOf.get(text)!]) } }
      : {}),
    ...(answer.errors
      ? {
          errors: answer.errors.map((error) => {
            const [field, index, ...rest] = error.path ?? [];
            return field === '_entities' && typeof index === 'number'
              ? { ...error, path: [field, asked[index] ?? index, ...rest] }
              : error;
          }),
        }
      : {}),
  };
}
