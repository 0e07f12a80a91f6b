"""What holds for every file of the project: no registry's host, no path of one machine, locks that agree."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# put together here, so that this file does not name them
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("maven", "org"),
        ("maven", "apache", "org"),
    )
)
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+?)(?: ; .+)? \\$")


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("this is no git checkout, so nobody knows which files belong to the project")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def pins(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := PIN.match(line))}


def test_no_file_names_a_package_registry() -> None:
    naming = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in committed()
        for host in REGISTRIES
        if host.encode() in path.read_bytes()
    ]

    assert naming == []


def test_no_file_names_the_folder_of_this_checkout() -> None:
    here = f"{ROOT.parent}/".encode()

    assert [str(path.relative_to(ROOT)) for path in committed() if here in path.read_bytes()] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_of_a_lock_is_pinned_by_its_hashes_and_by_nothing_else(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", "\n".join(line for line in text.splitlines() if not line.startswith("#")))

    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


def test_the_lock_for_development_holds_the_one_for_running() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_the_locks_agree_with_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]

    assert {tuple(each.split("==")) for each in wanted} <= set(pins("requirements-dev.lock").items())
    assert {tuple(each.split("==")) for each in project["dependencies"]} <= set(pins("requirements.lock").items())


def test_neomodel_the_driver_and_its_extension_are_of_one_version() -> None:
    found = pins("requirements.lock")

    assert found["neo4j-rust-ext"].startswith(found["neo4j"])
    # its import name would stand in front of our room of the same name
    assert "gql" not in pins("requirements-dev.lock")
