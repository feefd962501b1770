import { connectionOf, decodeCursor, encodeCursor, pageSize } from '@holdfast/service';
import { badInput } from './errors.ts';
import type { MessagingResolvers } from './resolver-types.generated.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const messaging: MessagingResolvers = {
  parked: async (_status, page, { app }) => {
    const first = pageSize(page.first ?? 50);
    const after = decodeCursor(page.after, ['string'])?.[0] ?? null;
    if (after !== null && !uuid.test(after)) throw badInput('after is no cursor of this list');
    const rows = await app.listParked({ first: first + 1, after });
    const messages = rows.map((row) => ({ ...row, eventType: row.eventType ?? '' }));
    return connectionOf(messages, first, ({ id }) => encodeCursor([id]));
  },
};
