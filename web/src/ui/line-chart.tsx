import { lazy, Suspense } from 'react';
import type { LineChartProps } from './line-chart-canvas.tsx';

const Canvas = lazy(() =>
  import('./line-chart-canvas.tsx').then(({ LineChartCanvas }) => ({ default: LineChartCanvas })),
);

/** A chart of live series, loaded when one is shown first; its height is kept meanwhile. */
export const LineChart = (props: LineChartProps) => (
  <div style={{ height: props.height }}>
    <Suspense>
      <Canvas {...props} />
    </Suspense>
  </div>
);
