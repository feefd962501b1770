export {
  authSetting,
  currencySetting,
  databasePoolSizeSetting,
  hostSetting,
  logLevelSetting,
  metricsPortSetting,
  natsUrlSetting,
  postgresUrlSetting,
  provisionSetting,
  requireLoopbackWithoutAuth,
  reservationHoldSetting,
  viewerKeysFor,
  viewerKeysSetting,
  type AuthMode,
} from './settings.ts';
export { readSettings, setting, SettingsError } from './settings.ts';
export type { Provision } from '@holdfast/messaging';
export { natsServerOf, natsSettings } from './nats-settings.ts';
export { createLogger, type Logger } from './logger.ts';
export {
  openDatabase,
  type EntityDatabase,
  type OpenDatabaseOptions,
  type RowOf,
  type ServiceDatabase,
} from './database.ts';
export { migrateFor } from './migrate.ts';
export { startSubgraph, type Subgraph, type SubgraphOptions } from './subgraph.ts';
export { startHttp, type Http, type HttpOptions, type Readiness } from './http.ts';
export { runJob, runMain } from './main.ts';
export { registerMessagingMetrics } from './messaging-metrics.ts';
export { requireOperator, requireViewer, VIEWER_HEADER, ViewerSeal, type Viewer } from './viewer.ts';
export { dateTimeScalar, decimalScalar } from './scalars.ts';
export { connectionOf, decodeCursor, encodeCursor, pageSize, type Connection } from './pages.ts';
export { parkedPage } from './parked-page.ts';
export { invalidInput, textProblem, type Problem } from './problems.ts';
export { fromMinorUnits, minorDigits, toMinorUnits } from './money.ts';
