import { serverCertificate } from '@holdfast/servers/certificates';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files in PEM, of servers on localhost that are clients of one another by 127.0.0.1. */
export interface CertificateFiles {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** Writes a certificate of servers on this machine, its key, and the certificate of the authority that issued it. */
export async function writeCertificates(folder: string): Promise<CertificateFiles> {
  const files = await serverCertificate('nats', ['localhost', '127.0.0.1'], new Date());
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name), text, { mode: 0o600 });
  const [caFile, certFile, keyFile] = ['ca.crt', 'tls.crt', 'tls.key'].map((name) => join(folder, name));
  return { caFile: caFile!, certFile: certFile!, keyFile: keyFile! };
}
