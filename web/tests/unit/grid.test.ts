import { describe, expect, it } from 'vitest';
import { placed } from '@/ui/grid/useColumnMoves';
import { moved } from '@/ui/grid/useGridKeys';

const at = { row: 5, column: 2 };

describe('the keys of a grid', () => {
  it('walk to the neighbouring cell, and not out of the grid', () => {
    expect(moved('ArrowDown', at, 10, 4, false, false)).toEqual({ row: 6, column: 2 });
    expect(moved('ArrowUp', { row: 0, column: 0 }, 10, 4, false, false)).toEqual({ row: 0, column: 0 });
  });

  it('go by what is seen: in Persian the columns run the other way', () => {
    expect(moved('ArrowLeft', at, 10, 4, false, false)).toEqual({ row: 5, column: 1 });
    expect(moved('ArrowLeft', at, 10, 4, true, false)).toEqual({ row: 5, column: 3 });
  });

  it('jump to the ends of the row, and with Ctrl of the grid', () => {
    expect(moved('End', at, 10, 4, false, false)).toEqual({ row: 5, column: 3 });
    expect(moved('Home', at, 10, 4, false, true)).toEqual({ row: 0, column: 0 });
  });

  it('leave other keys to the page', () => {
    expect(moved('x', at, 10, 4, false, false)).toBeNull();
  });
});

describe('a column that is put elsewhere', () => {
  it('stays behind the first and within the table', () => {
    expect(placed(2, 0, 4)).toBe(1);
    expect(placed(2, 9, 4)).toBe(3);
  });

  it('is not moved where it already stands, nor where it is the first', () => {
    expect([placed(2, 2, 4), placed(3, 4, 4), placed(0, 2, 4)]).toEqual([null, null, null]);
  });
});
