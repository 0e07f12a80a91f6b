"""What the model deprecates: `@deprecated` wherever the API has it, its uses counted, its end told with the reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLNamedType, print_schema
from served_models import until_served
from small_worlds import COMPANY, KNOWS, OWNS, PERSON, THING, WORKS_AT

from gql.breaks import breaks
from gql.editions import Edition
from gql.execute.deprecated import DeprecatedUses
from gql.execute.documents import document
from gql.execute.limits import Limits
from gql.schema import build_schema, complete
from models.actor import SYSTEM
from models.api_breaks import ApiBreak
from models.definitions import patch_from_plain, patched
from models.metamodel import Metamodel

pytestmark = pytest.mark.anyio

WORTH, THINGS, ROLE = "Use revenue.", "Use products.", "Say it in words."
KEYED = replace(
    COMPANY,
    natural_keys=(("worth",),),
    fields={**COMPANY.fields, "worth": replace(COMPANY.fields["worth"], deprecated=WORTH)},
)
LINKED = replace(
    WORKS_AT,
    source=replace(WORKS_AT.source, deprecated="Use jobs."),
    fields={**WORKS_AT.fields, "role": replace(WORKS_AT.fields["role"], deprecated=ROLE)},
)
KNOWN = replace(KNOWS, source=replace(KNOWS.source, deprecated="x"), target=replace(KNOWS.target, deprecated="x"))
AGED = replace(PERSON, fields={**PERSON.fields, "age": replace(PERSON.fields["age"], deprecated="Use born.")})
DEPRECATING = Metamodel(
    2,
    {"Company": KEYED, "Person": AGED, "Thing": replace(THING, deprecated=THINGS)},
    {"WORKS_AT": LINKED, "KNOWS": KNOWN, "OWNS": OWNS},
)


def reasons(kind: GraphQLNamedType) -> dict[str, str]:
    entries: Any = kind.values if isinstance(kind, GraphQLEnumType) else getattr(kind, "fields", {})
    return {
        f"{kind.name}.{name}": one.deprecation_reason
        for name, one in entries.items()
        if one.deprecation_reason is not None
    }


def test_everything_that_stands_for_it_is_deprecated_and_nothing_else() -> None:
    schema = complete(build_schema(DEPRECATING, None))

    found = {place: why for kind in schema.type_map.values() for place, why in reasons(kind).items()}

    of_worth = {place for place, why in found.items() if why == WORTH}
    assert {place for place in of_worth if not place.startswith(("Person", "Thing", "Company"))} == set()
    assert of_worth >= {
        "Company.worth",
        "CompanyFilter.worth",
        "CompanyOrder.worth",
        "CompanyDataInput.worth",
        "CompanyChangesInput.worth",
        "CompanyUpsertInput.worth",
        "CompanyKeyInput.worth",
        "CompanyAggregate.worth",
        "CompanyGroupedBy.worth",
        "CompanyGroupedHaving.worth",
        "CompanyGroupedOrder.worth",
    }
    assert {place for place, why in found.items() if why == THINGS} == {
        *(f"{root}.{field}" for root in ("Query", "Subscription") for field in ("thing", "things")),
        "Subscription.thingChanged",
        *(f"Mutation.{verb}{name}" for verb in ("create", "update", "delete") for name in ("Thing", "Things")),
        "Mutation.restoreThing",
        "Mutation.eraseThing",
        "RecordOfTypeFilter.thing",
        "OwnsLinkCreateInput.thing",
    }
    assert {place for place, why in found.items() if why == ROLE} >= {"EmployeesLink.role", "EmployersLink.role"}
    assert {place for place, why in found.items() if why == "Use jobs."} >= {
        "Person.employers",
        "PersonFilter.employers",
    }
    assert "Company.employees" not in found
    assert found["RelationName.KNOWS"] == "x"
    assert "RelationName.WORKS_AT" not in found
    assert not any(
        isinstance(kind, GraphQLInputObjectType) and entry.deprecation_reason and str(entry.type).endswith("!")
        for kind in schema.type_map.values()
        for entry in getattr(kind, "fields", {}).values()
    )
    assert f'worth: Money @deprecated(reason: "{WORTH}")' in print_schema(schema)


def test_each_operation_that_uses_something_is_counted_once_for_it() -> None:
    edition, uses = Edition(DEPRECATING, build_schema(DEPRECATING, None)), DeprecatedUses()

    def ask(text: str, **given: Any) -> None:
        known = document(text, edition.schema, edition.plans, Limits())
        uses.note(edition, text, known, known.operation(None), given, SYSTEM)

    for _ in range(2):
        ask(
            "{ companies { nodes { ...F worth { amount } } } } fragment F on Company { employees { edges { link { role } } } }"
        )
    ask("{ companies(where: {worth: {isNull: true}}) { totalCount } things { totalCount } }")
    ask("query($w: [PersonOrder!]) { people(orderBy: $w) { totalCount } }", w=[{"name": "ASC"}])
    ask(
        "mutation($i: UpsertCompaniesInput!) { upsertCompanies(input: $i) { changeSet } }",
        i={"by": ["worth"], "data": [{"name": "A", "worth": {"amount": "1"}}, {"worth": None}]},
    )

    assert uses.counts == {
        "Company.worth": 2,
        "EmployeesLink.role": 2,
        "CompanyFilter.worth": 1,
        "Query.things": 1,
        "CompanyUpsertInput.worth": 1,
        "CompanyKeyInput.worth": 1,
    }


def test_the_end_of_something_deprecated_is_told_with_the_reason_that_clients_were_given() -> None:
    patch, problems = patch_from_plain({"drop": {"fields": ["Person.age", "Person.pay"]}})
    model, more = patched(DEPRECATING, patch)
    assert (problems, more) == ([], [])

    told = breaks(DEPRECATING, model)

    assert ApiBreak("FIELD_REMOVED", "Field Person.age was removed. It was deprecated: Use born.") in told
    assert ApiBreak("FIELD_REMOVED", "Field Person.pay was removed.") in told


APPLY = "mutation($input: ApplyModelInput!) { applyModel(input: $input) { errors { code message } } }"
FAX = {
    "name": "Fax",
    "plural": "Faxes",
    "deprecated": "Nobody sends any.",
    "fields": [{"name": "number", "kind": "text", "deprecated": "Use phone."}, {"name": "phone", "kind": "text"}],
}
TO = {
    "name": "ANSWERS",
    "source": {"types": ["Fax"], "field": "answers", "deprecated": "Nobody answers."},
    "target": {"types": ["Fax"], "field": "answeredBy"},
}


async def test_a_deprecation_made_through_the_api_is_served_kept_and_its_uses_are_in_the_metrics(api: Any) -> None:
    applied = (await api.ask(APPLY, input={"types": [FAX], "relations": [TO]})).json()["data"]["applyModel"]
    await until_served(api, 1)

    shown = (
        await api.ask("""{
          model {
            types { deprecated fields { name deprecated } relations { name deprecated } }
            relations { source { deprecated } target { deprecated } }
          }
          hidden: __type(name: "Fax") { fields { name } }
          whole: __type(name: "Fax") { fields(includeDeprecated: true) { name isDeprecated deprecationReason } }
        }""")
    ).json()["data"]
    await api.ask("{ faxes { nodes { number } } }")
    metrics = (await api.http.get("/metrics", headers=api.bearer())).text

    assert applied == {"errors": []}
    assert shown["model"] == {
        "types": [
            {
                "deprecated": "Nobody sends any.",
                "fields": [{"name": "number", "deprecated": "Use phone."}, {"name": "phone", "deprecated": None}],
                "relations": [
                    {"name": "answers", "deprecated": "Nobody answers."},
                    {"name": "answeredBy", "deprecated": None},
                ],
            }
        ],
        "relations": [{"source": {"deprecated": "Nobody answers."}, "target": {"deprecated": None}}],
    }
    assert not {"number", "answers"} & {field["name"] for field in shown["hidden"]["fields"]}
    assert {"name": "number", "isDeprecated": True, "deprecationReason": "Use phone."} in shown["whole"]["fields"]
    for coordinate in ("Query.faxes", "Fax.number"):
        assert f'graphql_server_deprecated_uses_total{{coordinate="{coordinate}",process_pid=' in metrics
