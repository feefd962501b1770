import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const DECIMAL = /^-?\d{1,30}(\.\d{1,12})?$/;

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

const parseDecimal = (value: unknown): string =>
  typeof value === 'string' && DECIMAL.test(value)
    ? value
    : refuse(`A Decimal is a number written as a string, such as "12.50"; got ${JSON.stringify(value)}`);

const parseDateTime = (value: unknown): Date => {
  const instant = typeof value === 'string' ? new Date(value) : undefined;
  return instant && !Number.isNaN(instant.getTime())
    ? instant
    : refuse(`A DateTime is an instant such as "2026-01-31T12:00:00.000Z"; got ${JSON.stringify(value)}`);
};

/** Decimal numbers as strings, in and out: no float ever holds money. */
export const decimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: parseDecimal,
  parseValue: parseDecimal,
  parseLiteral: (node) =>
    parseDecimal(
      node.kind === Kind.STRING ? node.value : `a ${node.kind.toLowerCase().replace('value', '')} literal`,
    ),
});

/** Instants in UTC, ISO 8601 with milliseconds; `Date` inside. */
export const dateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value : parseDateTime(value)).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});
