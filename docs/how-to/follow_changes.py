"""Follow all changes of records from the command line: `XRM_TOKEN=… python3 follow_changes.py http://127.0.0.1:8000`.

Each change is one line of JSON on the standard output. After a break it goes on behind the last change it has printed;
a cursor as second argument is where it begins.
"""

# ruff: noqa: INP001 - a program to be copied, no part of a package

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any, NoReturn

QUERY = """
subscription ($after: String) {
  recordChanged(after: $after) { kind type id fields at by cursor record { displayName } }
}
"""
AGAIN_S = 2.0
PASSING = ("unavailable", "rate_limited", "timed_out")
PASSING_STATUSES = (429, 502, 503, 504)


def followed(address: str, token: str, after: str | None) -> Iterator[dict[str, Any]]:
    """The changes behind a cursor, until the stream ends."""
    body = json.dumps({"query": QUERY, "variables": {"after": after}}).encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "text/event-stream",
        "Content-Type": "application/json",
    }
    request = urllib.request.Request(f"{address}/graphql", body, headers)  # noqa: S310  # the address is the user's own
    with urllib.request.urlopen(request, timeout=60) as stream:  # noqa: S310  # the server sends a sign of life every 12 s
        for line in stream:
            if line.startswith(b"data: "):
                answer = json.loads(line[len(b"data: ") :])
                for error in answer.get("errors", ()):
                    raise_of(error)
                yield answer["data"]["recordChanged"]


def raise_of(error: dict[str, Any]) -> NoReturn:
    """What is over soon is a break of the line; all else ends the program."""
    if error["extensions"]["code"] in PASSING:
        raise ConnectionError(error["message"])
    sys.exit(error["message"])


def main() -> None:
    """Follow for ever."""
    address, token = sys.argv[1].rstrip("/"), os.environ["XRM_TOKEN"]
    after = sys.argv[2] if len(sys.argv) > 2 else None
    while True:
        try:
            for change in followed(address, token, after):
                print(json.dumps(change, ensure_ascii=False), flush=True)
                after = change["cursor"]
        except urllib.error.HTTPError as error:
            if error.code not in PASSING_STATUSES:
                sys.exit(f"{address} answered {error.code}; is the token in XRM_TOKEN good?")
            print(f"{address} is too busy or starting ({error.code}); trying again", file=sys.stderr)
        except OSError as error:
            print(f"{address} cannot be reached ({error}); trying again", file=sys.stderr)
        time.sleep(AGAIN_S)


if __name__ == "__main__":
    main()
