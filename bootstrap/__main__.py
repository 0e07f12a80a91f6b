"""The Makefile's door, `python3 bootstrap TARGET`; old Pythons understand it too, so that it can say they are too old."""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it runs under whatever Python the user has
    sys.stderr.write(
        "XRM needs Python 3.11 or newer, but this is Python "
        + ".".join(str(part) for part in sys.version_info[:3])
        + " ("
        + str(sys.executable)
        + "). Install a newer one, or name one that you have: make demo PYTHON=python3.12\n"
    )
    raise SystemExit(1)

# the checkout instead of this folder, so that the package is found by its name
sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - as above
from bootstrap.targets import run  # noqa: E402 - as above

if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
