"""`python -m bench.scaled ENGINE FOLDER`: run one engine on the arrays of a folder, and print its cost as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from bench.scaled.engines import ENGINES
from bench.scaled.world import World


def main() -> int:
    """Run the engine that is named; 0 when it came to an end."""
    name, folder = sys.argv[1:]
    world = World(Path(folder))
    found = ENGINES[name](world)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = most if sys.platform == "darwin" else most << 10
    print(json.dumps({"cpu_s": time.process_time(), "peak": peak, "found": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
