import type { CombinedError } from 'urql';
import type { OrderFilter, OrderStatus } from '../../graphql/schema.generated.ts';
import { nextLoadingStep } from './loading-plan.ts';
import { MarkBudget } from './mark-budget.ts';
import {
  countRows,
  forgetful,
  noBlocks,
  outdated,
  trimmed,
  withChanges,
  withPage,
  type OrderBlocks,
  type OrderPage,
  type RowRange,
} from './order-blocks.ts';
import { changedRow, compareKeys, keyOfId, type OrderChange, type RowKey } from './order-row.ts';
import { RecentChanges } from './recent-changes.ts';

/** Changes are shown together, at most four times a second. */
const SHOW_EVERY_MS = 250;
const AGAIN_AFTER_MS = 5_000;
/** While new orders are followed, the list ends after about so many rows. */
const MOST_FOLLOWED = 2_000;
/** Rows farther than this from those in view are let go of. */
const KEPT_AROUND = 2_000;
const REMEMBERED_CHANGES = 4_000;
const MOST_MARKS_A_SECOND = 40;

export interface OrderTableView {
  readonly list: OrderBlocks;
  readonly count: number;
  /** Changes that were held back since the table was paused; null while it is not. */
  readonly heldBack: number | null;
  /** Orders above the list that it does not show yet. */
  readonly newOrders: number;
  readonly error: CombinedError | null;
}

export type PageAnswer = { readonly page: OrderPage } | { readonly error: CombinedError };

/** The rows of one filter's table, kept outside of React: read in pages, and changed by the live stream. */
export class OrderTableStore {
  readonly #read: (after: string | null) => Promise<PageAnswer>;
  readonly #isWanted: (status: OrderStatus) => boolean;
  /** Whether a change alone tells that its order is of this list. */
  readonly #isPlain: boolean;
  readonly #recent = new RecentChanges(REMEMBERED_CHANGES);
  readonly #marks = new MarkBudget(MOST_MARKS_A_SECOND);
  readonly #listeners = new Set<() => void>();
  #view: OrderTableView = { list: noBlocks, count: 0, heldBack: null, newOrders: 0, error: null };
  /** Changes that wait to be shown, by order; while paused those of rows of the list. */
  #pending = new Map<string, OrderChange>();
  #range: RowRange = { first: 0, last: 0 };
  #heldBack: number | null = null;
  #newOrders = 0;
  #isFollowing = true;
  #isTopWanted = false;
  #liveReadAt = 0;
  #notBefore = 0;
  #isReading = false;
  #isClosed = true;
  #showing: ReturnType<typeof setTimeout> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(read: (after: string | null) => Promise<PageAnswer>, filter: OrderFilter) {
    const statuses = filter.statuses ? new Set(filter.statuses) : null;
    this.#read = read;
    this.#isWanted = (status) => statuses === null || statuses.has(status);
    this.#isPlain = [filter.customerId, filter.reference, filter.placedFrom, filter.placedBefore].every(
      (bound) => bound === undefined,
    );
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): OrderTableView => this.#view;

  /** Reads and shows, until it is closed by what this returns. */
  open(): () => void {
    this.#isClosed = false;
    void this.#readOn();
    return () => {
      this.#isClosed = true;
      clearTimeout(this.#showing);
      clearTimeout(this.#waiting);
      this.#showing = undefined;
    };
  }

  /** Which rows the eye sees now, and whether it is at the top, where new orders are shown as they come. */
  look(range: RowRange, isFollowing: boolean): void {
    this.#range = range;
    this.#isFollowing = isFollowing;
    this.#show({});
    void this.#readOn();
  }

  apply(change: OrderChange): void {
    if (this.#isClosed || !this.#recent.add(change)) return;
    const { id, from, to } = change;
    const isEntering = this.#isWanted(to) && (from === null || !this.#isWanted(from));
    const isLeaving = from !== null && this.#isWanted(from) && !this.#isWanted(to);
    if (this.#isAbove(keyOfId(id))) {
      this.#isTopWanted ||= this.#isWanted(to);
      if (this.#isPlain) this.#newOrders += Number(isEntering) - Number(isLeaving);
    } else this.#pending.set(id, change);
    const isOfThisList = this.#isPlain && (this.#isWanted(to) || isLeaving);
    if (this.#heldBack !== null && isOfThisList) this.#heldBack += 1;
    this.#showing ??= setTimeout(() => this.#showPending(), SHOW_EVERY_MS);
  }

  /** Changes may have been missed: the top and what is in view are read again. */
  refresh(): void {
    this.#isTopWanted = true;
    this.#notBefore = 0;
    this.#show({ list: outdated(this.#view.list, null) });
    void this.#readOn();
  }

  /** From now on nothing moves by itself, and changes are counted. */
  pause(): void {
    this.#showPending();
    this.#heldBack = 0;
    this.#show({});
  }

  resume(): void {
    this.#heldBack = null;
    this.#showPending();
  }

  #showPending(): void {
    clearTimeout(this.#showing);
    this.#showing = undefined;
    const isPaused = this.#heldBack !== null;
    const markedAt = isPaused ? 0 : this.#marks.markFor(this.#pending.size, Date.now());
    const changed = withChanges(this.#view.list, this.#pending, this.#isWanted, markedAt);
    let list = isPaused ? this.#view.list : changed.list;
    for (const [id, { to }] of this.#pending) {
      if (changed.found.has(id)) continue;
      if (this.#isWanted(to)) list = outdated(list, keyOfId(id));
      this.#pending.delete(id);
    }
    if (isPaused && !this.#isPlain) this.#heldBack = this.#pending.size;
    if (!isPaused) this.#pending.clear();
    this.#show({ list });
    void this.#readOn();
  }

  async #readOn(): Promise<void> {
    const now = Date.now();
    if (this.#isReading || this.#isClosed || now < this.#notBefore) return;
    clearTimeout(this.#waiting);
    const step = nextLoadingStep({
      list: this.#view.list,
      view: this.#range,
      isPaused: this.#heldBack !== null,
      isFollowing: this.#isFollowing,
      isTopWanted: this.#isTopWanted,
      isPeekUseful: !this.#isPlain,
      liveReadAt: this.#liveReadAt,
      now,
    });
    if (step.kind === 'rest') return;
    if (step.kind === 'wait') {
      this.#waiting = setTimeout(() => void this.#readOn(), step.forMs);
      return;
    }
    if (step.isLive) this.#liveReadAt = now;
    if (step.after === null) this.#isTopWanted = false;
    this.#isReading = true;
    const answer = await this.#read(step.after);
    this.#isReading = false;
    if (this.#isClosed) return;
    const isTooLate = step.isLive && !this.#mayMove(step.after);
    if ('error' in answer) this.#fail(answer.error, step.after);
    else if (step.kind === 'peek') this.#count(answer.page);
    else if (isTooLate) this.#isTopWanted ||= step.after === null;
    else this.#take(answer.page, step.isLive);
    void this.#readOn();
  }

  #take(page: OrderPage, isLive: boolean): void {
    const isNew = (row: RowKey): boolean => isLive && this.#isAbove(row);
    const markedAt = this.#marks.markFor(page.rows.filter(isNew).length, Date.now());
    const rows = page.rows.map((row) => {
      const marked = isNew(row) ? { ...row, markedAt } : row;
      return changedRow(marked, this.#recent.of(row.id), marked.markedAt);
    });
    if (page.after === null) this.#newOrders = 0;
    this.#show({ list: withPage(this.#view.list, { ...page, rows }, this.#isWanted), error: null });
  }

  #count({ rows }: OrderPage): void {
    this.#newOrders = rows.filter((row) => this.#isAbove(row)).length;
    this.#show({ error: null });
  }

  #fail(error: CombinedError, after: string | null): void {
    if (after === null) this.#isTopWanted = true;
    this.#notBefore = Date.now() + AGAIN_AFTER_MS;
    this.#waiting = setTimeout(() => void this.#readOn(), AGAIN_AFTER_MS);
    this.#show({ error });
  }

  /** Whether what a change has had read may still be shown: the eye may have left the top meanwhile. */
  #mayMove(after: string | null): boolean {
    return this.#heldBack === null && (this.#isFollowing || after !== null);
  }

  #isAbove(key: RowKey): boolean {
    for (const { rows, end } of this.#view.list.blocks) {
      if (rows === null) return compareKeys(key, end) < 0;
      if (rows[0] !== undefined) return compareKeys(key, rows[0]) < 0;
    }
    return true;
  }

  #show({ list = this.#view.list, error = this.#view.error }: Partial<OrderTableView>): void {
    const isAtTop = this.#isFollowing && this.#heldBack === null;
    const kept = isAtTop ? trimmed(list, MOST_FOLLOWED) : forgetful(list, this.#range, KEPT_AROUND);
    const next: OrderTableView = {
      list: kept,
      count: countRows(kept),
      // Of a list that only the API can tell, what is new was counted by asking.
      heldBack: this.#heldBack === null || this.#isPlain ? this.#heldBack : this.#heldBack + this.#newOrders,
      newOrders: Math.max(0, this.#newOrders),
      error,
    };
    const isSame = (Object.keys(next) as (keyof OrderTableView)[]).every(
      (key) => next[key] === this.#view[key],
    );
    if (isSame) return;
    this.#view = next;
    for (const listener of this.#listeners) listener();
  }
}
