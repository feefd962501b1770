import {
  GraphQLError,
  Kind,
  type ASTVisitor,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** What one request may ask for, on every transport. */
export const limits = {
  /** Levels of fields below each other; introspection is not counted. */
  depth: 15,
  /** Aliased fields, those in a fragment once for each spread; introspection is not counted. */
  aliases: 100,
  /** Lexical tokens of a document. */
  tokens: 10_000,
  /** Points of one operation: the most objects that its answer may hold (access/operation-cost.ts). */
  cost: 50_000,
  /** Bytes of an HTTP body, and of one WebSocket message. */
  messageBytes: 1024 * 1024,
  /** Subscriptions that run at once on one WebSocket. */
  subscriptionsPerSocket: 50,
  /** Products in one `availabilityChanged`. */
  skusPerSubscription: 100,
} as const;

export type LimitName = keyof typeof limits;

/** The refusal of what is over a limit: its message and its extension `limit` name which. */
export const overLimit = (limit: LimitName, message: string, code: string): GraphQLError =>
  new GraphQLError(`${message}; at most ${limits[limit]} are allowed`, {
    extensions: { code, limit, allowed: limits[limit], http: { status: 400 } },
  });

/** Validation rules for depth and aliases. */
export const limitRules: readonly ValidationRule[] = [sizeRule];

interface Size {
  readonly depth: number;
  readonly aliases: number;
}

function sizeRule(context: ValidationContext): ASTVisitor {
  const sizeOfSelections = measureWith((name) => context.getFragment(name) ?? undefined);
  return {
    OperationDefinition(node) {
      const { depth, aliases } = sizeOfSelections(node.selectionSet);
      const code = 'GRAPHQL_VALIDATION_FAILED';
      if (depth > limits.depth)
        context.reportError(overLimit('depth', `The query is ${depth} levels deep`, code));
      if (aliases > limits.aliases)
        context.reportError(overLimit('aliases', `The query has ${aliases} aliases`, code));
    },
  };
}

/** Each fragment is measured once, however often it is spread; one that contains itself is refused by another rule. */
function measureWith(
  fragmentNamed: (name: string) => FragmentDefinitionNode | undefined,
): (selections: SelectionSetNode | undefined) => Size {
  const known = new Map<string, Size>();
  const empty: Size = { depth: 0, aliases: 0 };

  const ofSelections = (set: SelectionSetNode | undefined): Size => {
    let depth = 0;
    let aliases = 0;
    for (const selection of set?.selections ?? []) {
      const size = ofSelection(selection);
      depth = Math.max(depth, size.depth);
      aliases += size.aliases;
    }
    return { depth, aliases };
  };
  const ofSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSelections(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    if (selection.name.value === '__schema' || selection.name.value === '__type') return empty;
    const inner = ofSelections(selection.selectionSet);
    return { depth: inner.depth + 1, aliases: inner.aliases + (selection.alias ? 1 : 0) };
  };
  const ofFragment = (name: string): Size => {
    const measured = known.get(name);
    if (measured) return measured;
    known.set(name, empty);
    const size = ofSelections(fragmentNamed(name)?.selectionSet);
    known.set(name, size);
    return size;
  };
  return ofSelections;
}
