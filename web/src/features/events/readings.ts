/** One number over time, as many of its latest readings as are kept. */
export type Readings = readonly number[];

/** Two minutes of readings, one every two seconds. */
export const keptReadings = 60;

export const withReading = (readings: Readings, reading: number, most: number): Readings =>
  [...readings, reading].slice(-most);

/** The points of a line through the readings, the latest at the right, as an SVG path; null when all are 0 or too few. */
export function linePath(
  readings: Readings,
  most: number,
  { width, height }: { readonly width: number; readonly height: number },
): string | null {
  const highest = Math.max(...readings, 0);
  if (readings.length < 2 || highest === 0) return null;
  const step = width / (most - 1);
  const start = width - step * (readings.length - 1);
  return readings
    .map((reading, place) => {
      const x = start + step * place;
      const y = height - 1 - (reading / highest) * (height - 2);
      return `${place === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`;
    })
    .join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;
