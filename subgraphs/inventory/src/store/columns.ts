/** One list per column from a list of rows, so that a statement binds each as an array for `unnest`. */
export const columnsOf =
  <Row>(rows: readonly Row[]) =>
  <Value>(read: (row: Row) => Value): Value[] =>
    rows.map(read);
