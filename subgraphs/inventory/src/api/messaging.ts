import { parkedPage } from '@holdfast/service';
import type { MessagingResolvers } from './resolver-types.generated.ts';

export const messaging: MessagingResolvers = {
  isNatsConnected: ({ nats }) => nats === 'connected',
  parked: (_status, page, { app }) => parkedPage(app.listParked, page),
};
