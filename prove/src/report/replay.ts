import { check } from '../check/check.ts';
import { reportTable, type Report } from './table.ts';

/** Checks the folder of a finished run, be it of a moment ago or of another machine, and makes its table anew. */
export async function checkAndReport(folder: string): Promise<Report> {
  return reportTable(folder, await check(folder));
}
