import { describe, expect, it } from 'vitest';
import { HIGHEST, roomOf, shiftAfter, shiftAt, spanAt, topFor } from '@/ui/grid/span';
import { askingFor, rungsOf, windowsOf } from '@/pages/list/windows';

const MILLION = roomOf(1_000_000, 40, 800);

describe('a list that is longer than a browser can draw', () => {
  it('is shrunk into the highest box, and one that is not is left as it is', () => {
    expect(MILLION.drawn).toBe(HIGHEST);
    expect(shiftAt(roomOf(1_000, 40, 800), 12_345)).toBe(0);
    expect(topFor(roomOf(1_000, 40, 800), 12_345)).toBe(12_345);
  });

  it('begins at its beginning and ends at its end', () => {
    expect(shiftAt(MILLION, 0)).toBe(0);
    expect(HIGHEST - 800 + shiftAt(MILLION, HIGHEST - 800)).toBe(MILLION.whole - 800);
  });

  it('is scrolled to where each of its places is shown', () => {
    for (const place of [0, 500, 999_999, 1_000_001, 20_000_000, 38_999_000, 39_500_000, 40_000_000 - 800]) {
      const top = topFor(MILLION, place);
      expect(top + shiftAt(MILLION, top)).toBeCloseTo(place, 3);
    }
  });

  it('moves as far as a wheel does, and leaps where the scrollbar does', () => {
    const before = { top: 5_000_000, shift: shiftAt(MILLION, 5_000_000) };
    expect(shiftAfter(MILLION, before, 5_000_120)).toBe(before.shift);
    expect(shiftAfter(MILLION, before, 9_000_000)).toBe(shiftAt(MILLION, 9_000_000));
    expect(shiftAfter(MILLION, before, HIGHEST - 800)).toBe(MILLION.whole - HIGHEST);
  });

  it('draws the rows in view and some beside them', () => {
    expect(spanAt(4_000, 800, 40, 1_000, 12)).toEqual({ first: 88, last: 132 });
    expect(spanAt(0, 800, 40, 5, 12)).toEqual({ first: 0, last: 4 });
  });
});

describe('a window of a list', () => {
  it('near the beginning and the end is counted from there, whatever cursors are known', () => {
    expect(askingFor(0, 1_000_000, [])).toEqual({ first: 100 });
    expect(askingFor(3, 1_000_000, [{ at: 200, behind: 'x' }])).toEqual({ first: 100, skip: 300 });
    expect(askingFor(9_999, 999_950, [])).toEqual({ last: 50 });
    expect(askingFor(9_990, 1_000_000, [])).toEqual({ last: 100, skip: 900 });
  });

  it('in the middle is reached from the nearer end', () => {
    expect(askingFor(4_000, 1_000_000, [])).toEqual({ first: 100, skip: 400_000 });
    expect(askingFor(8_000, 1_000_000, [])).toEqual({ last: 100, skip: 199_900 });
  });

  it('is reached from the nearest cursor, on either side of it', () => {
    const anchors = [{ at: 390_000, behind: 'a' }, { at: 400_300, before: 'b' }, { at: 800_000, behind: 'c' }];
    expect(askingFor(4_000, 1_000_000, anchors)).toEqual({ last: 100, before: 'b', skip: 200 });
    expect(askingFor(3_900, 1_000_000, anchors)).toEqual({ first: 100, after: 'a' });
  });

  it('far behind a cursor is rather counted from an end, where no row has to be compared', () => {
    expect(askingFor(4_000, 1_000_000, [{ at: 100, behind: 'a' }])).toEqual({ first: 100, skip: 400_000 });
    expect(askingFor(4_000, 1_000_000, [{ at: 399_000, behind: 'a' }])).toEqual({ first: 100, after: 'a', skip: 1_000 });
  });

  it('of a list whose length is not known begins at the beginning', () => {
    expect(askingFor(0, -1, [])).toEqual({ first: 100 });
  });

  it('is read before it is looked at, and none behind the end', () => {
    expect(windowsOf(0, 40, 1_000_000)).toEqual([0]);
    expect(windowsOf(130, 170, 1_000_000)).toEqual([1, 0, 2]);
    expect(windowsOf(130, 170, 180)).toEqual([1, 0]);
    expect(windowsOf(0, -1, 0)).toEqual([]);
  });

  it('has rungs beside it only in a long list', () => {
    expect(rungsOf(30_000)).toBe(0);
    expect(rungsOf(1_000_000)).toBe(99);
  });
});
