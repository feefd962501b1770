import { createServer } from 'node:http';
import { connect } from 'node:net';

/** Stands in for a service: is ready, dies when asked, and on SIGTERM says whether the servers still answer. */
const port = Number(process.env['STAND_IN_PORT']);
console.log('began');
if (process.env['STAND_IN_DIES']) {
  console.error('this is why it died');
  process.exit(7);
}
createServer((request, response) => {
  response.end('ok');
  if (request.url === '/die') process.exit(3);
}).listen(port, '127.0.0.1');

process.on('SIGTERM', () => {
  const urls = [process.env['NATS_URL'] ?? '', process.env['ORDERS_DATABASE_URL'] ?? ''];
  void Promise.all(urls.map(answers)).then((answered) => {
    console.log(`drained, servers answer: ${answered.join(' ')}`);
    process.exit(0);
  });
});

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
}
