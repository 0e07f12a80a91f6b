"""The profile of a type that nobody declared one for: plain rules, also for a type made a minute ago."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from models.metamodel import EMPTY, End, EntityType, Field, Metamodel, RelationType
from models.profiles import Happening, Kpi, Measure, Profile, Role, Unfinished, profile_of


def fields(*given: Field) -> MappingProxyType[str, Field]:
    return MappingProxyType({field.name: field for field in given})


STATE = Field("state", "choice", options={"choices": ({"value": "open"}, {"value": "done"}, {"value": "waiting"})})
STUDENT = EntityType(
    "Student",
    "Students",
    fields(
        Field("name", "text"),
        Field("born", "date", personal=True),
        Field("grade", "choice", options={"choices": ({"value": "a"},)}),
        Field("secret", "choice", options={"choices": ({"value": "a"},)}, sensitive=True),
    ),
)
LESSON = EntityType("Lesson", "Lessons", fields(Field("planned", "date"), Field("at", "dateTime", required=True)))
FEE = EntityType("Fee", "Fees", fields(Field("billedOn", "date"), Field("paidOn", "date"), Field("sum", "money")))
TASK = EntityType("Task", "Tasks", fields(STATE, Field("due", "date")))
PARENT = EntityType("Parent", "Parents", fields(Field("born", "date", personal=True)))
RELATIONS = (
    RelationType("ATTENDS", End(("Student",), "lessons"), End(("Lesson",), "students")),
    RelationType("OWES", End(("Student",), "fees"), End(("Fee",), "student", most=1)),
    RelationType("ABOUT", End(("Task", "Lesson"), "about"), End(("Student",), "matters")),
    RelationType("TUTORS", End(("Student",), "pupils"), End(("Student",), "tutor", most=1)),
    RelationType("HAS", End(("Student",), "parents"), End(("Parent",), "children")),
    RelationType("NEXT", End(("Student",), "nextLesson", most=1), End(("Lesson",), "nextOf")),
)
TYPES = (STUDENT, LESSON, FEE, TASK, PARENT)
MODEL = Metamodel(1, {each.name: each for each in TYPES}, {each.name: each for each in RELATIONS})


def test_each_relation_to_something_with_a_date_is_a_signal() -> None:
    signals = profile_of(MODEL, "Student").signals

    assert [(one.name, one.path, one.type, one.role, one.time, one.value) for one in signals] == [
        ("lessons", ("lessons",), "Lesson", Role.CONTACT, "at", None),
        ("fees", ("fees",), "Fee", Role.BUSINESS, "billedOn", "sum"),
        ("mattersTask", ("matters",), "Task", Role.CONTACT, "due", None),
        ("mattersLesson", ("matters",), "Lesson", Role.CONTACT, "at", None),
    ]


def test_figures_follow_from_the_signals() -> None:
    kpis = profile_of(MODEL, "Student").kpis

    assert [(kpi.name, kpi.measure) for kpi in kpis if kpi.signal == "fees"] == [
        ("feesCount", "count"),
        ("feesLast", "last"),
        ("feesSum", "sum"),
    ]


def test_where_nothing_has_a_date_the_making_of_linked_records_is_contact() -> None:
    signals = profile_of(MODEL, "Parent").signals

    assert [(one.name, one.time, one.role) for one in signals] == [("children", "createdAt", Role.CONTACT)]


def test_a_type_without_relations_has_no_signals() -> None:
    alone = Metamodel(1, {"Note": EntityType("Note", "Notes", fields(Field("on", "date")))}, {})

    assert profile_of(alone, "Note") == Profile("Note", view=profile_of(alone, "Note").view)
    assert profile_of(alone, "Note").view.headline == ("on",)


def test_a_type_whose_profile_is_declared_is_no_event() -> None:
    model = Metamodel(1, MODEL.types, MODEL.relations, {"Lesson": Profile("Lesson")})

    assert [one.name for one in profile_of(model, "Student").signals] == ["fees", "mattersTask"]


def test_the_view_is_complete_and_shows_nothing_sensitive() -> None:
    view = profile_of(MODEL, "Student").view

    assert view.headline == ("grade", "born", "name")
    assert view.sections == ("lessons", "fees", "matters", "pupils", "tutor", "parents", "nextLesson")
    assert Happening(("fees",), "Fee", "billedOn") in view.timeline
    assert view.unfinished == (Unfinished(("matters",), "Task", "state", ("open", "waiting"), "due"),)


def test_a_declared_profile_is_kept_and_its_view_filled_in() -> None:
    declared = Profile("Student", kpis=(Kpi("a", "b", Measure.COUNT),))
    found = profile_of(Metamodel(1, MODEL.types, MODEL.relations, {"Student": declared}), "Student")

    assert (found.signals, found.kpis) == ((), declared.kpis)
    assert found.view.sections == profile_of(MODEL, "Student").view.sections


def test_an_unknown_type_has_none() -> None:
    with pytest.raises(KeyError):
        profile_of(EMPTY, "Student")
