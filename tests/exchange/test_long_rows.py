"""A row of 100 MB is refused with a sentence, in memory that does not grow with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LONG = 100_000_000  # bytes
BOUND_MIB = 32  # beyond what reading a small file takes
READ = """
import json, resource, sys
from pathlib import Path
from exchange.tables import look_at
from models.errors import Rejected

def peak_kib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

def read(path):
    try:
        return sum(1 for _ in look_at(Path(path)).rows())
    except Rejected as refused:
        return [each.code for each in refused.problems]

small = read(sys.argv[1])
before = peak_kib()
long = read(sys.argv[2])
print(json.dumps([small, long, (peak_kib() - before) // 1024]))
"""


@pytest.mark.parametrize("name", ["one_line", "open_quotation", "header"])
def test_a_row_of_100_mb_is_refused_in_bounded_memory(tmp_path: Path, name: str) -> None:
    small, long = tmp_path / "small.csv", tmp_path / "long.csv"
    small.write_text("a,b\n" + "1,2\n" * 100_000)
    start, part = {
        "one_line": (b"a,b\n1,2\n", b"x" * 1_000_000),
        "open_quotation": (b'a,b\n1,"', b"some text, and more\n" * 50_000),
        "header": (b"", b"x," * 500_000),
    }[name]
    with long.open("wb") as file:
        file.write(start)
        for _ in range(LONG // len(part)):
            file.write(part)

    done = subprocess.run(
        [sys.executable, "-c", READ, str(small), str(long)], capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 0, done.stderr
    rows, codes, grown_mib = json.loads(done.stdout)
    assert (rows, codes) == (100_000, ["row_too_long"])
    assert grown_mib < BOUND_MIB
