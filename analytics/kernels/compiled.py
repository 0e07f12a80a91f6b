"""The one door to numba: a kernel keeps its signature for the type checker and frees the interpreter's lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """The function, compiled at its first call for the array types it gets; the machine code is kept beside the source.

    Where nothing can be written (a read-only image without a home), it is compiled once in each process.
    """
    try:
        compiled = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba: no folder to keep the machine code in
        compiled = numba.njit(nogil=True)(function)
    return cast("Callable[P, R]", compiled)
