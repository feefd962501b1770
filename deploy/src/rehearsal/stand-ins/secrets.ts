import { serverCertificate } from '@holdfast/servers/certificates';
import { randomSecret } from '../../secrets/passwords.ts';
import { secretsMadeElsewhere } from '../../manifests/elsewhere.ts';
import { contentOf } from '../../manifests/environment.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** What a stand-in did, in place of whom, for the list that is printed. */
export interface StandIn {
  readonly inPlaceOf: string;
  readonly did: string;
}

interface Prepared {
  readonly manifests: readonly Manifest[];
  readonly standIns: readonly StandIn[];
}

/** A Secret of this content, by key, as text. */
export const aSecret = (name: string, content: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'holdfast' },
  data: Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
});

const userOf = (name: string): string => name.replace(/^nats-|-database$/g, '').replaceAll('-', '_');

/** The Secrets that a team makes by hand, with random content, for those that the manifests name and do not have. */
export function secretsOfTheTeam(manifests: readonly Manifest[]): Prepared {
  const text = JSON.stringify(manifests);
  const missing = secretsMadeElsewhere.filter(
    ({ name, by }) =>
      by.startsWith('the team') &&
      text.includes(`"${name}"`) &&
      contentOf(manifests, 'Secret', name) === null,
  );
  const made = missing.map(({ name, keys }) =>
    aSecret(
      name,
      Object.fromEntries(keys.map((key) => [key, key === 'username' ? userOf(name) : randomSecret()])),
    ),
  );
  return {
    manifests: [...manifests, ...made],
    standIns: made.length === 0 ? [] : [{ inPlaceOf: 'the team', did: `${made.length} Secrets, at random` }],
  };
}

const certificateShape = z.looseObject({ secretName: z.string(), dnsNames: z.array(z.string()).default([]) });

/**
 * What cert-manager writes for each Certificate, with its names and the loopback addresses beside them, and `localhost`, which
 * the client of NATS expects at an address; and in local, whose certificates are among the rendered Secrets, the same in their
 * place.
 */
export async function certificates(
  manifests: readonly Manifest[],
  addresses: readonly string[],
): Promise<Prepared> {
  const wanted = manifests
    .filter(({ kind }) => kind === 'Certificate')
    .map((one) => certificateShape.parse(one['spec']));
  const rendered = manifests
    .filter((one) => one.kind === 'Secret' && one['type'] === 'kubernetes.io/tls')
    .map(({ metadata: { name } }) => ({
      secretName: name,
      dnsNames: namesIn(contentOf(manifests, 'Secret', name)?.['tls.crt'] ?? ''),
    }));
  const made: Manifest[] = [];
  for (const { secretName, dnsNames } of [...wanted, ...rendered]) {
    const files = await serverCertificate(secretName, [...dnsNames, 'localhost', ...addresses], new Date());
    made.push(aSecret(secretName, files));
  }
  const replaced = new Set(rendered.map(({ secretName }) => secretName));
  const kept = manifests.filter((one) => one.kind !== 'Secret' || !replaced.has(one.metadata.name));
  const who = wanted.length > 0 ? 'cert-manager' : 'npm run k8s:secrets';
  const did = `${made.length} certificates for their names and the addresses here`;
  return { manifests: [...kept, ...made], standIns: [{ inPlaceOf: who, did }] };
}

const namesIn = (pem: string): readonly string[] =>
  (new X509Certificate(pem).subjectAltName ?? '')
    .split(', ')
    .filter((one) => one.startsWith('DNS:'))
    .map((one) => one.slice('DNS:'.length));
