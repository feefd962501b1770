export interface EventsSearch {
  /** Which parked messages; those that wait for a person unless told. */
  readonly parked?: 'closed';
}

export const parseEventsSearch = ({ parked }: Readonly<Record<string, unknown>>): EventsSearch =>
  parked === 'closed' ? { parked } : {};
