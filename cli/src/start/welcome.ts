import { randomUUID } from 'node:crypto';
import type { RunFile } from './run-file.ts';

/** What a person reads when all runs: where everything answers, and a line to paste that places an order. */
export function welcome({ urls, ports, processes, logFolder }: RunFile, sku: string | null): string {
  const portList = Object.entries(ports).map(([name, port]) => `${name} ${port}`);
  const pidList = processes.map(({ name, pid }) => `${name} ${pid}`);
  return [
    '',
    'Holdfast runs. Ctrl-C stops it; what it holds is there at the next start.',
    '',
    `  Open   ${urls.web}`,
    '',
    `  GraphQL (HTTP, WebSocket, SSE)  ${urls.gateway}`,
    `  GraphiQL, to click              ${urls.graphiql}`,
    `  orders database                 ${urls.ordersDatabase}`,
    `  inventory database              ${urls.inventoryDatabase}`,
    `  NATS                            ${urls.nats}`,
    `  ports                           ${portList.join(', ')}`,
    `  pids                            ${pidList.join(', ')}`,
    `  logs                            ${logFolder}`,
    ...(sku === null ? [] : orderLines(urls.gateway, sku)),
    '',
  ].join('\n');
}

function orderLines(url: string, sku: string): readonly string[] {
  const placing =
    `mutation { placeOrder(input: {idempotencyKey: "${randomUUID()}", reference: "first", ` +
    `destination: {country: "GB", city: "London"}, lines: [{sku: ${JSON.stringify(sku)}, quantity: 2}]}) ` +
    '{ order { id status total { amount currencyCode } } problems { code message } } }';
  const watching =
    'subscription { orderStatusChanged(orderId: "ORDER_ID", after: 0) { version to occurredAt } }';
  return [
    '',
    'Place an order:',
    '',
    `  ${curl(url, placing)}`,
    '',
    'Watch it, with the id that came back for ORDER_ID (or the same subscription in GraphiQL):',
    '',
    `  ${curl(url, watching, " -N -H 'accept: text/event-stream'")}`,
  ];
}

function curl(url: string, query: string, flags = ''): string {
  const body = JSON.stringify({ query }).replaceAll("'", '\\u0027'); // The shell's quotation would end there.
  return `curl -sS${flags} ${url} -H 'content-type: application/json' -d '${body}'`;
}
