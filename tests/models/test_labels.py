"""What people read in the place of names for programs, and refusals that speak of fields so."""

from __future__ import annotations

from typing import Any

import pytest

from models.drafts.values import FieldReader
from models.errors import Problem
from models.labels import heading
from models.metamodel import Field

FIELDS = {
    "headcount": Field("headcount", "integer", options={"min": 0}, labels={"en": {"other": "number of people"}}),
    "endDate": Field("endDate", "date", required=True),
    "number": Field("number", "text", read_only=True),
}


@pytest.mark.parametrize(
    ("name", "labels", "read"),
    [
        ("headcount", {"en": {"other": "number of people"}}, "Number of people"),
        ("endDate", {}, "End date"),
        ("WORKS_AT", {}, "Works at"),
        ("isoURL", {}, "IsoURL"),
        ("endDate", {"fa": {"other": "پایان"}}, "End date"),
    ],
)
def test_a_heading_is_the_label_or_the_name_in_words(name: str, labels: Any, read: str) -> None:
    assert heading(name, labels) == read


def test_a_refusal_names_its_field_by_label_and_tells_programs_which_it_is() -> None:
    refused: list[Problem] = []

    FieldReader("Firm", FIELDS, refused.append).new({"headcount": -1, "number": "7"}, ("data",), ())

    assert [(each.message.partition(" ")[0], each.path, each.details["ofField"]) for each in refused] == [
        ("Number", ("data", "headcount"), {"owner": "Firm", "field": "headcount"}),
        ("Number", ("data", "number"), {"owner": "Firm", "field": "number"}),
        ("End", ("data", "endDate"), {"owner": "Firm", "field": "endDate"}),
    ]
    assert refused[0].message.startswith("Number of people: At least 0")
    assert refused[2].message == "End date needs a value."
