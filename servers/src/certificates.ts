import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** PEM of a server's certificate and key, and of the authority that signed it, whose own key is thrown away. */
export type ServerCertificate = Readonly<Record<'ca.crt' | 'tls.crt' | 'tls.key', string>>;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 365;
const RENEW_WITHIN_DAYS = 30;

/**
 * A certificate for servers of these DNS names and IP addresses, which is also good for them as clients of each other, by an
 * authority made for it alone. Valid for a year from an hour ago.
 */
export async function serverCertificate(
  name: string,
  names: readonly string[],
  now: Date,
): Promise<ServerCertificate> {
  const period = {
    notBefore: new Date(now.getTime() - DAY_MS / 24),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
  };
  const authorityKeys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...period,
    name: `CN=${name} authority`,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    ...period,
    subject: `CN=${name}`,
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
      new x509.SubjectAlternativeNameExtension(names.map(alternativeName)),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  return {
    'ca.crt': `${authority.toString('pem')}\n`,
    'tls.crt': `${certificate.toString('pem')}\n`,
    'tls.key': await privateKeyPem(keys.privateKey),
  };
}

/** Whether a certificate in PEM ends within 30 days, or is none. */
export function endsSoon(pem: string, now: Date): boolean {
  try {
    const left = new x509.X509Certificate(pem).notAfter.getTime() - now.getTime();
    return left < RENEW_WITHIN_DAYS * DAY_MS;
  } catch {
    return true;
  }
}

const alternativeName = (value: string) => ({
  type: /^\d+(\.\d+){3}$/.test(value) ? ('ip' as const) : ('dns' as const),
  value,
});

async function privateKeyPem(key: CryptoKey): Promise<string> {
  const der = await crypto.subtle.exportKey('pkcs8', key);
  return `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`;
}
