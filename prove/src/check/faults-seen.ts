import type { FaultLine } from './history.ts';
import { count } from './operations-seen.ts';

/** Gathers what was done to the system. */
export class FaultsSeen {
  /** By kind. */
  readonly injected = new Map<string, number>();
  /** By kind, the reasons. */
  readonly skipped = new Map<string, Set<string>>();
  /** `Nats-Msg-Id`s of the harness's own messages. */
  readonly messageIds = new Set<string>();
  /** When a stream may have lost all that it had, by the clock of the clients. */
  readonly streamLostAtMs: number[] = [];
  faultPointsHit = 0;

  see({ fault, phase, detail, at }: FaultLine): void {
    if (phase === 'skipped') {
      const reasons = this.skipped.get(fault) ?? new Set();
      this.skipped.set(fault, reasons.add(detail?.why ?? 'no reason given'));
      return;
    }
    if (phase === 'begin') count(this.injected, fault);
    for (const id of detail?.messageIds ?? []) this.messageIds.add(id);
    if (detail?.losesStream === true && phase === 'begin') this.streamLostAtMs.push(Date.parse(at));
    if (detail?.isHit === true) this.faultPointsHit += 1;
  }
}
