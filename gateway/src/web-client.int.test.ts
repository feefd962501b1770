import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withoutAuthentication } from './testing/without-authentication.ts';
import { startGateway, type Gateway } from './app.ts';

const PAGE =
  '<!doctype html><title>Holdfast</title><script type="module" src="/assets/main-Ab1.js"></script>';
const SCRIPT = 'document.body.append("Holdfast");';

let root: string;
let gateway: Gateway;
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'holdfast-web-')), 'dist');
  const nowhere = 'http://127.0.0.1:1/graphql';
  gateway = await startGateway({
    ...withoutAuthentication,
    port: 0,
    ordersUrl: nowhere,
    inventoryUrl: nowhere,
    nats: { url: 'nats://127.0.0.1:1' },
    logLevel: 'silent',
    webRoot: root,
  });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(join(root, '..'), { recursive: true });
});
beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), PAGE);
  writeFileSync(join(root, 'assets', 'main-Ab1.js'), SCRIPT);
  writeFileSync(join(root, '.built-from'), 'hash');
});

const AS_BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** Reads the body to its end, so that a stop has nothing to wait for. */
const get = async (
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: Headers; text: string }> => {
  const response = await fetch(`${gateway.url}${path}`, { headers, method });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const answer = async (...args: Parameters<typeof get>): Promise<{ status: number; text: string }> => {
  const { status, text } = await get(...args);
  return { status, text };
};
const notFound = { status: 404, text: 'Not found\n' };

describe('the web client', () => {
  it('is the page on / and on every address that it makes up itself', async () => {
    for (const path of ['/', '/?viewer=ada', '/orders/0198-b', '/products/12.5%22', '/index.html']) {
      expect(await answer(path, AS_BROWSER)).toEqual({ status: 200, text: PAGE });
    }
    expect(await answer('/', { accept: '*/*' })).toEqual({ status: 200, text: PAGE });
    const head = await get('/orders/1', AS_BROWSER, 'HEAD');
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('is not the answer for a file that is missing, for another part of the gateway, or for who wants no page', async () => {
    expect(await answer('/assets/gone-Cd2.js', AS_BROWSER)).toEqual(notFound);
    expect(await answer('/orders/1', { accept: 'application/json' })).toEqual(notFound);
    expect(await answer('/favicon.ico', { accept: 'image/*' })).toEqual(notFound);
    expect(await answer('/graphiql/x', AS_BROWSER)).toEqual(notFound);
    expect(await answer('/metrics/', AS_BROWSER)).toEqual(notFound);
    expect(await answer('/orders/1', AS_BROWSER, 'POST')).toEqual(notFound);
    expect((await answer('/livez', AS_BROWSER)).text).toBe('{"isLive":true}');
    expect((await answer('/graphql', AS_BROWSER)).text).not.toContain(PAGE);
  });

  it('gives no file from beside its folder, and none whose name begins with a dot', async () => {
    writeFileSync(join(root, '..', 'secret'), 'secret');
    for (const path of ['/../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret', '/.built-from']) {
      const { status, text } = await rawGet(path, { accept: '*/*' });
      expect({ path, isRefused: [403, 404].includes(status) }).toEqual({ path, isRefused: true });
      expect(text).not.toMatch(/secret$|hash/);
    }
  });

  it('lets a browser keep what has a hash in its name for good, and asks it to come back for the page', async () => {
    const kept = async (path: string) => (await get(path, AS_BROWSER)).headers.get('cache-control');
    expect(await kept('/assets/main-Ab1.js')).toBe('public, max-age=31536000, immutable');
    expect(await kept('/')).toBe('no-cache');
    expect(await kept('/orders/1')).toBe('no-cache');
    const etag = (await get('/')).headers.get('etag') ?? '';
    expect((await rawGet('/', { 'if-none-match': etag })).status).toBe(304);
  });

  it('travels compressed where the file is there and the browser takes it', async () => {
    const file = join(root, 'assets', 'main-Ab1.js');
    writeFileSync(`${file}.br`, brotliCompressSync(SCRIPT));
    writeFileSync(`${file}.gz`, gzipSync(SCRIPT));
    writeFileSync(join(root, 'index.html.br'), brotliCompressSync(PAGE));
    for (const [accepted, sent] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const response = await get('/assets/main-Ab1.js', { 'accept-encoding': accepted });
      expect(response.headers.get('content-encoding')).toBe(sent);
      expect(response.headers.get('content-type')).toMatch(/javascript; charset=utf-8$/);
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.text).toBe(SCRIPT);
    }
    const page = await get('/orders/1', { ...AS_BROWSER, 'accept-encoding': 'br' });
    expect(page.headers.get('content-encoding')).toBe('br');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toBe(PAGE);
  });

  it('says how to build it when it is not there, and is there as soon as it is built', async () => {
    renameSync(root, `${root}.aside`);
    for (const path of ['/', '/orders/1']) {
      const { status, text } = await answer(path, AS_BROWSER);
      expect(status).toBe(503);
      expect(text).toMatch(/^The web client is not built: .*npm run build.*\n$/);
    }
    expect(await answer('/assets/main-Ab1.js')).toEqual(notFound);
    renameSync(`${root}.aside`, root);
    expect(await answer('/orders/1', AS_BROWSER)).toEqual({ status: 200, text: PAGE });
  });
});

describe('every page', () => {
  const paths = ['/', '/orders/1', '/assets/main-Ab1.js', '/graphiql', '/assets/gone.js'];

  it('may load from this gateway only, and be framed by it only', async () => {
    for (const path of paths) {
      const { headers } = await get(path, AS_BROWSER);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).toContain(`connect-src 'self' ws://${new URL(gateway.url).host}`);
      expect(policy).toContain("frame-ancestors 'self'");
      expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('geolocation=()');
    }
    expect((await get('/')).headers.get('content-security-policy')).toContain("style-src 'self';");
  });

  it('is refused to who names another host, such as a site whose name was made to resolve to loopback', async () => {
    const { port } = new URL(gateway.url);
    for (const path of paths) {
      expect((await rawGet(path, { host: `evil.example:${port}` })).status).toBe(403);
      expect((await get(path, { origin: 'https://evil.example' })).status).toBe(403);
      expect((await rawGet(path, { host: `localhost:${port}` })).status).not.toBe(403);
    }
    const smuggled = await rawGet('/', { host: "localhost/; script-src 'unsafe-inline'" });
    expect(smuggled.policy).not.toMatch(/unsafe-inline/);
  });
});

/** fetch neither lets a caller choose the Host nor sends a path as it is. */
async function rawGet(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string; policy: string }> {
  const { port } = new URL(gateway.url);
  const sent = request({ host: '127.0.0.1', port, path, headers: { ...AS_BROWSER, ...headers } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const policy = String(response.headers['content-security-policy']);
  return { status: response.statusCode ?? 0, text: await text(response), policy };
}
