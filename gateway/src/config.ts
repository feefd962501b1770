import type { NatsServer } from '@holdfast/messaging';
import {
  authSetting,
  hostSetting,
  logLevelSetting,
  metricsPortSetting,
  natsServerOf,
  natsSettings,
  readSettings,
  requireLoopbackWithoutAuth,
  setting,
  SettingsError,
  viewerKeysFor,
  viewerKeysSetting,
} from '@holdfast/service';
import type { AccessConfig } from './access/authentication.ts';

/** What `startGateway` needs to know. */
export interface GatewayConfig {
  /** The address to listen on. */
  readonly host: string;
  readonly port: number;
  /** The port of a listener for /metrics alone; without one they are served with everything else. */
  readonly metricsPort?: number | undefined;
  readonly ordersUrl: string;
  readonly inventoryUrl: string;
  readonly nats: NatsServer;
  readonly logLevel: string;
  readonly access: AccessConfig;
  /** With what the subgraphs know the gateway; empty where authentication is off. */
  readonly viewerKeys: readonly string[];
  /** Whether clients may ask what the schema is, and GraphiQL is served. */
  readonly hasIntrospection: boolean;
  /** Changes that wait for one client before it is cut. Default 1,000. */
  readonly queueLimit?: number;
  /** A subgraph that takes longer does not answer. Default 15 s. */
  readonly subgraphDeadlineMs?: number;
  /** Time between two looks into the journal while nothing seems wrong. Default 60 s. */
  readonly sweepIntervalMs?: number;
  /** The folder of the built web client. Default: web/dist of this repository. */
  readonly webRoot?: string | undefined;
}

/** Signatures that are verified with a public key: a secret that is shared with the issuer would let the gateway make tokens. */
const ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'];
const rate = (fallback: number) => setting.integer({ min: 1, max: 10_000_000, fallback });

/** Keys that came over an open line could be anybody's. */
const issuerAddressSetting = (text: string | undefined): string => {
  const isSafe = text && URL.canParse(text) && /^https:|^http:\/\/(127\.[\d.]+|localhost)[:/]/.test(text);
  if (isSafe) return text;
  throw new Error('an address that begins with https://, or with http:// on this machine');
};

const tokenSettings = {
  JWT_ISSUER: setting.text(''),
  JWT_AUDIENCE: setting.text(''),
  JWT_JWKS_URL: setting.optional(issuerAddressSetting),
  JWT_PUBLIC_KEY_FILE: setting.optional(setting.file()),
  JWT_ALGORITHMS: setting.list(ALGORITHMS, 'EdDSA,ES256,RS256'),
  JWT_CLOCK_TOLERANCE_SECONDS: setting.integer({ min: 0, max: 300, fallback: 5 }),
  CORS_ORIGINS: setting.origins(),
  RATE_LIMIT_CUSTOMER: rate(1_000),
  RATE_LIMIT_OPERATOR: rate(50_000),
};

/** Reads the gateway's settings. @throws SettingsError that names every wrong one. */
export function readGatewayConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  const settings = readSettings(environment, {
    GATEWAY_PORT: setting.port(4000),
    HOLDFAST_HOST: hostSetting,
    METRICS_PORT: metricsPortSetting,
    ORDERS_URL: setting.url(['http', 'https'], 'http://127.0.0.1:4001/graphql'),
    INVENTORY_URL: setting.url(['http', 'https'], 'http://127.0.0.1:4002/graphql'),
    ...natsSettings,
    GATEWAY_WEB_ROOT: setting.optionalFolder(),
    HOLDFAST_AUTH: authSetting,
    VIEWER_KEYS: viewerKeysSetting,
    GRAPHQL_INTROSPECTION: setting.optional(setting.choice(['on', 'off'] as const)),
    LOG_LEVEL: logLevelSetting,
    ...tokenSettings,
  });
  requireLoopbackWithoutAuth(settings);
  const auth = settings.HOLDFAST_AUTH;
  return {
    host: settings.HOLDFAST_HOST,
    port: settings.GATEWAY_PORT,
    metricsPort: settings.METRICS_PORT,
    ordersUrl: settings.ORDERS_URL,
    inventoryUrl: settings.INVENTORY_URL,
    nats: natsServerOf(settings),
    webRoot: settings.GATEWAY_WEB_ROOT,
    logLevel: settings.LOG_LEVEL,
    access: auth === 'off' ? { auth } : accessByToken(settings),
    viewerKeys: viewerKeysFor(auth, settings.VIEWER_KEYS),
    hasIntrospection: (settings.GRAPHQL_INTROSPECTION ?? (auth === 'off' ? 'on' : 'off')) === 'on',
  };
}

type TokenSettings = {
  readonly [Name in keyof typeof tokenSettings]: ReturnType<(typeof tokenSettings)[Name]>;
};

/** @throws SettingsError when it is not said whose tokens are taken and by which keys. */
function accessByToken(settings: TokenSettings): AccessConfig {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = settings;
  const { JWT_JWKS_URL: jwksUrl, JWT_PUBLIC_KEY_FILE: publicKeyFile } = settings;
  const wrong = [
    ...(issuer
      ? []
      : ['JWT_ISSUER is not set, and HOLDFAST_AUTH=jwt needs it: the "iss" of the tokens that count']),
    ...(audience
      ? []
      : ['JWT_AUDIENCE is not set, and HOLDFAST_AUTH=jwt needs it: the "aud" of the tokens that count']),
    ...((jwksUrl === undefined) === (publicKeyFile === undefined)
      ? ['JWT_JWKS_URL and JWT_PUBLIC_KEY_FILE: HOLDFAST_AUTH=jwt needs one of them, and not both']
      : []),
  ];
  if (wrong.length > 0) throw new SettingsError(wrong.join('\n'));
  return {
    auth: 'jwt',
    tokens: {
      issuer,
      audience,
      algorithms: settings.JWT_ALGORITHMS,
      clockToleranceMs: settings.JWT_CLOCK_TOLERANCE_SECONDS * 1_000,
      keys: jwksUrl === undefined ? { publicKeyFile: publicKeyFile! } : { jwksUrl },
    },
    corsOrigins: settings.CORS_ORIGINS,
    pointsPerSecond: { customer: settings.RATE_LIMIT_CUSTOMER, operator: settings.RATE_LIMIT_OPERATOR },
  };
}
