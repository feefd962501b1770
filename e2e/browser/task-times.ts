import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread itself ran; what else the machine did meanwhile is not in it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Runs `work` and gives the longest task of the page's main thread meanwhile, in milliseconds of its own running time. */
export async function longestTaskMs(page: Page, work: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'] },
  });
  try {
    await work();
  } finally {
    await session.send('Tracing.end');
    await complete;
    await session.detach();
  }
  const isMain = mainThreadOf(events);
  const tasks = events.filter((event) => isMain(event) && event.name === 'ThreadControllerImpl::RunTask');
  if (tasks.length === 0) throw new Error('The trace holds no task: nothing was measured');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}

function mainThreadOf(events: readonly TraceEvent[]): (event: TraceEvent) => boolean {
  const names = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const main = new Set(names.map(({ pid, tid }) => `${pid} ${tid}`));
  return ({ pid, tid }) => main.has(`${pid} ${tid}`);
}
