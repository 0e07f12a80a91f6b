"""YAML as plain data with line numbers; everything that could do harm is refused with its line."""

from __future__ import annotations

import pytest

from packs.document import LONGEST, parse


def test_every_part_of_a_document_knows_its_line() -> None:
    document, faults = parse("name: crm\nfields:\n  - name: x\n    kind: text\n  - {name: y, kind: date}\n")

    assert faults == []
    assert document is not None
    assert document.data == {"name": "crm", "fields": [{"name": "x", "kind": "text"}, {"name": "y", "kind": "date"}]}
    assert document.line(("name",)) == 1
    assert document.line(("fields", 0, "kind")) == 4
    assert document.line(("fields", 1, "kind")) == 5
    assert document.line(("fields", 1, "nothing", "there")) == 5


def test_only_plain_words_are_other_than_text() -> None:
    text = "a: yes\nb: 2026-01-01\nc: 1.5\nd: ~\ne: 'true'\nf: true\ng: no\nh: 1:30\ni: 0x10\nj: -7\nk: .inf\n"

    document, _ = parse(text)

    assert document is not None
    assert document.data == {
        "a": "yes",
        "b": "2026-01-01",
        "c": 1.5,
        "d": None,
        "e": "true",
        "f": True,
        "g": "no",
        "h": "1:30",
        "i": "0x10",
        "j": -7,
        "k": ".inf",
    }


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "key_twice", 3),
        ("a: &x {b: 1}\nc: *x\n", "alias", 2),
        ("&a [*a]", "alias", 1),
        ("a:\n  - !!python/object/apply:os.system ['true']\n", "tag", 2),
        ("a: !include secret.yaml", "tag", 1),
        ("a: 1\n---\nb: 2\n", "several_documents", 2),
        ("? [a, b]\n: 1\n", "bad_key", 1),
        ("a: [1, 2\nb: 3\n", "bad_yaml", 2),
        ("a: 1\n  b: 2\n", "bad_yaml", 2),
        ("a: \x07\n", "bad_yaml", 1),
        ("a: \ud800\n", "bad_yaml", 1),
        ("# nothing\n", "empty_file", 1),
        ("", "empty_file", 1),
        ("[" * 100_000, "too_deep", 1),
        ("{a: " * 100_000, "too_deep", 1),
        ("a" * (LONGEST + 1), "too_large", 1),
    ],
)
def test_what_cannot_be_plain_data_is_refused_on_its_line(text: str, code: str, line: int) -> None:
    document, faults = parse(text)

    assert document is None
    assert [(fault.code, fault.line) for fault in faults] == [(code, line)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("a: 1\na: 3\n", {"name": "'a'"}),
        ("a: &x {b: 1}\nc: *x\n", {"name": "'*x'"}),
        ("a: !include secret.yaml", {"name": "'!include'"}),
        (
            "a: 1\nb\nc: 2\n",
            {
                "why": "could not find expected ':'",
                "case": "because",
                "because": {"code": "yaml", "case": "no_colon", "begun": 2},
            },
        ),
        ("a" * (LONGEST + 1), {"case": "file", "most": LONGEST}),
    ],
)
def test_a_fault_has_the_facts_of_its_sentence(text: str, facts: dict[str, object]) -> None:
    _, (fault,) = parse(text)

    assert fault.facts == facts


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{b}, *{b}]\n" for b, c in zip("abcdefgh", "bcdefghi", strict=True))

    document, faults = parse(bomb)

    assert document is None
    assert [fault.code for fault in faults] == ["alias"]


def test_all_keys_given_twice_are_reported_at_once() -> None:
    _, faults = parse("a: 1\na: 2\nb: {c: 1, c: 2}\n")

    assert [(fault.code, fault.line) for fault in faults] == [("key_twice", 2), ("key_twice", 3)]
