import { useEffect, useRef, useState } from 'react';
import { useUncachedClient } from '../viewer/session-provider.tsx';
import type { OrderShape } from './order-shape.ts';
import { OrderRun, type RunFigures } from './order-run.ts';

const SHOW_EVERY_MS = 250;

interface OrderRunControl {
  /** Null before the first run; afterwards those of the latest. */
  readonly figures: RunFigures | null;
  readonly start: (wish: {
    readonly skus: readonly string[];
    readonly perSecond: number;
    readonly shape: OrderShape;
    readonly runForMs: number;
  }) => void;
  readonly change: (perSecond: number, shape: OrderShape) => void;
  readonly stop: () => void;
}

/** One run of orders at a time. It ends with the page. */
export function useOrderRun(): OrderRunControl {
  const client = useUncachedClient();
  const run = useRef<OrderRun | null>(null);
  const [figures, setFigures] = useState<RunFigures | null>(null);

  useEffect(() => {
    const show = (): void => {
      if (run.current === null) return;
      const next = run.current.figures();
      setFigures((shown) => (shown && !next.isRunning && isSettled(shown, next) ? shown : next));
    };
    const timer = setInterval(show, SHOW_EVERY_MS);
    return () => {
      clearInterval(timer);
      run.current?.stop();
    };
  }, []);

  return {
    figures,
    start: (wish) => {
      run.current?.stop();
      run.current = new OrderRun({ client, ...wish });
      setFigures(run.current.figures());
    },
    change: (perSecond, shape) => run.current?.change(perSecond, shape),
    stop: () => {
      run.current?.stop();
      setFigures(run.current?.figures() ?? null);
    },
  };
}

const isSettled = (shown: RunFigures, next: RunFigures): boolean =>
  !shown.isRunning && shown.inFlight === 0 && next.inFlight === 0;
