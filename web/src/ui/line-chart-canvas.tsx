import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatInstant } from './figures.tsx';

export interface LineSeries {
  readonly name: string;
  /** A colour of styles.css, such as `accent` or `pending`. */
  readonly color: string;
}

export interface LineChartProps {
  /** What the chart shows, in words; its figures have to stand beside it as text too. */
  readonly label: string;
  readonly series: readonly LineSeries[];
  /** Instants in seconds since the epoch, ascending. */
  readonly seconds: readonly number[];
  /** For each series a value for each instant; null where there is none. */
  readonly columns: readonly (readonly (number | null)[])[];
  /** In pixels. */
  readonly height: number;
  /** Writes a value beside the axis; as it is unless told. */
  readonly format?: (value: number) => string;
}

/** Lines over time. New data moves into the chart that stands; a change of the colour scheme draws it anew. */
export function LineChartCanvas({
  label,
  series,
  seconds,
  columns,
  height,
  format = String,
}: LineChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const data = [seconds, ...columns];
  const latest = useRef(data);
  latest.current = data;
  const formatLatest = useRef(format);
  formatLatest.current = format;
  const shape = JSON.stringify(series);

  useEffect(() => {
    const parent = frame.current!;
    const draw = (): void => {
      chart.current?.destroy();
      const wanted = JSON.parse(shape) as readonly LineSeries[];
      const options = optionsFor(wanted, parent, height, (value) => formatLatest.current(value));
      chart.current = new UPlot(options, drawable(latest.current), parent);
    };
    draw();
    const observer = new ResizeObserver(() => chart.current?.setSize({ width: parent.clientWidth, height }));
    observer.observe(parent);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      scheme.removeEventListener('change', draw);
      observer.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [shape, height]);

  useEffect(() => chart.current?.setData(drawable(latest.current)), [seconds, columns]);

  return <div ref={frame} role="img" aria-label={label} className="w-full overflow-hidden" />;
}

/** Of fewer than two points uPlot would draw a whole day: there is nothing to draw yet, at this time. */
function drawable(data: readonly (readonly (number | null)[])[]): UPlot.AlignedData {
  if (data[0]!.length > 1) return data as UPlot.AlignedData;
  const now = Date.now() / 1_000;
  return [[now - LEAST_SECONDS, now], ...data.slice(1).map(() => [null, null])];
}

function optionsFor(
  series: readonly LineSeries[],
  parent: HTMLElement,
  height: number,
  format: (value: number) => string,
): UPlot.Options {
  const colorOf = (name: string): string => resolveColor(parent, name);
  const axis: UPlot.Axis = {
    stroke: colorOf('muted'),
    grid: { stroke: colorOf('line'), width: 1 },
    ticks: { show: false },
    font: `12px ${getComputedStyle(parent).fontFamily}`,
  };
  return {
    width: parent.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 28, 0, 0],
    scales: {
      x: { time: true, range: (_chart, least, most) => atLeastSeconds(least, most) },
      y: { range: (_chart, _least, most) => [0, Math.max(1, (most ?? 0) * 1.1)] },
    },
    axes: [
      { ...axis, size: 28, space: 76, values: (_chart, values) => values.map(timeOf) },
      { ...axis, size: 56, incrs: [...wholeSteps], values: (_chart, values) => values.map(format) },
    ],
    series: [
      {},
      ...series.map(({ name, color }) => ({
        label: name,
        stroke: colorOf(color),
        width: 1.75,
        points: { show: false },
        spanGaps: false,
      })),
    ],
  };
}

/** 1, 2, 5, 10, 20, 50 …: what is counted, and milliseconds, have no halves. */
const wholeSteps: readonly number[] = Array.from(
  { length: 24 },
  (_, place) => [1, 2, 5][place % 3]! * 10 ** Math.floor(place / 3),
);

const minuteFormat = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

function timeOf(second: number): string {
  const at = new Date(second * 1_000);
  return second % 60 === 0 ? minuteFormat.format(at) : formatInstant(at, 'time');
}

const LEAST_SECONDS = 30;

/** A time that begins with its first points stands at the right, and is not drawn out over the whole width. */
function atLeastSeconds(least: number | null, most: number | null): [number, number] {
  const end = most ?? Date.now() / 1_000;
  return [Math.min(least ?? end, end - LEAST_SECONDS), end];
}

/** A canvas knows no variables and no light-dark(): the browser works out what a colour is here and now. */
function resolveColor(parent: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--color-${name})`;
  parent.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
