"""Constraints and indexes brought into the database: those of the fixed graph, and those that the model asks for."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from neo4j import AsyncManagedTransaction
from neo4j.exceptions import ClientError, DriverError, Neo4jError
from neomodel import AsyncStructuredNode

from cypher import schema, weave
from cypher.schema import Index
from graph.session import Database, translated
from models.actor import SYSTEM
from models.metamodel import Metamodel
from models.nodes import model as model_nodes
from models.nodes import people as people_nodes
from models.search import meaning

BATCH = 20  # commands a transaction; each holds the lock of its label until the commit
TRIES = 5
TIMEOUT_S = 600.0
ONLINE_S = 600
_RACED = "Neo.ClientError.Schema."  # another process made or dropped the same thing at the same moment
_ONLINE = "CALL db.awaitIndexes($seconds)"


@cache
def fixed_names() -> frozenset[str]:
    """The names of every constraint and index of the fixed graph."""
    return frozenset(map(_name_in, _fixed_commands()))


async def install_fixed(database: Database) -> None:
    """Every constraint and index of the fixed graph is there and online; nothing is done where they are already."""
    if not fixed_names() <= await _present(database):
        await _run(database, _fixed_commands())
        await online(database)


async def install_constraints(database: Database, model: Metamodel) -> None:
    """The uniqueness that a model asks for holds from now on. Raises the database's error where duplicates are there."""
    present = await _present(database)
    wanted = [index for index in schema.derived(model).values() if index.constraint and index.name not in present]
    await _constrain(database, wanted, present)


async def reconcile(database: Database, model: Metamodel) -> int:
    """The uniqueness the model asks for holds, and what it no longer asks for is gone; how many indexes are missing."""
    wanted, present = schema.derived(model), await _present(database)
    ours = {
        name for name in present if name.startswith(schema.PREFIXES) and schema.scored_type(name) not in model.types
    }
    gone = ours - wanted.keys() - fixed_names()
    missing = [index for name, index in wanted.items() if name not in present]
    await _run(database, [schema.dropped(name) for name in sorted(gone)])
    await _constrain(database, [index for index in missing if index.constraint], present - gone)
    return len([index for index in missing if not index.constraint])


async def build_indexes(database: Database, model: Metamodel) -> None:
    """Every index the model asks for is there and online. They make reads faster, never other than they are."""
    present = await _present(database)
    await _run(database, [index.create for name, index in schema.derived(model).items() if name not in present])
    await online(database)


async def build_score_indexes(database: Database, type_name: str, engine: str) -> None:
    """The indexes on an engine's main scores of a type's records are there and online; the first run for them makes them."""
    wanted, present = schema.of_insights(type_name, engine), await _present(database)
    if missing := [index.create for name, index in wanted.items() if name not in present]:
        await _run(database, missing)
        await online(database)


async def build_meaning_index(database: Database, size: int, *, anew: bool) -> None:
    """The index on vectors is there and online; `anew` when those there are of another model."""
    index = schema.of_meanings(meaning.KEY, size)
    await _run(database, [*([index.drop] if anew else ()), index.create])
    await online(database)


async def barrier(database: Database, label: str, *, of_relation: bool) -> None:
    """Wait for every transaction that was writing nodes or links of this label when we came."""
    index = schema.barrier(label, of_relation=of_relation)
    await _run(database, [index.create])
    await _run(database, [index.drop])


async def online(database: Database) -> None:
    """Every index is populated."""

    async def wait(transaction: AsyncManagedTransaction) -> None:
        await (await transaction.run(_ONLINE, {"seconds": ONLINE_S})).consume()

    async with database.driver.session(database=database.name) as session:
        await session.execute_read(wait)


async def _present(database: Database) -> set[str]:
    rows = await database.rows(weave.fixed("index_names", SYSTEM), {})
    return {name for name, *_ in rows}


async def _constrain(database: Database, wanted: Iterable[Index], present: Container[str]) -> None:
    """Make constraints, after the indexes that are in their way have gone: Neo4j wants that in transactions of their own."""
    indexes = list(wanted)
    await _run(database, [schema.dropped(each.replaces) for each in indexes if each.replaces in present])
    await _run(database, [each.create for each in indexes])


async def _run(database: Database, commands: Iterable[str]) -> None:
    """The commands, several to a transaction, tried again where another process was doing the same."""
    waiting = iter(commands)
    while batch := list(islice(waiting, BATCH)):
        for last in (False,) * (TRIES - 1) + (True,):
            try:
                await _transaction(database, batch)
                break
            except ClientError as error:
                if last or not (error.code or "").startswith(_RACED):
                    raise
            except (DriverError, Neo4jError) as error:
                raise translated(error, TIMEOUT_S) from error


async def _transaction(database: Database, commands: Sequence[str]) -> None:
    async def run(transaction: AsyncManagedTransaction) -> None:
        for command in commands:
            await (await transaction.run(command)).consume()

    async with database.driver.session(database=database.name) as session:
        await session.execute_write(run)


def _fixed_commands() -> list[str]:
    return [*schema.fixed(), *(index.create for index in _of_classes(_classes()))]


def _classes() -> Iterator[type[AsyncStructuredNode]]:
    for module in (model_nodes, people_nodes):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, AsyncStructuredNode) and value is not AsyncStructuredNode:
                yield value


def _of_classes(classes: Iterable[type[AsyncStructuredNode]]) -> Iterator[Index]:
    """What neomodel classes declare: `unique_index` is a constraint, `index` a range index."""
    for kind in classes:
        for name, prop in kind.defined_properties(aliases=False, rels=False).items():
            key = prop.get_db_property_name(name)
            if prop.unique_index:
                yield schema.unique(kind.__label__, (key,))
            elif prop.index:
                yield schema.of_records(kind.__label__, (key,))


def _name_in(command: str) -> str:
    """The name of what a command makes: it stands before IF NOT EXISTS."""
    return command.partition(" IF NOT EXISTS")[0].split()[-1].strip("`")
