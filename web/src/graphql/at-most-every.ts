export interface Coalesced {
  /** Asks for one more run: at once, or as soon as the one before is done and the interval is over. */
  readonly wish: () => void;
  readonly stop: () => void;
}

/** Runs once for any number of wishes, never twice at a time, and begins at most once in `everyMs`. `run` must not reject. */
export function atMostEvery(everyMs: number, run: () => Promise<void>): Coalesced {
  let isWished = false;
  let isStopped = false;
  let isBusy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const begin = (): void => {
    isWished = false;
    isBusy = true;
    let isDue = false;
    let isDone = false;
    const goOn = (): void => {
      if (isStopped || !isDue || !isDone) return;
      isBusy = false;
      if (isWished) begin();
    };
    timer = setTimeout(() => ((isDue = true), goOn()), everyMs);
    void run().then(() => ((isDone = true), goOn()));
  };
  return {
    wish: () => {
      isWished = true;
      if (!isBusy && !isStopped) begin();
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
