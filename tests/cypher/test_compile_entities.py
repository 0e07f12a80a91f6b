"""Records by any key in one statement: the text states it whole."""

from __future__ import annotations

from cypher import request
from cypher.compile.reads import compile_read
from models.metamodel import EntityType, Field

NAME, CODE = Field("name", "text"), Field("code", "text", unique=True)
SHIP = EntityType("Ship", "Ships", {"name": NAME, "code": CODE})
PORT = EntityType("Port", "Ports", {"name": NAME})
BY_TYPE = {"Ship": (request.Leaf("name", NAME),), "Port": (request.Constant("__typename", "Port"),)}


def test_every_row_is_sought_by_its_id_and_by_each_key_and_stays_in_its_place() -> None:
    asked = request.ReadEntities("_entities", "p0", (request.EntityKey(SHIP, (("code", "k0"),)),), BY_TYPE)

    compiled = compile_read([asked])

    assert str(compiled.query) == (
        "CALL () { UNWIND $p0 AS r1 "
        "OPTIONAL MATCH (e3:Record {id: r1.id}) WHERE r1.type IN labels(e3) "
        "OPTIONAL MATCH (e4:Ship {code: r1.k0}) "
        "WITH r1, coalesce(e3, e4) AS n2 "
        "RETURN collect([CASE WHEN n2 IS NOT NULL THEN "
        "[CASE WHEN n2:Ship THEN ['Ship', n2.name] WHEN n2:Port THEN ['Port'] END] END]) AS c0 } "
        "RETURN c0"
    )
    assert not compiled.uses_now


def test_without_keys_there_is_nothing_to_choose_from() -> None:
    compiled = compile_read([request.ReadEntities("_entities", "p0", (), BY_TYPE)])

    assert "WITH r1, e3 AS n2" in str(compiled.query)
