/** Lets a loop sleep until something happens or a time has passed; what happens while it is awake is not lost. */
export interface WakeSignal {
  raise(): void;
  /** Resolves at once when it was raised since the last wait. */
  wait(longestMs: number): Promise<void>;
}

export function createWakeSignal(): WakeSignal {
  let isRaised = false;
  let wakeUp = () => {};
  return {
    raise: () => {
      isRaised = true;
      wakeUp();
    },
    wait: async (longestMs) => {
      if (!isRaised) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, longestMs));
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wakeUp = () => {};
      isRaised = false;
    },
  };
}
