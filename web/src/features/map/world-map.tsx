import { geoGraticule10, geoPath } from 'd3-geo';
import { useEffect, useMemo, useRef, useState } from 'react';
import { classes } from '../../ui/classes.ts';
import { loadLand, type Land } from './land.ts';
import { MARK_RADIUS, NAME_GAP, namesWithRoom, type NameSide } from './names.ts';
import { isWorldwide, projectionFor, type Position, type Size } from './projection.ts';

export interface MapPlace extends Position {
  readonly id: string;
  /** Stands beside the mark. */
  readonly name: string;
  readonly kind: 'facility' | 'destination' | 'airport';
  /** Radius of the mark in pixels; MARK_RADIUS unless told. */
  readonly radius?: number;
  /** Drawn faintly and without its name: a place that plays no part. */
  readonly isAside?: boolean;
}

export interface MapArc {
  readonly from: Position;
  readonly to: Position;
  readonly kind: 'ground' | 'air';
}

export interface WorldMapProps {
  /** What the map shows, in words, for who does not see it. */
  readonly label: string;
  readonly places: readonly MapPlace[];
  readonly arcs?: readonly MapArc[];
  /** All the world, or just what the places lie in that play a part. */
  readonly extent: 'world' | 'places';
  readonly onChoose?: (id: string) => void;
}

/** Fills its parent, which has a size of its own. */
export function WorldMap({ label, places, arcs = [], extent, onChoose }: WorldMapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const fitted = useMemo(
    () => (extent === 'world' ? [] : places.filter(({ isAside }) => !isAside)),
    [extent, places],
  );
  const { land, isAway } = useLand(isWorldwide(fitted) ? 'coarse' : 'fine');

  return (
    <div ref={frame} aria-busy={land === null && !isAway} className="absolute inset-0">
      {isAway && (
        <p className="p-4 text-sm text-muted">
          The map could not be loaded; the places are listed beside it.
        </p>
      )}
      {size && (
        <Drawing
          {...{ label, places, arcs, fitted, size, land }}
          {...(onChoose === undefined ? {} : { onChoose })}
        />
      )}
    </div>
  );
}

interface DrawingProps extends Omit<WorldMapProps, 'extent'> {
  readonly arcs: readonly MapArc[];
  readonly fitted: readonly MapPlace[];
  readonly size: Size;
  readonly land: Land | null;
}

function Drawing({ label, places, arcs, fitted, size, land, onChoose }: DrawingProps) {
  const projection = useMemo(() => projectionFor(fitted, size), [fitted, size]);
  const background = useMemo(() => {
    const path = geoPath(projection).digits(1);
    return {
      sphere: path({ type: 'Sphere' }) ?? '',
      graticule: path(geoGraticule10()) ?? '',
      land: land === null ? '' : (path(land.countries) ?? ''),
      borders: land === null ? '' : (path(land.borders) ?? ''),
    };
  }, [projection, land]);
  const path = geoPath(projection).digits(1);
  const marks = places.flatMap((place) => {
    const point = projection([place.longitude, place.latitude]);
    return point === null ? [] : [{ ...place, x: point[0], y: point[1] }];
  });
  const nameSides = namesWithRoom(marks, size);

  return (
    <svg role="img" aria-label={label} width={size.width} height={size.height} className="block">
      <path d={background.sphere} className="fill-sunken" />
      <path d={background.graticule} className="fill-none stroke-line" strokeWidth={0.5} />
      <path d={background.land} className="fill-surface" />
      <path d={background.borders} className="fill-none stroke-line" strokeWidth={0.8} />
      {arcs.map(({ from, to, kind }) => (
        <path
          key={`${from.latitude} ${from.longitude} ${to.latitude} ${to.longitude}`}
          d={
            path({
              type: 'LineString',
              coordinates: [
                [from.longitude, from.latitude],
                [to.longitude, to.latitude],
              ],
            }) ?? ''
          }
          className="fill-none stroke-accent"
          strokeWidth={1.75}
          strokeLinecap="round"
          strokeDasharray={kind === 'air' ? '1 5' : undefined}
        />
      ))}
      {marks.map((mark) => (
        <Mark key={`${mark.kind} ${mark.id}`} {...mark} nameSide={nameSides.get(mark)} onChoose={onChoose} />
      ))}
    </svg>
  );
}

interface MarkProps extends MapPlace {
  readonly x: number;
  readonly y: number;
  readonly nameSide: NameSide | undefined;
  readonly onChoose: ((id: string) => void) | undefined;
}

const looks: Readonly<Record<MapPlace['kind'], string>> = {
  facility: 'fill-accent stroke-surface',
  destination: 'fill-rejected stroke-surface',
  airport: 'fill-surface stroke-accent',
};

function Mark({
  id,
  name,
  kind,
  radius = MARK_RADIUS,
  isAside = false,
  x,
  y,
  nameSide,
  onChoose,
}: MarkProps) {
  return (
    <g
      transform={`translate(${x} ${y})`}
      className={classes(onChoose && 'cursor-pointer', isAside && 'opacity-45')}
      onClick={onChoose && (() => onChoose(id))}
    >
      <title>{name}</title>
      <circle r={Math.max(radius, 12)} className="fill-transparent" />
      {kind === 'destination' ? (
        <path d="M0 0 L-6 -11 A7 7 0 1 1 6 -11 Z" className={looks[kind]} strokeWidth={1.5} />
      ) : (
        <circle r={radius} className={looks[kind]} strokeWidth={1.5} />
      )}
      {nameSide && (
        <text
          x={(radius + NAME_GAP) * (nameSide === 'left' ? -1 : 1)}
          y={4}
          textAnchor={nameSide === 'left' ? 'end' : 'start'}
          className="fill-ink stroke-surface text-xs font-medium [paint-order:stroke]"
          strokeWidth={3}
          strokeLinejoin="round"
        >
          {name}
        </text>
      )}
    </g>
  );
}

function useLand(grain: 'coarse' | 'fine'): { land: Land | null; isAway: boolean } {
  const [land, setLand] = useState<Land | null>(null);
  const [isAway, setIsAway] = useState(false);
  useEffect(() => {
    let isShown = true;
    loadLand(grain).then(
      (read) => isShown && setLand(read),
      () => isShown && setIsAway(true),
    );
    return () => {
      isShown = false;
    };
  }, [grain]);
  return { land, isAway };
}

function useSize(frame: React.RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize(width > 0 && height > 0 ? { width: Math.round(width), height: Math.round(height) } : null);
    });
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}
