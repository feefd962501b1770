import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { developmentKeyIn } from '@holdfast/cli/development-key';
import { endsSoon, serverCertificate } from '@holdfast/servers/certificates';
import { randomSecret } from './passwords.ts';

/** What was done about one file, its path from the folder of secrets. */
export interface SecretOutcome {
  readonly file: string;
  readonly outcome: 'made' | 'kept' | 'renewed';
}

export interface LocalSecretsOptions {
  /** deploy/k8s/overlays/local/secrets, or a folder in its place. */
  readonly folder: string;
  /** Where the development key for tokens is, or is to be. It is never renewed. */
  readonly tokenKeyFile: string;
  /** Makes everything anew, but for the key for tokens. */
  readonly renew: boolean;
  readonly now?: Date;
}

const USERS: Readonly<Record<string, string>> = {
  'nats-orders': 'orders',
  'nats-inventory': 'inventory',
  'nats-gateway': 'gateway',
  'nats-topology': 'topology',
  'nats-monitoring': 'monitoring',
  'orders-database': 'orders',
  'orders-owner-database': 'orders_owner',
  'inventory-database': 'inventory',
  'inventory-owner-database': 'inventory_owner',
  'postgres-superuser': 'postgres',
};

const NAMESPACE = 'holdfast';
/** As clients and other servers of the cluster call the servers, and as a person at a forwarded port does. */
const NATS_NAMES = [
  ...['nats', '*.nats-headless'].flatMap((name) =>
    ['', `.${NAMESPACE}`, `.${NAMESPACE}.svc`, `.${NAMESPACE}.svc.cluster.local`].map(
      (domain) => name + domain,
    ),
  ),
  'localhost',
  '127.0.0.1',
];

/**
 * Makes the files that the local overlay's Secrets are generated from, each readable by its owner only: a user name and a
 * random password for each user, the viewer key, certificates for NATS, and the public half of the key for tokens. What is
 * there is kept, but for certificates that end within 30 days: repeating is safe. @throws TokenKeyError
 */
export async function makeLocalSecrets(options: LocalSecretsOptions): Promise<readonly SecretOutcome[]> {
  const { folder, renew, now = new Date() } = options;
  const outcomes: SecretOutcome[] = [];
  const write = (file: string, text: string): void => {
    const path = join(folder, file);
    const outcome = existsSync(path) ? 'renewed' : 'made';
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
    outcomes.push({ file, outcome });
  };
  const make = (file: string, text: () => string): void => {
    if (existsSync(join(folder, file)) && !renew) outcomes.push({ file, outcome: 'kept' });
    else write(file, text());
  };

  for (const [secret, user] of Object.entries(USERS)) {
    make(`${secret}.env`, () => `username=${user}\npassword=${randomSecret()}\n`);
  }
  make('viewer-keys.env', () => `keys=${randomSecret()}\n`);

  const certificate = join(folder, 'nats-tls', 'tls.crt');
  if (renew || !existsSync(certificate) || endsSoon(readFileSync(certificate, 'utf8'), now)) {
    const files = await serverCertificate('holdfast nats', NATS_NAMES, now);
    for (const [name, text] of Object.entries(files)) write(`nats-tls/${name}`, text);
  } else outcomes.push({ file: 'nats-tls', outcome: 'kept' });

  const { jwks } = developmentKeyIn(options.tokenKeyFile);
  const keySet = join(folder, 'jwks.json');
  if (existsSync(keySet) && readFileSync(keySet, 'utf8') === jwks) {
    outcomes.push({ file: 'jwks.json', outcome: 'kept' });
  } else write('jwks.json', jwks);
  return outcomes;
}
