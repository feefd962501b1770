import type { FaultKind } from './fault.ts';
import { clock } from './kinds/clock.ts';
import { delay } from './kinds/delay.ts';
import { diskFullNats, diskFullPostgres } from './kinds/disk-full.ts';
import { duplicate } from './kinds/duplicate.ts';
import { faultPoint } from './kinds/fault-point.ts';
import { freeze } from './kinds/freeze.ts';
import { killBoth } from './kinds/kill-both.ts';
import { kill } from './kinds/kill.ts';
import { leaderKill, leaderStepDown } from './kinds/leader.ts';
import { natsFreeze } from './kinds/nats-freeze.ts';
import { natsKill } from './kinds/nats-kill.ts';
import { partitionFromNats, partitionFromPostgres, partitionFromSubgraph } from './kinds/partition.ts';
import { poison } from './kinds/poison.ts';
import { postgresStop } from './kinds/postgres-stop.ts';
import { nodePowerLoss, powerLoss } from './kinds/power-loss.ts';
import { streamDeleted } from './kinds/stream-deleted.ts';
import { terminateBackends } from './kinds/terminate-backends.ts';

/** Everything that may go wrong, by name. */
export const faultKinds: readonly FaultKind[] = [
  kill,
  killBoth,
  faultPoint,
  freeze,
  clock,
  terminateBackends,
  postgresStop,
  diskFullPostgres,
  natsKill,
  natsFreeze,
  powerLoss,
  nodePowerLoss,
  leaderKill,
  leaderStepDown,
  streamDeleted,
  diskFullNats,
  partitionFromNats,
  partitionFromPostgres,
  partitionFromSubgraph,
  delay,
  duplicate,
  poison,
];
