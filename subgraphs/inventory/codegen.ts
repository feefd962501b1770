import { fileURLToPath } from 'node:url';
import type { CodegenConfig } from '@graphql-codegen/cli';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Types of this subgraph's resolvers, from its schema. */
const config: CodegenConfig = {
  schema: here('schema.graphql'),
  generates: {
    [here('src/api/resolver-types.generated.ts')]: {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        enumsAsTypes: true,
        immutableTypes: true,
        useTypeImports: true,
        contextType: './context.ts#InventoryContext',
        scalars: {
          DateTime: { input: 'Date', output: 'Date' },
          Decimal: 'string',
          ID: 'string',
        },
        mappers: {
          Product: '../queries/products.ts#ProductView',
          Facility: '../queries/facilities.ts#FacilityView',
          StockLevel: '../domain/stock.ts#Level',
          StockMovement: '../queries/stock-movements.ts#MovementView',
          Order: './order.ts#OrderReference',
          Reservation: '../queries/reservations.ts#ReservationView',
          Allocation: '../domain/allocation.ts#Allocation as AllocatedUnits',
          AllocationCandidate: '../domain/allocation-record.ts#CandidateRecord',
          Messaging: '@holdfast/messaging#MessagingStatus',
        },
      },
    },
  },
};

export default config;
