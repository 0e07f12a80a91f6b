"""What can go wrong before XRM itself runs, each as one sentence with its cure."""

from __future__ import annotations

import errno

GO_ON = "the next start goes on from here"


class Failure(Exception):
    """The set-up cannot go on; the message says why and what to do."""


class NoVenv(Failure):
    """This Python came without the modules that make environments, as Debian's does."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"This Python cannot make environments: its modules venv and ensurepip are missing. On Debian and Ubuntu "
            f"install them with: apt-get install python{version}-venv"
        )


class DiskFull(Failure):
    """No room for the environment."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"The disk is full: {folder} needs about 600 MB. Make room there; {GO_ON}.")


DIFFERENT = (
    "A package that came from the registry is not the one XRM was released with (its SHA-256 differs), so nothing of it "
    "was installed. Try again; if it stays so, use another registry in pip's configuration."
)
UNREACHABLE = (
    "The package registry cannot be reached. Check the network connection and proxy, or name a mirror in pip's "
    f"configuration (python3 -m pip config); {GO_ON}."
)
NOT_READY_MADE = (
    "The package registry has no ready-made package for this Python and this machine. Use another Python "
    "(make demo PYTHON=python3.12), or another registry in pip's configuration."
)
# What pip's output contains, and the sentence for it; the first that matches counts.
CAUSES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("DO NOT MATCH THE HASHES",), DIFFERENT),
    (("Retrying (Retry(", "Connection aborted", "Read timed out", "CERTIFICATE_VERIFY_FAILED"), UNREACHABLE),
    (("No matching distribution found", "Could not find a version"), NOT_READY_MADE),
)


def of_pip(output: str, *, folder: str, log: str) -> Failure:
    """The failure that this output of pip means."""
    if any(sign in output for sign in ("No space left on device", "Disk quota exceeded")):
        return DiskFull(folder)
    for signs, sentence in CAUSES:
        if any(sign in output for sign in signs):
            return Failure(f"{sentence} pip's own words are in {log}.")
    return Failure(f"The Python packages could not be installed. pip's own words are in {log}.")


def of_system(error: OSError, *, folder: str) -> Failure:
    """The failure that this error of the operating system means."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(folder)
    return Failure(f"{error.filename or folder} cannot be used: {error.strerror or error}. Mend that and start again.")
