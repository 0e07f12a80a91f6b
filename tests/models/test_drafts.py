"""Plain data into commands: values, links from both ends, and every problem under its path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from types import MappingProxyType
from typing import Any

import pytest

from models.commands import (
    CreateLink,
    CreateRecord,
    DeleteRecord,
    EndLink,
    EnsureLink,
    Unlink,
    UpdateLink,
    UpdateRecord,
    UpsertRecord,
)
from models.drafts import MOST_COMMANDS, MOST_DEPTH, MOST_PROBLEMS, Draft
from models.fields.money import Money
from models.keys import keys_of
from models.metamodel import Direction, End, EntityType, Field, Metamodel, RelationType, Validity

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PAST = datetime(2026, 1, 1, tzinfo=UTC)
AHEAD = datetime(2027, 1, 1, tzinfo=UTC)
ADA = "01900000-0000-7000-8000-00000000000a"
BOB = "01900000-0000-7000-8000-00000000000b"
LINK = "01900000-0000-7000-8000-0000000000ff"


def of(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


COMPANY = EntityType(
    "Company",
    "Companies",
    of(
        Field("name", "text", required=True),
        Field("taxId", "text"),
        Field("country", "text"),
        Field("code", "text", unique=True),
        Field("revenue", "money", options={"currency": "EUR"}),
        Field("status", "choice", default="prospect", options={"choices": [{"value": "prospect"}, {"value": "won"}]}),
        Field("score", "integer", read_only=True),
        Field("size", "integer"),
    ),
    natural_keys=(("taxId", "country"),),
)
PERSON = EntityType("Person", "People", of(Field("name", "text", required=True), Field("email", "email")))
NOTE = EntityType("Note", "Notes", of(Field("text", "longText")))
WORKS_AT = RelationType(
    "WORKS_AT",
    End(("Person",), "employers"),
    End(("Company",), "employees"),
    of(Field("role", "text"), Field("since", "date"), Field("share", "percent", default="100")),
    validity=Validity.OVERLAPS,
)
KNOWS = RelationType("KNOWS", End(("Person",), "friends"), End(("Person",), "friends"), symmetric=True)
ABOUT = RelationType("ABOUT", End(("Note",), "subjects"), End(("Company", "Person"), "notes"))
MODEL = Metamodel(
    1,
    MappingProxyType({kind.name: kind for kind in (COMPANY, PERSON, NOTE)}),
    MappingProxyType({relation.name: relation for relation in (WORKS_AT, KNOWS, ABOUT)}),
)


@pytest.fixture
def draft() -> Draft:
    numbers = count(1)
    return Draft(MODEL, now=NOW, new_id=lambda: f"new-{next(numbers)}")


def found(draft: Draft) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.path) for problem in draft.problems]


# new records


def test_values_become_canonical_and_defaults_are_filled_in(draft: Draft) -> None:
    given = {"name": " Ada & Sons ", "revenue": {"amount": "12.50"}, "size": 7}

    id = draft.create(COMPANY, given, ("data",))

    values = {"name": "Ada & Sons", "revenue": Money(Decimal("12.50"), "EUR"), "size": 7, "status": "prospect"}
    assert draft.problems == ()
    assert draft.commands == [CreateRecord("Company", "new-1", values, ("data",))]
    assert id == "new-1"


def test_null_leaves_a_new_field_empty_in_spite_of_its_default(draft: Draft) -> None:
    draft.create(COMPANY, {"name": "Ada", "status": None})

    assert draft.commands == [CreateRecord("Company", "new-1", {"name": "Ada"})]


def test_everything_wrong_is_found_at_once_each_under_its_path(draft: Draft) -> None:
    given = {
        "taxId": 5,
        "score": 3,
        "status": "lost",
        "colour": "red",
        "revenue": {"amount": "1.234"},
        "employees": {
            "link": [{"id": ADA, "role": 1}, {"id": "x"}, {}],
            "create": [{"data": {"name": "Eve", "email": "no"}, "since": "soon"}, {"data": None}],
            "remove": [],
        },
    }

    draft.create(COMPANY, given, ("data",))

    assert found(draft) == [
        ("wrong_type", ("data", "taxId")),
        ("read_only", ("data", "score")),
        ("no_choice", ("data", "status")),
        ("unknown_field", ("data", "colour")),
        ("too_precise", ("data", "revenue")),
        ("required", ("data", "name")),
        ("wrong_type", ("data", "employees", "link", 0, "role")),
        ("bad_id", ("data", "employees", "link", 1, "id")),
        ("required", ("data", "employees", "link", 2, "id")),
        ("bad_email", ("data", "employees", "create", 0, "data", "email")),
        ("wrong_type", ("data", "employees", "create", 0, "since")),
        ("required", ("data", "employees", "create", 1)),
        ("unknown_field", ("data", "employees", "remove")),
    ]


def test_a_value_that_was_given_and_is_wrong_is_not_also_missing(draft: Draft) -> None:
    draft.create(COMPANY, {"name": 5})

    assert found(draft) == [("wrong_type", ("name",))]


@pytest.mark.parametrize("given", [None, 5, "text", [], [{}], True])
def test_data_that_is_no_object_is_refused(draft: Draft, given: Any) -> None:
    id = draft.create(COMPANY, given, ("data",))

    assert id is None
    assert found(draft) == [("wrong_type", ("data",))]
    assert draft.commands == []


def test_a_near_name_is_suggested(draft: Draft) -> None:
    draft.create(COMPANY, {"name": "Ada", "emploees": None})

    assert draft.problems[0].message == "Company has no field 'emploees'. Did you mean 'employees'?"


# links of new records


def test_a_link_runs_from_source_to_target_whichever_end_it_is_made_at(draft: Draft) -> None:
    draft.create(COMPANY, {"name": "Acme", "employees": {"link": [{"id": ADA, "role": "CEO"}]}})
    draft.create(PERSON, {"name": "Bob", "employers": {"link": [{"id": ADA}]}})

    links = [command for command in draft.commands if isinstance(command, CreateLink)]
    assert [(link.source, link.target) for link in links] == [(ADA, "new-1"), ("new-3", ADA)]
    assert links[0].values == {"role": "CEO", "share": Decimal("100.00")}
    assert links[0].path == ("employees", "link", 0)


def test_records_created_inside_each_other_are_linked(draft: Draft) -> None:
    friend = {"data": {"name": "Cleo"}}
    person = {"name": "Bob", "friends": {"create": [friend]}}

    draft.create(COMPANY, {"name": "Acme", "employees": {"create": [{"data": person, "since": "2026-01-01"}]}})

    acme, bob, cleo, knows, works = draft.commands
    assert [command.id for command in (acme, bob, cleo)] == ["new-1", "new-2", "new-3"]  # type: ignore[union-attr]
    assert isinstance(knows, CreateLink)
    assert (knows.source, knows.target, knows.relation) == ("new-2", "new-3", "KNOWS")
    assert isinstance(works, CreateLink)
    assert (works.source, works.target, works.values["since"]) == ("new-2", "new-1", date(2026, 1, 1))
    assert cleo.path == ("employees", "create", 0, "data", "friends", "create", 0, "data")


def test_of_several_far_types_exactly_one_is_created(draft: Draft) -> None:
    wanted = [{"company": {"name": "Acme"}}, {"person": {"name": "Bob"}}, {}, {"company": {}, "person": {}}]

    draft.create(NOTE, {"subjects": {"create": wanted}})

    made = [command.type for command in draft.commands if isinstance(command, CreateRecord)]
    assert made == ["Note", "Company", "Person"]
    assert found(draft) == [("required", ("subjects", "create", 2)), ("ambiguous", ("subjects", "create", 3))]
    assert "company or person" in draft.problems[0].message


def test_a_relation_without_validity_takes_no_times(draft: Draft) -> None:
    draft.create(PERSON, {"name": "Bob", "friends": {"link": [{"id": ADA, "validFrom": "2026-01-01T00:00:00Z"}]}})

    assert found(draft) == [("unknown_field", ("friends", "link", 0, "validFrom"))]


def test_a_link_holds_from_and_to_the_times_given(draft: Draft) -> None:
    times = {"validFrom": "2026-01-01T00:00:00Z", "validTo": "2027-01-01T03:00:00+03:00"}

    draft.create(COMPANY, {"name": "Acme", "employees": {"link": [{"id": ADA, **times}]}})

    link = draft.commands[1]
    assert isinstance(link, CreateLink)
    assert (link.valid_from, link.valid_to) == (PAST, AHEAD)


def test_a_link_that_would_end_before_it_begins_is_refused(draft: Draft) -> None:
    times = {"validFrom": "2027-01-01T00:00:00Z", "validTo": "2026-01-01T00:00:00Z"}

    draft.create(COMPANY, {"name": "Acme", "employees": {"link": [{"id": ADA, **times}]}})

    assert found(draft) == [("bad_times", ("employees", "link", 0, "validTo"))]


def test_new_records_lie_in_each_other_only_so_deep(draft: Draft) -> None:
    given: dict[str, Any] = {"name": "last"}
    for _ in range(MOST_DEPTH + 1):
        given = {"name": "outer", "friends": {"create": [{"data": given}]}}

    draft.create(PERSON, given)

    assert [problem.code for problem in draft.problems] == ["too_deep"]
    assert len(draft.problems[0].path) == 4 * (MOST_DEPTH + 1)


# changes


def test_null_clears_a_field_and_what_is_left_out_stays(draft: Draft) -> None:
    draft.update(COMPANY, ADA, {"size": None, "taxId": "7"}, version=3, path=("data",), id_path=("id",))

    assert draft.problems == ()
    assert draft.commands == [UpdateRecord("Company", ADA, {"size": None, "taxId": "7"}, 3, ("data",))]


def test_a_required_field_cannot_be_cleared(draft: Draft) -> None:
    draft.update(COMPANY, ADA, {"name": None}, path=("data",))

    assert found(draft) == [("required", ("data", "name"))]


def test_links_are_made_changed_ended_and_removed_in_one_change(draft: Draft) -> None:
    wanted = {
        "link": [{"id": BOB}],
        "update": [{"linkId": LINK, "role": None, "share": "50"}],
        "end": [{"linkId": LINK}, {"linkId": LINK, "at": "2026-01-01T00:00:00Z"}],
        "unlink": [{"linkId": LINK}, {"id": BOB}],
    }

    draft.update(COMPANY, ADA, {"employees": wanted})

    assert draft.problems == ()
    assert draft.commands[1:] == [
        CreateLink("WORKS_AT", "new-1", BOB, ADA, {"share": Decimal("100.00")}, path=("employees", "link", 0)),
        UpdateLink("WORKS_AT", LINK, {"role": None, "share": Decimal("50.00")}, ADA, path=("employees", "update", 0)),
        EndLink("WORKS_AT", LINK, NOW, ADA, ("employees", "end", 0)),
        EndLink("WORKS_AT", LINK, PAST, ADA, ("employees", "end", 1)),
        Unlink("WORKS_AT", LINK, ADA, None, ("employees", "unlink", 0)),
        Unlink("WORKS_AT", None, ADA, BOB, ("employees", "unlink", 1), direction=Direction.IN),
    ]


def test_null_takes_a_bound_of_a_link_away_and_what_is_left_out_stays(draft: Draft) -> None:
    wanted = [{"linkId": LINK, "validTo": None}, {"linkId": LINK, "validFrom": None, "validTo": "2027-01-01T00:00:00Z"}]

    draft.update(COMPANY, ADA, {"employees": {"update": wanted}})

    assert draft.problems == ()
    assert draft.commands[1:] == [
        UpdateLink("WORKS_AT", LINK, {}, ADA, path=("employees", "update", 0), open=("validTo",)),
        UpdateLink("WORKS_AT", LINK, {}, ADA, None, AHEAD, ("employees", "update", 1), open=("validFrom",)),
    ]


def test_a_link_is_removed_by_its_id_or_by_the_far_record_never_by_both(draft: Draft) -> None:
    draft.update(PERSON, ADA, {"friends": {"unlink": [{}, {"linkId": LINK, "id": BOB}, {"linkId": "x"}]}})

    assert found(draft) == [
        ("required", ("friends", "unlink", 0)),
        ("ambiguous", ("friends", "unlink", 1)),
        ("bad_id", ("friends", "unlink", 2, "linkId")),
    ]


def test_links_that_hold_for_no_time_cannot_end(draft: Draft) -> None:
    draft.update(PERSON, ADA, {"friends": {"end": [{"linkId": LINK}]}})

    assert found(draft) == [("no_validity", ("friends", "end"))]


def test_one_record_is_changed_once_in_a_request(draft: Draft) -> None:
    draft.update(COMPANY, ADA, {"size": 1}, path=("data", 0, "data"), id_path=("data", 0, "id"))
    draft.update(COMPANY, ADA, {"size": 2}, path=("data", 1, "data"), id_path=("data", 1, "id"))
    draft.delete(COMPANY, BOB, path=("ids", 0))
    draft.delete(COMPANY, BOB, path=("ids", 1))

    assert found(draft) == [("duplicate", ("data", 1, "id")), ("duplicate", ("ids", 1))]
    assert "data.0.id" in draft.problems[0].message


@pytest.mark.parametrize("id", [None, 7, "", "Ada", "01900000-0000-4000-8000-00000000000a"])
def test_what_is_no_id_is_refused(draft: Draft, id: Any) -> None:
    draft.delete(COMPANY, id, path=("id",))
    draft.restore(COMPANY, id, ("id",))
    draft.erase(COMPANY, id, ("id",))
    draft.update(COMPANY, id, {}, id_path=("id",))

    assert [path for _, path in found(draft)] == [("id",)] * 4
    assert draft.commands == []


def test_a_delete_carries_the_version_that_was_read(draft: Draft) -> None:
    draft.delete(COMPANY, ADA, version=4, path=("id",))

    assert draft.commands == [DeleteRecord("Company", ADA, 4, ("id",))]


# upserts


def test_keys_are_the_natural_keys_then_the_unique_fields() -> None:
    assert keys_of(COMPANY) == (("taxId", "country"), ("code",))
    assert keys_of(PERSON) == ()


def test_an_upsert_ensures_its_links(draft: Draft) -> None:
    key = draft.key(COMPANY, ["country", "taxId"])
    assert key == ("taxId", "country")

    given = {"name": "Acme", "taxId": "7", "country": "NL", "size": None, "employees": {"link": [{"id": ADA}]}}
    draft.upsert(COMPANY, key, given, ("data", 0))

    values = {"name": "Acme", "taxId": "7", "country": "NL", "size": None}
    assert draft.problems == ()
    assert draft.commands == [
        UpsertRecord("Company", "new-1", key, values, {"status": "prospect"}, ("data", 0)),
        EnsureLink(
            "WORKS_AT", "new-2", ADA, "new-1", {"share": Decimal("100.00")}, path=("data", 0, "employees", "link", 0)
        ),
    ]


@pytest.mark.parametrize("by", [["taxId"], ["name"], [], ["taxId", "country", "code"], ["nothing"]])
def test_fields_that_name_no_single_record_are_no_key(draft: Draft, by: list[str]) -> None:
    assert draft.key(COMPANY, by, ("by",)) is None
    assert found(draft) == [("no_key", ("by",))]
    assert "taxId + country; code" in draft.problems[0].message


def test_an_upsert_needs_its_key_and_what_a_new_record_needs(draft: Draft) -> None:
    draft.upsert(COMPANY, ("taxId", "country"), {"country": None}, ("data", 0))

    assert found(draft) == [
        ("required", ("data", 0, "name")),
        ("required", ("data", 0, "taxId")),
        ("required", ("data", 0, "country")),
    ]


def test_an_upsert_creates_no_records_at_the_other_ends(draft: Draft) -> None:
    given = {"name": "Acme", "code": "A", "employees": {"create": [{"data": {"name": "Bob"}}]}}

    draft.upsert(COMPANY, ("code",), given)

    assert found(draft) == [("unknown_field", ("employees", "create"))]


def test_two_upserts_with_one_key_contradict_each_other(draft: Draft) -> None:
    for place, revenue in enumerate(("1", "2")):
        draft.upsert(COMPANY, ("code",), {"name": "A", "code": "X", "revenue": revenue}, ("data", place))

    assert found(draft) == [("duplicate", ("data", 1))]


# bounds


def test_problems_are_listed_up_to_a_bound_and_counted_beyond(draft: Draft) -> None:
    for place in range(MOST_PROBLEMS + 5):
        draft.create(COMPANY, {}, ("data", place))

    assert len(draft.problems) == MOST_PROBLEMS + 1
    assert draft.problems[-1].code == "too_many_problems"
    assert draft.problems[-1].message.startswith("5 more problems")


def test_one_request_makes_only_so_many_changes() -> None:
    draft = Draft(MODEL, now=NOW, new_id=lambda: "new")
    links = [{"id": ADA}] * MOST_COMMANDS

    draft.create(PERSON, {"name": "Bob", "friends": {"link": links}})

    assert [problem.code for problem in draft.problems] == ["too_many"]


def test_ten_thousand_records_are_read_with_one_look_at_each_value() -> None:
    looks = count()
    draft = Draft(MODEL, now=NOW)
    reader = draft._reader(COMPANY)
    reader._coerce["name"] = counted(reader._coerce["name"], looks)

    for place in range(10_000):
        draft.create(COMPANY, {"name": f"Company {place}", "size": place}, ("data", place))

    assert len(draft.commands) == 10_000
    assert next(looks) == 10_000


def counted(coerce: Callable[..., Any], looks: count[int]) -> Callable[..., Any]:
    def look(field: Field, given: Any) -> Any:
        next(looks)
        return coerce(field, given)

    return look
