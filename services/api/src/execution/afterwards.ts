// Work that no answer waits for, so that how long it takes tells nobody what there was to do. It is over before the process
// ends; a fault in it is logged, for there is nobody left to be told.

export interface Afterwards {
  /** Begins something and goes on at once. */
  begin(work: () => Promise<void>): void;
  /** Once everything that was begun is over. */
  settled(): Promise<void>;
}

/** Nothing that is begun here rejects: its fault goes to `report`. */
export function createAfterwards(report: (fault: unknown) => void): Afterwards {
  const underWay = new Set<Promise<void>>();
  return {
    begin(work) {
      const begun = work()
        .catch(report)
        .finally(() => underWay.delete(begun));
      underWay.add(begun);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
