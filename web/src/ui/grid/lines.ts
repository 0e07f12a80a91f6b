/** What a grid or a list of cards is filled with: `length` rows, of which some are here. */
export interface Lines<Row> {
  /** Which list this is: another one is shown from its beginning. */
  id?: string;
  length: number;
  /** The row at a place: undefined while it is on its way, null where there is none after all. */
  at: (place: number) => Row | null | undefined;
  /** The rows that are looked at have come to be others. */
  onSpan: (first: number, last: number) => void;
}

/** More is asked for so many rows before the end is reached. */
const NEAR = 250;

/** Rows that are read one page after the other: those that are here, then as many that are on their way. */
export function inTurn<Row>(rows: readonly Row[], coming: number, more: () => void): Lines<Row> {
  return {
    length: rows.length + coming,
    at: (place) => rows[place],
    onSpan: (_, last) => {
      if (coming && last > rows.length - NEAR) more();
    },
  };
}
