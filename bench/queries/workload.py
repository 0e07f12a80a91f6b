"""The six operations, in XRM's words and in the peer's, and how their answers are seen to be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.queries.graph import BIG, WORDS, Size, identify

Variables = Mapping[str, Any]
X = WORDS[:8]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: what it is for, its two texts, the variables of the n-th request, and how many to send a round."""

    name: str
    about: str
    ours: str
    theirs: str
    variables: Callable[[int, Size], tuple[Variables, Variables]]
    requests: int
    writes: bool = False


def _same(make: Callable[[int, Size], Variables]) -> Callable[[int, Size], tuple[Variables, Variables]]:
    def both(number: int, size: Size) -> tuple[Variables, Variables]:
        values = make(number, size)
        return values, values

    return both


def _new_person(number: int, size: Size) -> tuple[Variables, Variables]:
    company = identify("company", number * 31 % size.companies)
    name, email = f"New {number}", f"m{number}@bench.example"
    theirs = {
        "id": f"m{number}",
        "name": name,
        "email": email,
        "company": {"connect": [{"where": {"node": {"id": {"eq": company}}}}]},
    }
    return {"name": name, "email": email, "company": company}, {"input": [theirs]}


OPERATIONS = (
    Operation(
        "Q1",
        "one person by id, with the company",
        "query Q1($id: ID!) { person(id: $id) { id name email title city company { nodes { id name industry } } } }",
        "query Q1($id: ID!) { people(where: {id: {eq: $id}}) { id name email title city company { id name industry } } }",
        _same(lambda n, size: {"id": identify("person", n * 7919 % size.people)}),
        300,
    ),
    Operation(
        "Q2",
        "the first 50 people by name, each with company and three latest activities",
        "query Q2 { people(first: 50, orderBy: [{name: ASC}]) { nodes { id name email company { nodes { id name } } "
        "activities(first: 3, orderBy: [{node: {date: DESC}}]) { nodes { id kind subject date } } } } }",
        "query Q2 { people(limit: 50, sort: [{name: ASC}]) { id name email company { id name } "
        "activities(limit: 3, sort: [{date: DESC}]) { id kind subject date } } }",
        _same(lambda n, size: {}),
        40,
    ),
    Operation(
        "Q3",
        "a company with 50 people, five activities each, and its deals with their owners",
        "query Q3($id: ID!) { company(id: $id) { id name industry size people(first: 50, orderBy: [{node: {name: ASC}}]) "
        "{ nodes { id name email activities(first: 5, orderBy: [{node: {date: DESC}}]) { nodes { id kind subject date } } } } "
        "deals(first: 1000) { nodes { id name amount stage owner { nodes { id name } } } } } }",
        "query Q3($id: ID!) { companies(where: {id: {eq: $id}}) { id name industry size people(limit: 50, sort: [{name: ASC}]) "
        "{ id name email activities(limit: 5, sort: [{date: DESC}]) { id kind subject date } } "
        "deals { id name amount stage owner { id name } } } }",
        _same(lambda n, size: {"id": identify("company", n * 37 % BIG)}),
        60,
    ),
    Operation(
        "Q4",
        "50 people by name whose company's name begins with a word and who know somebody with a large deal",
        "query Q4($x: String!, $n: Decimal!) { people(first: 50, orderBy: [{name: ASC}], where: "
        "{company: {some: {node: {name: {startsWith: $x}}}}, "
        "knows: {some: {node: {deals: {some: {node: {amount: {gt: $n}}}}}}}}) "
        "{ nodes { id name company { nodes { id name } } } } }",
        "query Q4($x: String!, $n: Int!) { people(limit: 50, sort: [{name: ASC}], where: "
        "{company: {some: {name: {startsWith: $x}}}, knows: {some: {deals: {some: {amount: {gt: $n}}}}}}) "
        "{ id name company { id name } } }",
        _same(lambda n, size: {"x": X[n % len(X)], "n": 90_000}),
        6,
    ),
    Operation(
        "Q5",
        "2,000 people by name, five fields and the company",
        "query Q5 { people(first: 2000, orderBy: [{name: ASC}]) "
        "{ nodes { id name email title city company { nodes { id name } } } } }",
        "query Q5 { people(limit: 2000, sort: [{name: ASC}]) { id name email title city company { id name } } }",
        _same(lambda n, size: {}),
        12,
    ),
    Operation(
        "M1",
        "a new person linked to a company, answered with both",
        "mutation M1($name: String!, $email: String!, $company: ID!) { createPerson(input: {data: "
        "{name: $name, email: $email, company: {link: [{id: $company}]}}}) "
        "{ person { id name company { nodes { id name } } } errors { code message } } }",
        "mutation M1($input: [PersonCreateInput!]!) { createPeople(input: $input) { people { id name company { id name } } } }",
        _new_person,
        60,
        writes=True,
    ),
)


def plain(answer: Any) -> Any:
    """An answer without the wrappings in which the two APIs differ, so that equal data compares equal."""
    if isinstance(answer, dict):
        if set(answer) == {"nodes"}:
            return [plain(node) for node in answer["nodes"]]
        return {key: plain(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [plain(value) for value in answer]
    return str(answer) if isinstance(answer, int) else answer


def same(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Whether two answers to one question hold the same records; lists without an order of their own may differ in it."""
    (one,), (other,) = ours.values(), theirs.values()
    mine, yours = plain(one), plain(other)
    return bool(_sorted(mine if isinstance(mine, list) else [mine]) == _sorted(yours))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((_sorted(inner) for inner in value), key=str)
    return value
