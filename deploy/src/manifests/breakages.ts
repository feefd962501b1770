import { objectBreakages } from './breakages-of-objects.ts';
import { programBreakages } from './breakages-of-programs.ts';
import type { Change } from './change-manifests.ts';
import type { CheckName } from './checks.ts';
import type { Overlay } from './render.ts';

/** One part of the manifests that is taken away or wrong, and how the check that finds it names it. */
export type Breakage = readonly [
  what: string,
  overlay: Overlay,
  check: CheckName,
  broken: Change,
  problem: RegExp,
];

export const breakages: readonly Breakage[] = [...programBreakages, ...objectBreakages];
