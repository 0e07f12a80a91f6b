"""The program `xrm`, and `python -m xrm`: the command line, loaded where a Ctrl-C already ends it in one word."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command named by the arguments and end the process with its exit code."""
    try:
        from xrm import cli

        cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        raise SystemExit(INTERRUPTED) from None


if __name__ == "__main__":
    main()
