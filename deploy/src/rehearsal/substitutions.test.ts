import { describe, expect, it } from '@jest/globals';
import { substitute } from './substitutions.ts';

const place = {
  address: '127.70.1.1',
  hosts: new Map([
    ['nats', '127.70.0.1'],
    ['nats-headless', '127.70.0.2'],
    ['nats-0.nats-headless', '127.70.1.9'],
    ['postgres-rw', '127.70.0.3'],
    ['orders', '127.70.0.4'],
  ]),
  paths: new Map([
    ['/data', '/tmp/r/data'],
    ['/etc/nats', '/tmp/r/config'],
    ['/etc/nats-tls', '/tmp/r/tls'],
    ['/app', '/src'],
  ]),
};

describe('the substitutions of a rehearsal', () => {
  it.each([
    ['every interface is the pod’s address', 'http: "0.0.0.0:8222"', 'http: "127.70.1.1:8222"'],
    ['a longer number is no address', '10.0.0.0/8 0.0.0.0.1', '10.0.0.0/8 0.0.0.0.1'],
    ['a Service is an address', 'tls://nats:4222', 'tls://127.70.0.1:4222'],
    ['so is each of a list', 'nats://nats:4222,nats://nats', 'nats://127.70.0.1:4222,nats://127.70.0.1'],
    [
      'a domain of the namespace belongs to it',
      'http://orders.holdfast.svc.cluster.local/x',
      'http://127.70.0.4/x',
    ],
    [
      'a pod behind a headless Service has its own',
      '"nats://nats-0.nats-headless:6222"',
      '"nats://127.70.1.9:6222"',
    ],
    [
      'a user’s part stays',
      'postgres://orders:secret@postgres-rw:5432/orders',
      'postgres://orders:secret@127.70.0.3:5432/orders',
    ],
    ['a name that is no host stays', 'orders', 'orders'],
    ['another domain stays', 'https://orders.example.com/', 'https://orders.example.com/'],
    ['a mounted folder is a folder here', 'store_dir: "/data"', 'store_dir: "/tmp/r/data"'],
    ['a file in it too', 'ldm=/etc/nats-tls/a.pem', 'ldm=/tmp/r/tls/a.pem'],
    ['a path that only begins alike stays', '/etc/nats-other /database', '/etc/nats-other /database'],
    [
      'a path inside of another stays',
      '/var/etc/nats https://example.com/data',
      '/var/etc/nats https://example.com/data',
    ],
    ['the folder of the image is the repository', '/app/web/dist', '/src/web/dist'],
  ])('%s', (_, text, expected) => {
    expect(substitute(text, place)).toBe(expected);
  });
});
