"""The set-up behind make, run as a user would: each trouble is one sentence with a cure, and the next start goes on."""

from __future__ import annotations

import ast
import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bootstrap import children, environment, failures
from bootstrap.progress import Progress

ROOT = Path(__file__).parents[2]
NOBODY = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1", "PIP_FIND_LINKS": "", "PIP_NO_INDEX": "0"}
# a build backend in the project itself, so that these tests need no package at all
BACKEND = """
import zipfile
def build_editable(folder, config=None, metadata=None):
    with zipfile.ZipFile(folder + "/small-1.0-py3-none-any.whl", "w") as wheel:
        info = "small-1.0.dist-info/"
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: small\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return "small-1.0-py3-none-any.whl"
"""
BENCH = """
import os, sys, time
import needed
print("running", os.getpid(), *sys.argv[1:], flush=True)
time.sleep(float(os.environ.get("NAP_S", "0")))
raise SystemExit(7)
"""


class Small:
    """A project of one module that needs one package, which lies in a folder instead of a registry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        shutil.copytree(ROOT / "bootstrap", folder / "bootstrap", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "pyproject.toml").write_text(
            '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n', encoding="utf-8"
        )
        (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
        for program in ("bench", "xrm"):
            (folder / f"{program}.py").write_text(BENCH, encoding="utf-8")
        self.need("1.0")

    def need(self, version: str, *, sha256: str = "") -> None:
        wheel = self.wheels / f"needed-{version}-py3-none-any.whl"
        info = f"needed-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr("needed.py", f"VERSION = {version!r}\n")
            file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: needed\nVersion: {version}\n")
            file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            file.writestr(f"{info}/RECORD", "")
        found = sha256 or hashlib.sha256(wheel.read_bytes()).hexdigest()
        for lock in (environment.RUN, environment.DEVELOP):
            text = f"needed=={version} \\\n    --hash=sha256:{found}\n"
            (self.folder / lock).write_text(text, encoding="utf-8")

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        near = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return subprocess.Popen(
            [sys.executable, "bootstrap", *arguments],
            cwd=self.folder,
            env={**os.environ, **near, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **variables: str) -> tuple[int, str, str]:
        with self.start(*arguments, **variables) as process:
            told, noted = process.communicate()
        return process.returncode, told, noted


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A project that has been started once, for tests that leave its environment as it is."""
    made = Small(tmp_path_factory.mktemp("ready"))
    assert made.run("bench")[0] == 7
    return made


def test_a_first_start_that_failed_is_gone_on_with_and_a_second_one_is_quick_and_offline(small: Small) -> None:
    code, told, noted = small.run("bench", **NOBODY)
    assert (code, told) == (1, "")
    assert "The package registry cannot be reached. Check the network connection and proxy" in noted
    assert "the next start goes on from here" in noted
    assert "Traceback" not in noted
    made = (small.folder / ".venv" / "pyvenv.cfg").stat().st_mtime_ns

    code, told, noted = small.run("bench", "--fast")
    assert (code, told.split()[0], told.split()[2]) == (7, "running", "--fast")
    assert (small.folder / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made

    code, told, noted = small.run("bench", **NOBODY)
    assert (code, noted) == (7, "")

    small.need("2.0", sha256="0" * 64)
    code, told, noted = small.run("bench")
    assert code == 1
    assert "is not the one XRM was released with (its SHA-256 differs)" in noted

    small.need("2.0")
    code, told, noted = small.run("bench")
    assert code == 7
    assert "Fetching the Python packages" in noted


def test_the_demo_runs_in_the_environment_that_was_made_for_it(ready: Small) -> None:
    code, told, _ = ready.run("demo", "--size", "2")

    assert (code, told.split()[2:]) == (7, ["demo", "--size", "2"])


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_stops_what_was_started(ready: Small, sent: signal.Signals, code: int) -> None:
    with ready.start("bench", NAP_S="600") as process:
        assert process.stdout is not None
        child = int(process.stdout.readline().split()[1])
        process.send_signal(sent)
        _, noted = process.communicate(timeout=60)

    assert process.returncode == code
    assert noted.endswith("Stopped.\n")
    assert not Path(f"/proc/{child}").exists()


def test_ctrl_c_while_a_program_is_being_started_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    class Interrupted(subprocess.Popen[str]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            begun.append(self)
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    handler = signal.getsignal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        children.run([sys.executable, "-c", "import time; time.sleep(600)"], folder=tmp_path)

    assert [each.returncode is None for each in begun] == [False]
    assert signal.getsignal(signal.SIGINT) == handler


def test_ctrl_c_during_the_set_up_leaves_nothing_running(small: Small) -> None:
    with small.start("bench", **NOBODY, PIP_DEFAULT_TIMEOUT="60") as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

    assert process.returncode == 130
    assert not [each for each in Path("/proc").glob("[0-9]*/cmdline") if str(small.folder) in words(each)]
    assert small.run("bench")[0] == 7


def words(cmdline: Path) -> str:
    try:
        return cmdline.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def test_two_starts_at_once_make_one_environment(small: Small) -> None:
    with small.start("bench") as first, small.start("bench") as second:
        noted = [process.communicate(timeout=300)[1] for process in (first, second)]

    assert (first.returncode, second.returncode) == (7, 7)
    assert sum("Making a Python environment" in each for each in noted) == 1
    assert sum("Waiting for another start" in each for each in noted) == 1


def test_an_environment_that_was_moved_is_made_anew(small: Small, tmp_path: Path) -> None:
    assert small.run("bench")[0] == 7
    moved = tmp_path.parent / f"{tmp_path.name}-moved"
    small.folder.rename(moved)
    small.folder, small.wheels = moved, moved / "wheels"

    code, _, noted = small.run("bench")

    assert code == 7
    assert "Making a Python environment" in noted


def test_an_unknown_target_is_answered_with_the_known_ones(small: Small) -> None:
    code, _, noted = small.run("dmo")

    assert code == 2
    assert noted.startswith("There is no target 'dmo'. Choose one of: demo, test, check, bench, soak")


def test_an_old_python_understands_the_door_and_is_refused(small: Small) -> None:
    door = (ROOT / "bootstrap" / "__main__.py").read_text(encoding="utf-8")
    ast.parse(door, feature_version=(3, 4))
    pretended = "import runpy, sys; sys.version_info = (3, 9, 1); runpy.run_path('bootstrap', run_name='__main__')"

    done = subprocess.run([sys.executable, "-c", pretended], cwd=small.folder, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.startswith("XRM needs Python 3.11 or newer, but this is Python 3.9.1 (")
    assert done.stderr.endswith("make demo PYTHON=python3.12\n")


def test_a_python_without_the_venv_module_is_told_what_to_install(small: Small) -> None:
    pretended = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['bootstrap', 'bench'];"
        "runpy.run_path('bootstrap', run_name='__main__')"
    )

    done = subprocess.run([sys.executable, "-c", pretended], cwd=small.folder, capture_output=True, text=True)

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 1
    assert done.stderr.endswith(f"On Debian and Ubuntu install them with: apt-get install python{version}-venv\n")


def test_a_full_disk_is_noticed_before_anything_is_made(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))

    with pytest.raises(failures.DiskFull, match=r"The disk is full: .*\.venv needs about 600 MB\. Make room there"):
        environment.ensure(small.folder, environment.RUN, Progress())

    assert not (small.folder / ".venv").exists()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full: "),
        ("Retrying (Retry(total=4 …\nNo matching distribution found", "The package registry cannot be reached."),
        ("ERROR: No matching distribution found for jpype1==1.7.1", "The package registry has no ready-made package"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE", "A package that came from the registry is not the one"),
        ("something else", "The Python packages could not be installed. pip's own words are in LOG."),
    ],
)
def test_what_pip_says_becomes_one_sentence(output: str, sentence: str) -> None:
    assert str(failures.of_pip(output, folder="FOLDER", log="LOG")).startswith(sentence)


def test_errors_of_the_system_become_one_sentence() -> None:
    full = failures.of_system(OSError(errno.ENOSPC, "No space left on device", "x"), folder="FOLDER")
    closed = failures.of_system(PermissionError(errno.EACCES, "Permission denied", "FOLDER/.venv"), folder="FOLDER")

    assert str(full).startswith("The disk is full: FOLDER")
    assert str(closed) == "FOLDER/.venv cannot be used: Permission denied. Mend that and start again."
