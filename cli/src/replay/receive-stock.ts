import { PreparationRefusedError, maxChunkBytes, problemText, type Problem } from './catalogue.ts';
import { chunksOf } from './chunks.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { Invoice } from './invoices.ts';
import { returnsPlace, stockOf, type StockLine } from './stock-plan.ts';
import type { SurveyedFile } from './survey.ts';

const maxLines = 1_000;

const receiveStock = `mutation ReceiveStock($input: ReceiveStockInput!) {
  payload: receiveStock(input: $input) { problems { code message path } }
}`;

export interface ReceivedStock {
  readonly demandUnits: number;
  readonly stockUnits: number;
  /** Files whose stock was received before with another share: nothing was added for them. */
  readonly otherShare: readonly string[];
}

/**
 * Receives each file's share of its demand. The keys hold the file's hash: the same file adds its stock once, whatever
 * the share, and another file adds its own. Rejects with PreparationRefusedError.
 */
export async function receiveDemandShare(
  gateway: GatewayClient,
  files: readonly SurveyedFile[],
  share: number,
): Promise<ReceivedStock> {
  let demandUnits = 0;
  let stockUnits = 0;
  const otherShare: string[] = [];
  for (const { path, sha256, demand } of files) {
    const lines = [...demand].flatMap(([sku, units]) => stockOf(sku, units, share));
    for (const units of demand.values()) demandUnits += units;
    for (const { quantity } of lines) stockUnits += quantity;
    let part = 0;
    for (const chunk of chunksOf(lines, maxLines, maxChunkBytes)) {
      const problems = await receive(gateway, `replay:${sha256}:stock:${part}`, 'purchase', chunk);
      if (problems.some(({ code }) => code === 'IDEMPOTENCY_KEY_REUSED')) {
        otherShare.push(path);
        break;
      }
      if (problems.length > 0) throw new PreparationRefusedError(`receiveStock: ${problemText(problems)}`);
      part += 1;
    }
  }
  return { demandUnits, stockUnits, otherShare };
}

/** Receives what a credit note brings back; once for each file and credit note. Resolves with what is wrong with it. */
export async function receiveReturn(
  gateway: GatewayClient,
  { number, fileSha256, lines }: Invoice,
): Promise<readonly Problem[]> {
  const all = [...lines].map(([sku, quantity]) => ({ ...returnsPlace, sku, quantity }));
  const problems: Problem[] = [];
  let part = 0;
  for (const chunk of chunksOf(all, maxLines, maxChunkBytes)) {
    problems.push(
      ...(await receive(
        gateway,
        `replay:${fileSha256}:return:${number.slice(0, 100)}:${part}`,
        'return',
        chunk,
      )),
    );
    part += 1;
  }
  return problems;
}

async function receive(
  gateway: GatewayClient,
  idempotencyKey: string,
  reason: string,
  lines: readonly StockLine[],
): Promise<readonly Problem[]> {
  const variables = { input: { idempotencyKey, reason, lines } };
  return (await gateway.request<{ payload: { problems: readonly Problem[] } }>(receiveStock, variables))
    .payload.problems;
}
