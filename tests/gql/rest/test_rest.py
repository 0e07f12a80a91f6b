"""REST over the same compiler and the same way to write: resources, pages, links, and problems with the same codes."""

from __future__ import annotations

from typing import Any

import pytest
from rest_worlds import Rest, problems

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def rest(standing_api: Any) -> Rest:
    """A server with the model, and companies A to D of the sizes 0 to 3."""
    made = await Rest.begun(standing_api)
    for size, name in enumerate("ABCD"):
        await made.company(
            name, size=size, employees={"create": [{"data": {"name": f"Boss of {name}"}, "role": "boss"}]}
        )
    return made


async def test_a_record_is_made_read_changed_thrown_away_and_taken_back(rest: Rest) -> None:
    made = await rest("POST", "/companies", {"name": "Acme", "revenue": {"amount": "12.50", "currency": "EUR"}})
    place = made.headers["location"].removeprefix("/api")
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    assert (await rest("GET", place)).json() == made.json()
    assert made.json()["revenue"] == {"amount": "12.50", "currency": "EUR"}

    changed = await rest("PATCH", place, {"size": 7}, if_match='"1"')
    assert (changed.status_code, changed.headers["etag"], changed.json()["size"]) == (200, '"2"', 7)

    gone = await rest("DELETE", place, if_match='"2"')
    assert (gone.status_code, gone.content) == (204, b"")
    assert problems(await rest("GET", place)) == [("not_found", ["id"])]

    back = await rest("POST", f"{place}/restore")
    assert (back.status_code, back.json()["size"]) == (200, 7)
    await rest("DELETE", place)


async def test_who_changes_another_version_is_told_both_values(rest: Rest) -> None:
    id = await rest.company("Torn", size=1)
    await rest("PATCH", f"/companies/{id}", {"size": 2}, if_match='"1"')

    refused = await rest("PATCH", f"/companies/{id}", {"size": 3}, if_match='"1"')

    assert refused.status_code == 412
    assert problems(refused) == [("version_conflict", ["version"])]
    assert refused.json()["errors"][0]["details"]["fields"] == {"size": {"present": 2, "yours": 3}}
    assert (await rest("GET", f"/companies/{id}?fields=size")).json() == {"size": 2}
    await rest("DELETE", f"/companies/{id}")


async def test_all_problems_of_a_body_come_at_once_with_paths_in_it(rest: Rest) -> None:
    refused = await rest("POST", "/companies", {"founded": "long ago", "employees": {"create": [{"data": {}}]}})

    assert refused.status_code == 422
    assert {tuple(path) for _, path in problems(refused)} == {
        ("name",),
        ("founded",),
        ("employees", "create", 0, "data", "name"),
    }
    assert await rest.listed("/companies?where=name is null") == []


async def test_a_value_of_the_wrong_type_is_told_where_it_is(rest: Rest) -> None:
    refused = await rest("POST", "/companies", {"name": "X", "size": "much", "colour": "red"})

    assert refused.status_code == 400
    assert ("bad_variable", ["size"]) in problems(refused)


async def test_lists_are_filtered_ordered_counted_and_paged_by_the_next_address(rest: Rest) -> None:
    first = await rest("GET", "/companies?where=size>=1 and size<=3&order=-size&first=2&fields=name&count=true")
    second = await rest("GET", first.json()["next"].removeprefix("/api"))

    assert first.json()["items"] == [{"name": "D"}, {"name": "C"}]
    assert first.json()["totalCount"] == 3
    assert first.headers["link"] == f'<{first.json()["next"]}>; rel="next"'
    assert second.json() == {"items": [{"name": "B"}], "next": None, "totalCount": 3}


async def test_fields_lead_along_relations_to_records_and_their_links(rest: Rest) -> None:
    found = await rest.listed("/companies?where=name='A'&fields=name,employees.name,employees.link.role")

    linked = {"items": [{"name": "Boss of A", "link": {"role": "boss"}}], "next": None}
    assert found == [{"name": "A", "employees": linked}]


async def test_everything_wrong_with_an_address_is_told_at_once(rest: Rest) -> None:
    refused = await rest("GET", "/companies?nonsense=1&first=-1&asOf=yesterday&count=perhaps&where=")

    assert refused.status_code == 400
    assert problems(refused) == [
        ("unknown_parameter", ["nonsense"]),
        ("bad_number", ["first"]),
        ("wrong_type", ["asOf"]),
        ("bad_boolean", ["count"]),
        ("empty_parameter", ["where"]),
    ]


@pytest.mark.parametrize(
    ("query", "code", "path"),
    [
        ("where=size>>0", "bad_expression", ["where"]),
        ("order=colour", "unknown_field", ["order"]),
        ("order=revenue.colour", "unknown_field", ["order"]),
        ("fields=name,employees.colour", "unknown_field", ["fields"]),
        ("fields=history", "unknown_field", ["fields"]),
        ("after=nothing", "bad_cursor", []),
        ("first=100000", "page_too_large", []),
        ("search=a&order=name", "bad_parameter", ["order"]),
        ("labels=fa", "bad_parameter", ["labels"]),
        ("format=ndjson&labels=fa", "bad_parameter", ["labels"]),
        ("format=csv&count=true", "bad_parameter", ["count"]),
        ("order=place", "unknown_field", ["order"]),
        ("order=place.direction", "unknown_field", ["order"]),
        ("fields=,", "empty_name", ["fields"]),
        ("order=name,,size", "empty_name", ["order"]),
    ],
)
async def test_what_cannot_be_asked_is_a_bad_request(rest: Rest, query: str, code: str, path: list[str]) -> None:
    refused = await rest("GET", f"/companies?{query}")

    assert (refused.status_code, problems(refused)) == (400, [(code, path)])


async def test_only_keys_that_sort_by_their_name_alone_are_offered(rest: Rest) -> None:
    unknown = (await rest("GET", "/companies?order=colour")).json()["detail"]
    by_distance = (await rest("GET", "/companies?order=place")).json()["detail"]

    offered = unknown.partition("there are: ")[2].rstrip(".").split(", ")
    assert {"name", "size", "createdAt"} <= set(offered)
    assert "place" not in offered
    assert "ask GraphQL" in by_distance
    for name in offered:
        assert (await rest("GET", f"/companies?order={name}")).status_code == (400 if name == "insights" else 200), name


async def test_a_search_finds_what_is_written(rest: Rest) -> None:
    id = await rest.company("Zürich Insurance")

    assert await rest.listed("/companies?search=zurich&fields=name") == [{"name": "Zürich Insurance"}]
    await rest("DELETE", f"/companies/{id}")


async def test_the_past_is_read_by_both_clocks(rest: Rest) -> None:
    id = await rest.company("Old", validFrom="2020-01-01T00:00:00Z", size=1)
    await rest("PATCH", f"/companies/{id}", {"size": 2, "validFrom": "2022-01-01T00:00:00Z"})

    then = await rest("GET", f"/companies/{id}?asOf=2021-06-01T00:00:00Z&fields=size")

    assert (then.json(), "etag" in then.headers) == ({"size": 1}, False)
    assert (await rest("GET", f"/companies/{id}?asOf=2019-01-01T00:00:00Z")).status_code == 404
    await rest("DELETE", f"/companies/{id}")


async def test_links_are_listed_made_changed_ended_and_removed(rest: Rest) -> None:
    id = await rest.company("Linked")
    place = f"/companies/{id}/employees"
    ada = await rest("POST", place, {"data": {"name": "Ada"}, "role": "dev"})
    assert (ada.status_code, ada.json()["name"], ada.json()["link"]["role"]) == (201, "Ada", "dev")
    (bob,) = await rest.listed("/people?where=name='Boss of B'&fields=id")
    linked = await rest("POST", place, {"id": bob["id"], "role": "cto", "validFrom": "2021-01-01T00:00:00Z"})
    link = linked.json()["link"]["id"]
    assert await rest.listed(f"{place}?order=link.role&fields=link.role") == [
        {"link": {"role": "cto"}},
        {"link": {"role": "dev"}},
    ]

    assert (await rest("PATCH", f"{place}/{link}", {"role": "ceo"})).status_code == 204
    assert (await rest("GET", f"{place}/{link}?fields=name,link.role")).json() == {
        "name": "Boss of B",
        "link": {"role": "ceo"},
    }
    assert (await rest("DELETE", f"{place}/{link}")).status_code == 204
    assert (await rest("DELETE", f"{place}/{ada.json()['link']['id']}?end=now")).status_code == 204
    assert await rest.listed(place) == []
    missing = await rest("DELETE", f"{place}/{link}")
    assert (missing.status_code, problems(missing)) == (404, [("not_found", [])])


async def test_a_link_to_nobody_is_unusable_and_to_the_links_of_nobody_not_found(rest: Rest) -> None:
    (a,) = await rest.listed("/companies?where=name='A'&fields=id")
    nobody = "0190f1c2-0000-7000-8000-000000000000"

    unusable = await rest("POST", f"/companies/{a['id']}/employees", {"id": nobody})
    missing = await rest("POST", f"/companies/{nobody}/employees", {"data": {"name": "Eve"}})

    assert (unusable.status_code, problems(unusable)) == (422, [("not_found", [])])
    assert (missing.status_code, problems(missing)) == (404, [("not_found", ["id"]), ("not_found", [])])


async def test_records_found_by_key_are_changed_and_others_created(rest: Rest) -> None:
    one, two = {"taxId": "T1", "name": "One"}, {"taxId": "T2", "name": "Two"}
    await rest("PUT", "/companies?by=taxId", [one])

    answer = await rest("PUT", "/companies?by=taxId&fields=name", [{**one, "name": "Uno"}, two])

    assert answer.json() == {
        "items": [{"name": "Uno"}, {"name": "Two"}],
        "counts": {"created": 1, "updated": 1, "unchanged": 0},
    }
    clash = await rest("POST", "/companies", {"name": "Three", "taxId": "T1"})
    assert (clash.status_code, problems(clash)) == (409, [("not_unique", ["taxId"])])


async def test_the_same_key_does_nothing_twice(rest: Rest) -> None:
    key = {"idempotency_key": "once-and-for-all"}

    first, second = [await rest("POST", "/companies", {"name": "Once"}, **key) for _ in range(2)]
    other = await rest("POST", "/companies", {"name": "Else"}, **key)

    assert first.json() == second.json()
    assert (other.status_code, problems(other)) == (422, [("idempotency_key_reused", ["idempotencyKey"])])

    await rest("DELETE", f"/companies/{first.json()['id']}")
    late = await rest("POST", "/companies", {"name": "Once"}, **key)
    assert (late.status_code, problems(late)) == (404, [("not_found", ["idempotencyKey"])])


@pytest.mark.parametrize("key", ["", '"', "a b", "x" * 201, "schl\u00fcssel"])
async def test_what_is_no_key_is_refused_by_its_header(rest: Rest, key: str) -> None:
    answer = await rest("POST", "/companies", {"name": "Keyless"}, idempotency_key=key.encode("latin-1"))

    assert (answer.status_code, problems(answer)) == (400, [("bad_idempotency_key", ["Idempotency-Key"])])


@pytest.mark.parametrize(
    ("method", "address", "status", "allowed"),
    [
        ("DELETE", "/companies", 405, "GET, POST, PUT, HEAD"),
        ("PUT", "/people", 405, "GET, POST, HEAD"),
        ("GET", "/companies/x/restore", 405, "POST"),
        ("PATCH", "/people/x/friends/y", 405, "GET, DELETE, HEAD"),
        ("GET", "/company", 404, None),
        ("GET", "/companies/", 200, None),
        ("GET", "/companies/x/nothing", 404, None),
        ("GET", "/", 404, None),
    ],
)
async def test_addresses_tell_what_can_be_done(
    rest: Rest, method: str, address: str, status: int, allowed: str | None
) -> None:
    answer = await rest(method, address)

    assert (answer.status_code, answer.headers.get("allow")) == (status, allowed)


async def test_an_id_of_several_lines_is_of_nobody(rest: Rest) -> None:
    answer = await rest("DELETE", "/people/a%0Ab/friends/c%0D%0A")

    assert (answer.status_code, problems(answer)) == (404, [("bad_id", ["id"])])


async def test_an_upsert_by_what_is_no_key_is_told_the_keys(rest: Rest) -> None:
    answer = await rest("PUT", "/companies?by=size", [{"name": "Uno", "size": 1}])

    assert (answer.status_code, problems(answer)) == (400, [("no_key", ["by"])])
    assert "there are: taxId" in answer.json()["detail"]


async def test_strangers_learn_nothing(rest: Rest) -> None:
    for address in ("/companies", "/openapi.json", "/nothing"):
        answer = await rest.api.http.get(f"/api{address}")

        assert (answer.status_code, problems(answer)) == (401, [("not_signed_in", [])])


async def test_the_description_follows_the_model_and_is_tagged(rest: Rest) -> None:
    answer = await rest("GET", "/openapi.json")
    same = await rest("GET", "/openapi.json", if_none_match=answer.headers["etag"])

    assert (same.status_code, same.content) == (304, b"")
    document = answer.json()
    assert document["openapi"] == "3.1.1"
    assert set(document["paths"]["/companies"]) == {"get", "post", "put"}
    assert document["components"]["schemas"]["CompanyDataInput"]["required"] == ["name"]
    company = document["components"]["schemas"]["Company"]["properties"]
    assert company["revenue"]["anyOf"][0] == {"$ref": "#/components/schemas/Money"}
    assert company["size"]["type"] == ["integer", "null"]
