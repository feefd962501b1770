import { checkAvailability } from './check-availability.ts';
import { checkMessaging } from './check-messaging.ts';
import { checkMetrics } from './check-metrics.ts';
import { checkNetwork } from './check-network.ts';
import { checkPorts } from './check-ports.ts';
import { checkReferences } from './check-references.ts';
import { checkRelease } from './check-release.ts';
import { checkSecurity } from './check-security.ts';
import { checkSelectors } from './check-selectors.ts';
import { checkSettings, type SettingsOptions } from './check-settings.ts';
import type { Manifest } from './manifest.ts';
import type { Row } from './row.ts';

type Check = (manifests: readonly Manifest[], options: SettingsOptions) => Promise<readonly Row[]>;

/** What manifests and code must agree on, by name. */
export const checks = {
  settings: checkSettings,
  ports: async (manifests) => checkPorts(manifests),
  messaging: async (manifests) => checkMessaging(manifests),
  selectors: async (manifests) => checkSelectors(manifests),
  references: async (manifests) => checkReferences(manifests),
  network: async (manifests) => checkNetwork(manifests),
  availability: async (manifests) => checkAvailability(manifests),
  metrics: async (manifests) => checkMetrics(manifests),
  security: async (manifests) => checkSecurity(manifests),
  release: async (manifests) => checkRelease(manifests),
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;
