import { freeLoopbackPort, isPortFree } from '@holdfast/servers';
import { PORT_SETTINGS } from './settings.ts';
import type { ServiceName } from './settings.ts';
import { StartError } from './start-error.ts';

/** The ports that the services will have: 0 becomes a free one. Rejects with StartError that names every port in use. */
export async function servicePorts(
  wanted: Readonly<Record<ServiceName, number>>,
): Promise<Record<ServiceName, number>> {
  const ports = { ...wanted };
  const taken: string[] = [];
  for (const [service, setting] of Object.entries(PORT_SETTINGS) as [ServiceName, string][]) {
    const port = ports[service] || (await freeLoopbackPort());
    ports[service] = port;
    if (!(await isPortFree(port))) {
      taken.push(
        `Port ${port}, for ${service}, is in use by another program: choose another with ${setting}, such as ` +
          `${setting}=${await freeLoopbackPort()} npm start`,
      );
    }
  }
  if (taken.length > 0) throw new StartError(taken.join('\n'));
  return ports;
}
