import type { QueryPlan } from '@apollo/query-planner';
import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';

/** A valid subscription, planned once and used by everyone who asks in the same words. */
export interface PreparedOperation {
  /** Tells operations apart within this process. */
  readonly id: number;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** Name of the subscription's one field. */
  readonly field: string;
  /** What is to be asked for each event; null when the event itself holds all that is selected. */
  readonly plan: QueryPlan | null;
  /** Variables that only say where to begin, and so leave the answer to an event as it is. */
  readonly positionVariables: ReadonlySet<string>;
}

/** The variables that stand in `after` of the subscription's field and nowhere else. */
export function positionVariablesOf(operation: OperationDefinitionNode, document: DocumentNode): Set<string> {
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
  });
  const positions = operation.selectionSet.selections
    .flatMap((selection) => (selection.kind === Kind.FIELD ? (selection.arguments ?? []) : []))
    .flatMap(({ name, value }) =>
      name.value === 'after' && value.kind === Kind.VARIABLE ? [value.name.value] : [],
    );
  return new Set(positions.filter((name) => uses.get(name) === 1));
}
