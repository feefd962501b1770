import type { GatewayConfig } from '../config.ts';

/** The settings of a gateway on a machine of one's own. */
export const withoutAuthentication = {
  host: '127.0.0.1',
  access: { auth: 'off' },
  viewerKeys: [],
  hasIntrospection: true,
} as const satisfies Partial<GatewayConfig>;
