import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** How many entries a list is taken to have when the operation does not say. */
const ASSUMED_LENGTH = 10;
const MUTATION_POINTS = 10;

/**
 * The cost of an operation in points: the most objects that its answer may hold, with pages as long as they are asked for
 * (`first`), lists that are asked for by a list as long as that, and other lists of ten. A mutation costs ten more, and one
 * for each entry of the lists in its input. The document has to be valid; the time this takes grows with its length only.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
  operationName?: string | null,
): number {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 0;
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  const counter = new Counter(schema, document, { ...Object.fromEntries(defaults), ...variables });
  const points = counter.selections(operation.selectionSet, root, null);
  return operation.operation === OperationTypeNode.MUTATION
    ? points + counter.inputs(operation.selectionSet)
    : points;
}

class Counter {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Variables;
  /** A fragment is counted once, however often it is spread: what hides behind a few words may be exponential. */
  readonly #counted = new Map<SelectionSetNode, Map<number | null, number>>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    );
  }

  /** Of one object of `type`; `pageLength` is how long the lists of a page are, null where there is no page. */
  selections(set: SelectionSetNode, type: GraphQLNamedType, pageLength: number | null): number {
    const counted = this.#counted.get(set) ?? new Map<number | null, number>();
    this.#counted.set(set, counted);
    const known = counted.get(pageLength);
    if (known !== undefined) return known;
    let points = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        points += this.#field(selection, type, pageLength);
      } else {
        const part =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
        const condition = part?.typeCondition?.name.value;
        const partType = condition === undefined ? type : this.#schema.getType(condition);
        if (part && partType) points += this.selections(part.selectionSet, partType, pageLength);
      }
    }
    counted.set(pageLength, points);
    return points;
  }

  /** One for each mutation's work and for each entry that it brings. */
  inputs(set: SelectionSetNode): number {
    const fields = set.selections.filter((selection) => selection.kind === Kind.FIELD);
    return fields.reduce((sum, field) => sum + MUTATION_POINTS + entriesIn(this.#argumentsOf(field)), 0);
  }

  #field(node: FieldNode, parent: GraphQLNamedType, pageLength: number | null): number {
    if (!isObjectType(parent) && !isInterfaceType(parent)) return 0;
    const field = parent.getFields()[node.name.value];
    if (!field || !node.selectionSet) return 0;
    const type = getNamedType(field.type);
    if (isLeafType(type)) return 0;
    const given = this.#argumentsOf(node);
    const first = given['first'] ?? field.args.find(({ name }) => name === 'first')?.defaultValue;
    const ownPage = typeof first === 'number' && first >= 0 ? first : null;
    const isList = isListType(getNullableType(field.type));
    const length = isList ? (ownPage ?? pageLength ?? longestListIn(given) ?? ASSUMED_LENGTH) : 1;
    return length * (1 + this.selections(node.selectionSet, type, isList ? null : ownPage));
  }

  #argumentsOf(node: FieldNode): Readonly<Record<string, unknown>> {
    const given = (node.arguments ?? []).map(
      ({ name, value }) => [name.value, valueFromASTUntyped(value, this.#variables)] as const,
    );
    return Object.fromEntries(given);
  }
}

function longestListIn(given: Readonly<Record<string, unknown>>): number | null {
  const lengths = Object.values(given).flatMap((value) => (Array.isArray(value) ? [value.length] : []));
  return lengths.length > 0 ? Math.max(...lengths) : null;
}

/** Entries of all lists in an input, those inside other entries too. */
function entriesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, one) => sum + entriesIn(one), 0);
  return Array.isArray(value) ? value.length + inner : inner;
}
