/** Whether anything can have this name: PostgreSQL's text cannot hold U+0000. */
export const isPossibleName = (text: string): boolean => !text.includes('\0');

/** Whether a text can be an order's id at all: a UUID, in either case. */
export const isOrderId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
