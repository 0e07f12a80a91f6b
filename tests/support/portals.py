"""A web application of somebody else's, on an origin of its own, that puts XRM's elements into its pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PROJECT = Path(__file__).parents[2]
WEB = PROJECT / "web"
EXAMPLE = PROJECT / "examples" / "embedding"
PACKAGES = ("elements", "react")
MOST_S = 120


class Portal:
    """Serves a folder, and gives out the `tokens` it holds: the first one first, the last one again and again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.tokens: list[str] = []
        self.given = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def token(self) -> str:
        self.given += 1
        return self.tokens.pop(0) if len(self.tokens) > 1 else self.tokens[0]


@contextmanager
def opened_portal(folder: Path) -> Iterator[Portal]:
    """The application before its folder, until it is left."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Desk, directory=str(folder)))
    portal = _Desk.portal = Portal(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Desk(SimpleHTTPRequestHandler):
    portal: Portal

    def do_POST(self) -> None:
        """A token for whoever asks: who that is, the application itself would know."""
        body = self.portal.token().encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the run's own output is read by people."""


def put_in(node: Path, folder: Path) -> None:
    """The example with the two npm packages as a registry would hand them over, its types checked and its pages built."""
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    _run(node, WEB, "scripts/packages.mjs")
    modules = folder / "node_modules"
    (modules / "@xrm").mkdir(parents=True)
    for name in PACKAGES:
        _unpacked(node, name, modules / "@xrm" / name)
    for name in ("react", "react-dom", "vite", "@types"):
        (modules / name).symlink_to(WEB / "node_modules" / name, target_is_directory=True)
    _run(node, folder, WEB / "node_modules/typescript/bin/tsc", "--noEmit")
    _run(node, folder, WEB / "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")


def _unpacked(node: Path, name: str, place: Path) -> None:
    npm = node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    _run(node, WEB, npm, "pack", f"./.packages/{name}", "--pack-destination", str(place.parent), "--offline")
    (file,) = place.parent.glob(f"xrm-{name}-*.tgz")
    with tarfile.open(file) as packed:
        packed.extractall(place.parent, filter="data")
    (place.parent / "package").rename(place)


def _run(node: Path, folder: Path, script: Path | str, *arguments: str) -> None:
    done = subprocess.run(
        [str(node), str(script), *arguments], cwd=folder, capture_output=True, text=True, timeout=MOST_S, check=False,
        env={**os.environ, "npm_config_update_notifier": "false"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
