import {
  InventoryDiscardDocument,
  InventoryRedriveDocument,
  OrdersDiscardDocument,
  OrdersRedriveDocument,
} from './close-parked.generated.ts';
import { InventoryMessagingDocument, OrdersMessagingDocument } from './messaging.generated.ts';
import {
  InventoryParkedContentDocument,
  InventoryParkedDocument,
  OrdersParkedContentDocument,
  OrdersParkedDocument,
} from './parked.generated.ts';

/** The two services answer the same questions under names of their own, and each is asked alone: one away hides no other. */
export const services = {
  orders: {
    name: 'Orders',
    messaging: OrdersMessagingDocument,
    parked: OrdersParkedDocument,
    content: OrdersParkedContentDocument,
    redrive: OrdersRedriveDocument,
    discard: OrdersDiscardDocument,
  },
  inventory: {
    name: 'Inventory',
    messaging: InventoryMessagingDocument,
    parked: InventoryParkedDocument,
    content: InventoryParkedContentDocument,
    redrive: InventoryRedriveDocument,
    discard: InventoryDiscardDocument,
  },
} as const;

export type Service = (typeof services)[keyof typeof services];
