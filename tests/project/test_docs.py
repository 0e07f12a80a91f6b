"""The docs: every setting and command is in them, every link leads somewhere, what is made by the program is up to date."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from graph.embedded import NEO4J_VERSION
from xrm import reference

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@pytest.mark.parametrize("page", sorted(reference.pages()))
def test_the_page_is_what_the_program_says_of_itself(page: str) -> None:
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")

    assert written == reference.pages()[page], "Run `make reference` and commit what it writes."


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    broken = [link for link in LINK.findall(text) if not leads(page, link)]

    assert broken == []


def leads(page: Path, link: str) -> bool:
    """Whether a link has a target in the project; addresses of the web are not asked."""
    if "://" in link or link.startswith("mailto:"):
        return True
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or anchor in {slug(each) for each in HEADING.findall(target.read_text(encoding="utf-8"))}


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_target_of_make_is_in_the_docs() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)

    assert targets is not None
    assert [target for target in targets[1].split() if f"make {target}" not in text] == []


def test_the_licence_of_every_dependency_is_told() -> None:
    lines = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines()
    names = {line.split("==")[0] for line in lines if re.match(r"[a-z0-9]", line)}
    told = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")

    assert sorted(name for name in names if f"| {name} |" not in told) == []
    assert f"Neo4j Community {NEO4J_VERSION}" in told
    assert distribution("xrm").metadata["License-Expression"] == "Apache-2.0"
