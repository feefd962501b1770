import { generateKeyPair, exportJWK, SignJWT, type CryptoKey } from 'jose';
import { createServer } from 'node:http';
import { contentOf } from '../../manifests/environment.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { workloadsOf } from '../../manifests/workloads.ts';
import { environmentOf } from '../../manifests/environment.ts';
import { RehearsalError } from '../site.ts';
import type { StandIn } from './secrets.ts';

export interface TokenOptions {
  readonly role: 'customer' | 'operator';
  readonly customer: string;
  /** From now; below 0 for a token that has ended. Default an hour. */
  readonly seconds?: number;
}

/**
 * The issuer of tokens: signs with a key of its own, whose public half the gateway finds where its settings say: at JWT_JWKS_URL,
 * which becomes an address here, or in the ConfigMap `token-key`, whose content becomes this key's.
 */
export class TokenIssuer {
  readonly manifests: readonly Manifest[];
  readonly standIns: readonly StandIn[];
  readonly #key: CryptoKey;
  readonly #issuer: string;
  readonly #audience: string;
  readonly #close: () => Promise<void>;

  private constructor(options: {
    readonly manifests: readonly Manifest[];
    readonly standIn: StandIn;
    readonly key: CryptoKey;
    readonly settings: Readonly<Record<string, string>>;
    readonly close: () => Promise<void>;
  }) {
    this.manifests = options.manifests;
    this.standIns = [options.standIn];
    this.#key = options.key;
    this.#issuer = options.settings['JWT_ISSUER'] ?? '';
    this.#audience = options.settings['JWT_AUDIENCE'] ?? '';
    this.#close = options.close;
  }

  static async start(manifests: readonly Manifest[], address: string): Promise<TokenIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwks = JSON.stringify({
      keys: [{ ...(await exportJWK(publicKey)), kid: KID, alg: 'EdDSA', use: 'sig' }],
    });
    const settings = gatewaySettings(manifests);
    const jwksUrl = settings['JWT_JWKS_URL'];
    if (jwksUrl === undefined) {
      const changed = changeConfigMaps(manifests, (key, text) => (key === 'jwks.json' ? jwks : text));
      const standIn = { inPlaceOf: 'npm run token', did: 'a key of its own in the ConfigMap token-key' };
      return new TokenIssuer({
        manifests: changed,
        standIn,
        key: privateKey,
        settings,
        close: async () => {},
      });
    }
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'application/json').end(jwks),
    );
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(8080, address, resolve));
    const url = `http://${address}:8080/jwks.json`;
    const changed = changeConfigMaps(manifests, (key, text) => (key === 'JWT_JWKS_URL' ? url : text));
    const close = async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    const standIn = { inPlaceOf: 'the issuer of tokens', did: `its keys over http, in place of ${jwksUrl}` };
    return new TokenIssuer({ manifests: changed, standIn, key: privateKey, settings, close });
  }

  /** A signed token; each customer's id is `customer`. */
  token({ role, customer, seconds = 3_600 }: TokenOptions): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ roles: [role] })
      .setProtectedHeader({ alg: 'EdDSA', kid: KID, typ: 'JWT' })
      .setIssuer(this.#issuer)
      .setAudience(this.#audience)
      .setSubject(customer)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.#key);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}

const KID = 'rehearsal';

function gatewaySettings(manifests: readonly Manifest[]): Readonly<Record<string, string>> {
  const gateway = workloadsOf(manifests).find(({ name }) => name === 'Deployment/gateway');
  const [container] = gateway?.pod.containers ?? [];
  if (container === undefined) throw new RehearsalError('There is no Deployment/gateway');
  return Object.fromEntries(
    environmentOf(container, manifests).variables.map(({ name, value }) => [name, value]),
  );
}

function changeConfigMaps(
  manifests: readonly Manifest[],
  change: (key: string, text: string) => string,
): readonly Manifest[] {
  return manifests.map((one) => {
    if (one.kind !== 'ConfigMap') return one;
    const content = Object.entries(contentOf(manifests, 'ConfigMap', one.metadata.name) ?? {});
    return { ...one, data: Object.fromEntries(content.map(([key, text]) => [key, change(key, text)])) };
  });
}
