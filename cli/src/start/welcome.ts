import { randomUUID } from 'node:crypto';
import type { RunFile } from './run-file.ts';

/** What a person reads when all runs: where everything answers, and a line to paste that places an order. */
export function welcome(run: RunFile, sku: string | null): string {
  const { urls, ports, processes, logFolder } = run;
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
    ...(run.auth === 'off' ? [] : TOKEN_LINES),
    ...(sku === null ? [] : orderLines(run, sku)),
    '',
  ].join('\n');
}

const TOKEN_LINES = [
  '',
  'A token to sign in with, as a customer or as the operator:',
  '',
  '  npm run --silent token -- --customer ada',
  '  npm run --silent token -- --role operator',
];

function orderLines({ urls, auth }: RunFile, sku: string): readonly string[] {
  const url = urls.gateway;
  const token =
    auth === 'off' ? '' : ' -H "authorization: Bearer $(npm run --silent token -- --customer ada)"';
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
    `  ${curl(url, placing, token)}`,
    '',
    'Watch it, with the id that came back for ORDER_ID (or the same subscription in GraphiQL):',
    '',
    `  ${curl(url, watching, `${token} -N -H 'accept: text/event-stream'`)}`,
  ];
}

function curl(url: string, query: string, flags = ''): string {
  const body = JSON.stringify({ query }).replaceAll("'", '\\u0027'); // The shell's quotation would end there.
  return `curl -sS${flags} ${url} -H 'content-type: application/json' -d '${body}'`;
}
