"""The reference page of the field kinds says everything there is to a kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from models.definitions import patch_from_plain
from models.fields import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "fields.md"
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE))


def test_the_page_has_a_section_for_each_kind_in_order() -> None:
    assert sorted(SECTIONS) == sorted(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_section_names_every_option_and_all_it_promises(name: str) -> None:
    options = SECTIONS[name].split("**Options**")[1].splitlines()[0]

    assert all(f"`{option}`" in options for option in KINDS[name].options)
    assert KINDS[name].options or "none" in options
    for part in ("**Takes**", "**Stored**", "**Filters**", "**Example**"):
        assert part in SECTIONS[name]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_an_example_is_a_field_that_can_be_made(name: str) -> None:
    example = re.search(r"\*\*Example\*\* `(.*)`", SECTIONS[name])
    assert example is not None

    field = yaml.safe_load(example[1])
    _, problems = patch_from_plain({"types": [{"name": "Thing", "plural": "Things", "fields": [field]}]})

    assert field["kind"] == name
    assert problems == []


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_filters_named_are_those_there_are(name: str) -> None:
    line = SECTIONS[name].split("**Filters**")[1].splitlines()[0]
    same_as = re.match(r" as `(\w+)`", line)
    listed = SECTIONS[same_as[1]].split("**Filters**")[1].splitlines()[0] if same_as else line
    named = set(re.findall(r"`([a-zA-Z ]+)`", listed)[0].split())

    assert named | {"isNull"} == set(KINDS[name].operators)
