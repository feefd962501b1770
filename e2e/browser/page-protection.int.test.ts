import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freeLoopbackPort, waitUntil } from '@holdfast/servers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OpenBrowser, Visitor } from './browser.ts';
import { describeInBrowser, openTestBrowser } from './in-browser.ts';

const PAGE = `<!doctype html><p style="color: rgb(1, 2, 3)">text</p><iframe src="/graphiql"></iframe>
<script>document.title = 'Injected'</script><script src="/assets/main-Ab1.js"></script>`;
/** Says in the page's title what the browser let it do. */
const SCRIPT = `
const text = document.querySelector('p');
const colourInMarkup = getComputedStyle(text).color;
text.style.setProperty('color', 'rgb(4, 5, 6)');
const say = (socket) => () => {
  document.title = [socket, colourInMarkup, getComputedStyle(text).color].join(', ');
};
const socket = new WebSocket('ws://' + location.host + '/graphql', 'graphql-transport-ws');
socket.onopen = say('open');
socket.onerror = say('shut');`;

/** A gateway alone, with a page of a few lines in place of the web client. */
describeInBrowser('in a browser, a page of the gateway', () => {
  let root: string;
  let url: string;
  let gateway: ChildProcess;
  let browser: OpenBrowser;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'holdfast-page-'));
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'index.html'), PAGE);
    writeFileSync(join(root, 'assets', 'main-Ab1.js'), SCRIPT);
    const port = await freeLoopbackPort();
    url = `http://127.0.0.1:${port}`;
    gateway = spawn(process.execPath, [resolve(import.meta.dirname, '../../gateway/src/main.ts')], {
      env: {
        PATH: process.env['PATH'],
        HOLDFAST_AUTH: 'off',
        LOG_LEVEL: 'silent',
        GATEWAY_PORT: String(port),
        GATEWAY_WEB_ROOT: root,
        NATS_URL: 'nats://127.0.0.1:1',
      },
    });
    const lives = () =>
      fetch(`${url}/livez`).then(
        ({ ok }) => ok,
        () => false,
      );
    expect(await waitUntil(lives, { withinMs: 50_000 })).toBe(true);
    browser = await openTestBrowser();
  });
  afterAll(async () => {
    await browser.close();
    gateway.kill('SIGTERM');
    await once(gateway, 'exit');
    rmSync(root, { recursive: true });
  });

  /** GraphiQL's 9 MB of script take a busy machine a while. */
  const visit = async (path: string): Promise<Visitor> => {
    const visitor = await browser.visit();
    visitor.page.setDefaultTimeout(100_000);
    await visitor.page.goto(`${url}${path}`, { waitUntil: 'commit' });
    return visitor;
  };

  it('runs its own script and socket and frames GraphiQL, and nothing that was put into its markup', async () => {
    const { page, errors } = await visit('/orders/1');
    const title = await waitUntil(() => page.title(), { withinMs: 60_000 });
    expect(title).toBe('open, rgb(0, 0, 0), rgb(4, 5, 6)');
    await page.frameLocator('iframe').locator('.monaco-editor .view-line').first().waitFor();
    const refused = new Set(errors.map((error) => error.split(' violates ', 1)[0]));
    expect(refused).toEqual(new Set(['Applying inline style', 'Executing inline script']));
  }, 120_000);

  it('that is GraphiQL runs a query', async () => {
    const { page, errors } = await visit('/graphiql?query={__typename}');
    await page.locator('.graphiql-execute-button').click();
    await page.getByText('"__typename": "Query"').waitFor();
    expect(errors).toEqual([]);
  }, 120_000);
});
