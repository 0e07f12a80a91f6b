"""The one door to numba: a kernel keeps its signature for the type checker and frees the interpreter's lock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")

# kernels call kernels of other files, and numba looks at the file of the outer one only: a change in any makes all anew
ROOM = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """The function, compiled at its first call for the array types it gets; the machine code is kept beside the source.

    Where nothing can be written (a read-only image without a home), it is compiled once in each process.
    """
    try:
        compiled: Any = numba.njit(cache=True, nogil=True)(function)
        kept = compiled._cache._cache_file  # noqa: SLF001  # numba has no public way to widen the stamp
        kept._source_stamp = (kept._source_stamp, ROOM)  # noqa: SLF001  # numba offers no other stamp
    except RuntimeError:  # numba: no folder to keep the machine code in
        compiled = numba.njit(nogil=True)(function)
    return cast("Callable[P, R]", compiled)
