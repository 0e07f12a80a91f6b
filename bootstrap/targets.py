"""The targets of the Makefile: what each needs, and what it hands over to."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bootstrap import children, environment, examples, failures, locks, node, web
from bootstrap.failures import Failure
from bootstrap.progress import Progress

PROJECT = Path(__file__).resolve().parent.parent
TESTED_AT_ONCE = 2
SLOWEST_TOLD = 25
FAILED, NOT_UNDERSTOOD, INTERRUPTED, TERMINATED = 1, 2, 130, 143
ROOMS = ("models", "cypher", "graph", "gql", "xrm", "exchange", "packs", "analytics", "bench", "bootstrap")

# What `check` asks, in this order; all (or the ones named) are asked, so that one run shows everything.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "style": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy", *(part for room in ROOMS for part in ("-p", room))),
    "storeys": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    "docs": ("-m", "pytest", "-q", "tests/project"),
    "web": ("-m", "pytest", "-q", "tests/web/test_web_sources.py"),
}


class Terminated(BaseException):
    """Somebody asked the process to end (SIGTERM)."""

    @classmethod
    def raised(cls, *_: object) -> None:
        """Raise it, as a signal handler."""
        raise cls


def run(arguments: Sequence[str]) -> int:
    """Set up what the target needs and run it; the exit code is the target's own, 130 after Ctrl-C."""
    target, *rest = arguments or ("",)
    if target not in TARGETS:
        sys.stderr.write(f"There is no target {target!r}. Choose one of: {', '.join(TARGETS)}.\n")
        return NOT_UNDERSTOOD
    signal.signal(signal.SIGTERM, Terminated.raised)
    progress = Progress()
    try:
        return TARGETS[target](progress, rest)
    except Failure as failure:
        return _tell(progress, str(failure), FAILED)
    except OSError as error:
        return _tell(progress, str(failures.of_system(error, folder=str(PROJECT))), FAILED)
    except KeyboardInterrupt:
        return _tell(progress, "Stopped.", INTERRUPTED)
    except Terminated:
        return _tell(progress, "Stopped.", TERMINATED)


def _demo(progress: Progress, rest: Sequence[str]) -> int:
    """Become the demo: from here on it is XRM that answers to Ctrl-C."""
    folder = environment.ensure(PROJECT, environment.RUN, progress)
    # the whole path, also as the program's own name: Python looks there for the environment it belongs to
    python = str(folder / "bin" / "python")
    if web.is_to_be_built(PROJECT):
        children.beside([python, "-m", "xrm.preparing"], folder=PROJECT)
    web.ensure(PROJECT, folder, progress)
    sys.stdout.flush()
    os.chdir(PROJECT)
    os.execv(python, [python, "-m", "xrm", "demo", *rest])  # noqa: S606 - no shell is wanted


def _pytest(*options: str) -> Callable[[Progress, Sequence[str]], int]:
    def target(progress: Progress, rest: Sequence[str]) -> int:
        folder = environment.ensure(PROJECT, environment.DEVELOP, progress)
        node.ensure(PROJECT, folder, progress)
        examples.ensure(PROJECT, folder, progress)
        web.ensure(PROJECT, folder, progress)
        return _python(folder, "-m", "pytest", *_side_by_side(), *options, *rest)

    return target


def _side_by_side() -> tuple[str, ...]:
    """Files of tests run beside each other, each process with a Neo4j of its own; one that is named is used by one process."""
    if os.environ.get("XRM_TEST_NEO4J_URI") or (os.cpu_count() or 1) < TESTED_AT_ONCE:
        return ()
    return ("-n", str(TESTED_AT_ONCE), "--dist", "loadfile", "--no-loadscope-reorder", f"--durations={SLOWEST_TOLD}")


def _program(*command: str) -> Callable[[Progress, Sequence[str]], int]:
    """A target that runs one program of the environment."""

    def target(progress: Progress, rest: Sequence[str]) -> int:
        return _python(environment.ensure(PROJECT, environment.DEVELOP, progress), *command, *rest)

    return target


def _check(progress: Progress, rest: Sequence[str]) -> int:
    folder = environment.ensure(PROJECT, environment.DEVELOP, progress)
    if not rest or "web" in rest:
        web.ensure(PROJECT, folder, progress)
    codes = {}
    for question, command in QUESTIONS.items():
        if rest and question not in rest:
            continue
        sys.stdout.write(f"── {question}\n")
        sys.stdout.flush()
        codes[question] = _python(folder, *command)
    failed = [question for question, code in codes.items() if code]
    sys.stdout.write(f"To mend: {', '.join(failed)}.\n" if failed else "All checks passed.\n")
    return FAILED if failed else 0


def _lock(progress: Progress, rest: Sequence[str]) -> int:  # noqa: ARG001 - as every target
    locks.remake(PROJECT, progress)
    return 0


def _python(folder: Path, *command: str) -> int:
    return children.run([str(folder / "bin" / "python"), *command], folder=PROJECT)


def _tell(progress: Progress, sentence: str, code: int) -> int:
    progress.end()
    sys.stderr.write(sentence + "\n")
    return code


TARGETS: Mapping[str, Callable[[Progress, Sequence[str]], int]] = {
    "demo": _demo,
    "test": _pytest(),
    "check": _check,
    "bench": _program("-m", "bench"),
    "soak": _pytest("--soak"),
    "reference": _program("-m", "xrm.reference", "docs/reference"),
    "lock": _lock,
}
