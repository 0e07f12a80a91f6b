"""The best few entries of each row of a sparse matrix, or of a product of two that is never held whole."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.kernels.compiled import kernel

Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]
Rows = tuple[Int64s, Int32s, Floats]  # row starts, columns, values

UNIT = 1e12  # values are told apart by 12 digits: sums of the same terms in another order are ties


def top_of_rows(matrix: Any, most: int) -> Rows:
    """Row starts, columns and values of the at most `most` largest positive entries of each row, best first.

    `matrix` is a csr_array. Ties go to the smaller column. O(entries × most) at worst, about O(entries) in random order.

    >>> from scipy.sparse import csr_array
    >>> starts, columns, values = top_of_rows(csr_array([[0.5, 0.0, 0.9, 0.5], [0.0, 0.1, 0.0, 0.0]]), 2)
    >>> starts.tolist(), columns.tolist(), values.tolist()
    ([0, 2, 3], [2, 0, 1], [0.9, 0.5, 0.1])
    """
    indptr = matrix.indptr.astype(np.int64)
    room = _room(np.minimum(np.diff(indptr), most))
    held, columns, best = _top_of_rows(indptr, matrix.indices.astype(np.int32), rounded(matrix.data), room)
    return _tight(room, held, columns, best)


def top_of_product(left: Any, right: Any, most: int) -> Rows:
    """The same of `left @ right`, without the entries that `left` itself has. O(products), memory of the answer.

    >>> from scipy.sparse import csr_array
    >>> left, right = csr_array([[1.0, 0.0, 0.0]]), csr_array([[0.0, 0.2, 0.3], [0.0, 0.0, 0.0], [0.9, 0.0, 0.0]])
    >>> starts, columns, values = top_of_product(left, right, 1)
    >>> columns.tolist(), values.tolist()
    ([2], [0.3])
    """
    starts, others = left.indptr.astype(np.int64), right.indptr.astype(np.int64)
    reached = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(others)[left.indices])])[starts]
    room = _room(np.minimum(np.diff(reached), most))
    first = starts, left.indices.astype(np.int32), left.data.astype(np.float64)
    second = others, right.indices.astype(np.int32), right.data.astype(np.float64)
    return _tight(room, *_top_of_product(*first, *second, right.shape[1], room))


def _room(counts: Int64s) -> Int64s:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])


def rounded(values: NDArray[Any]) -> Floats:
    """Values to be ranked: alike to the twelfth digit is a tie."""
    found: Floats = np.rint(values.astype(np.float64) * UNIT) / UNIT
    return found


def _tight(room: Int64s, held: Int64s, columns: Int32s, best: Floats) -> Rows:
    """The rows without the places that stayed empty."""
    sizes = np.diff(room)
    kept = np.arange(room[-1]) - np.repeat(room[:-1], sizes) < np.repeat(held, sizes)
    return _room(held), columns[kept], best[kept]


@kernel
def _insert(columns: Int32s, best: Floats, first: int, most: int, held: int, column: int, value: float) -> int:
    """Put an entry in its place among the `held` best of a row that begins at `first`; how many are held afterwards."""
    if value <= 0 or most == 0:
        return held
    if held == most:
        worst = first + most - 1
        if value < best[worst] or (value == best[worst] and column > columns[worst]):
            return held
    place = first + min(held, most - 1)
    while place > first and (best[place - 1] < value or (best[place - 1] == value and columns[place - 1] > column)):
        best[place], columns[place] = best[place - 1], columns[place - 1]
        place -= 1
    best[place], columns[place] = value, column
    return min(held + 1, most)


@kernel
def _top_of_rows(indptr: Int64s, indices: Int32s, values: Floats, room: Int64s) -> tuple[Int64s, Int32s, Floats]:
    held = np.zeros(len(indptr) - 1, np.int64)
    columns = np.zeros(room[-1], np.int32)
    best = np.zeros(room[-1], np.float64)
    for row in range(len(held)):
        most = room[row + 1] - room[row]
        for k in range(indptr[row], indptr[row + 1]):
            held[row] = _insert(columns, best, room[row], most, held[row], indices[k], values[k])
    return held, columns, best


@kernel
def _top_of_product(
    starts: Int64s,
    middles: Int32s,
    shares: Floats,
    others: Int64s,
    ends: Int32s,
    values: Floats,
    width: int,
    room: Int64s,
) -> tuple[Int64s, Int32s, Floats]:
    held = np.zeros(len(starts) - 1, np.int64)
    columns = np.zeros(room[-1], np.int32)
    best = np.zeros(room[-1], np.float64)
    sums = np.zeros(width, np.float64)
    seen = np.full(width, -1, np.int64)
    touched = np.empty(width, np.int32)
    for row in range(len(held)):
        count, most = 0, room[row + 1] - room[row]
        for k in range(starts[row], starts[row + 1]):
            for e in range(others[middles[k]], others[middles[k] + 1]):
                end = ends[e]
                if seen[end] != row:
                    seen[end] = row
                    sums[end] = 0.0
                    touched[count] = end
                    count += 1
                sums[end] += shares[k] * values[e]
        for k in range(starts[row], starts[row + 1]):
            sums[middles[k]] = 0.0
        for t in range(count):
            value = np.rint(sums[touched[t]] * UNIT) / UNIT
            held[row] = _insert(columns, best, room[row], most, held[row], touched[t], value)
    return held, columns, best
