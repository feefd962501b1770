/** Items that were read together, and are read again together. */
export interface Page<Item> {
  /** The cursor that it follows; null for the first. */
  readonly after: string | null;
  readonly end: string | null;
  readonly hasMore: boolean;
  readonly items: readonly Item[];
}

/** Each begins where the one before it ends. */
export type Pages<Item> = readonly Page<Item>[];

/**
 * The pages with one read anew, or one more at the end. When what was read anew ends elsewhere than before, the pages
 * behind it no longer follow it and are gone; a page that follows none is left out.
 */
export function withPage<Item>(pages: Pages<Item>, page: Page<Item>): Pages<Item> {
  const place = pages.findIndex(({ after }) => after === page.after);
  if (place === -1) {
    const isNext = pages.length === 0 ? page.after === null : pages.at(-1)!.end === page.after;
    return isNext ? [...pages, page] : pages;
  }
  return pages[place]!.end === page.end ? pages.with(place, page) : [...pages.slice(0, place), page];
}
