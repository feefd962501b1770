import type { Problem } from '@holdfast/service';
import type { Level } from '../domain/stock.ts';

/** What a command on the catalogue or on stock did. With problems nothing changed. */
export interface StockResult {
  /** Rows created or changed. */
  readonly changed: number;
  /** The levels after the change. */
  readonly levels: readonly Level[];
  readonly problems: readonly Problem[];
}

export const refused = (problems: readonly Problem[]): StockResult => ({ changed: 0, levels: [], problems });

/** Most rows that one command takes. */
export const maxInputRows = 5_000;
