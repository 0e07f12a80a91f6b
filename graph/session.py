"""One database of one Neo4j: the driver, reads that answer in one round trip, writes in managed transactions."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    Bookmarks,
    Query,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from cypher.weave import Guarded
from graph import bookmarks
from graph.address import Address
from models.errors import Problem, Rejected, TimedOut, Unavailable

T = TypeVar("T")
Row = list[Any]
Parameters = Mapping[str, Any]

READ, WRITE = "READ", "WRITE"
TIMEOUT_S = 30.0
ANSWER_S = 5.0  # beyond the time of a statement, after which a connection that says nothing is given up
READ_TRIES = 3
POOL = 100
ACQUIRE_S = 20.0
CONNECT_S = 5.0
RETRY_S = 15.0
FIRST_RETRY_S = 0.05
RETRY_JITTER = 0.5
_GONE = "Neo.ClientError.Statement.EntityNotFound"
_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_BAD_BOOKMARK = {f"Neo.ClientError.Transaction.InvalidBookmark{more}" for more in ("", "Mixture")}
_DIVIDED_BY_ZERO = "22012"  # of GQL's status codes
_NEVER_SENT = "Couldn't connect to"  # the driver has one class for all broken connections


class Contested(Exception):
    """Another writer was faster: a constraint holds against this work, or what it touches is gone; nothing is left of it."""


class OutcomeUnknown(Unavailable):
    """The connection broke while the commit was under way; the work may be in the database, whole, or not at all."""

    code = "outcome_unknown"


@dataclass(frozen=True, slots=True)
class Profiled:
    """What a statement answered, and the plan it ran by, with what was estimated and what came."""

    row: Row
    plan: Mapping[str, Any]


class Transaction:
    """An open managed transaction: what runs in it holds together or not at all."""

    def __init__(self, transaction: AsyncManagedTransaction) -> None:
        self._transaction = transaction

    async def run(self, guarded: Guarded, parameters: Parameters) -> list[Row]:
        """Every row of a statement, as lists of values in the order of its RETURN."""
        result = await self._transaction.run(guarded.text, dict(parameters))
        return [list(record.values()) async for record in result]


class Database:
    """A database and the driver that reaches it; statements come in guarded, or not at all."""

    def __init__(self, driver: AsyncDriver, name: str) -> None:
        self.driver = driver
        self.name = name

    @classmethod
    async def connect(cls, address: Address) -> Database:
        """The database at an address, once it answers. Raises Unavailable."""
        driver = AsyncGraphDatabase.driver(
            address.uri,
            auth=(address.username, address.password),
            max_connection_pool_size=POOL,
            connection_acquisition_timeout=ACQUIRE_S,
            connection_timeout=CONNECT_S,
            max_transaction_retry_time=RETRY_S,
            initial_retry_delay=FIRST_RETRY_S,
            retry_delay_jitter_factor=RETRY_JITTER,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
        try:
            await driver.execute_query("RETURN 1", database_=address.database)
        except (DriverError, Neo4jError) as error:
            await driver.close()
            raise unavailable(error, address.uri) from error
        return cls(driver, address.database)

    async def close(self) -> None:
        """Give every connection back."""
        await self.driver.close()

    async def read(self, guarded: Guarded, parameters: Parameters, *, timeout_s: float = TIMEOUT_S) -> Row:
        """The first row of a reading statement; [] when there is none. Raises TimedOut and Unavailable."""
        rows = await self.rows(guarded, parameters, timeout_s=timeout_s)
        return rows[0] if rows else []

    async def profiled(self, guarded: Guarded, parameters: Parameters, *, timeout_s: float = TIMEOUT_S) -> Profiled:
        """The first row of a reading statement made by `weave.profiled`, with its plan. Raises TimedOut and Unavailable."""
        query = Query(guarded.text, timeout=timeout_s)
        try:
            async with asyncio.timeout(timeout_s + ANSWER_S), self._session(READ) as session:
                result = await session.run(query, dict(parameters))
                rows = [list(record.values()) async for record in result]
                summary = await result.consume()
        except TimeoutError as error:
            raise _silent(timeout_s) from error
        except (DriverError, Neo4jError) as error:
            raise translated(error, timeout_s) from error
        return Profiled(rows[0] if rows else [], summary.profile or {})

    async def rows(self, guarded: Guarded, parameters: Parameters, *, timeout_s: float = TIMEOUT_S) -> list[Row]:
        """Every row of a reading statement; tried again when the database says that it may help."""
        query = Query(guarded.text, timeout=timeout_s)
        for tries_left in reversed(range(READ_TRIES)):
            try:
                async with asyncio.timeout(timeout_s + ANSWER_S):
                    return await self._read(query, parameters)
            except TimeoutError as error:
                raise _silent(timeout_s) from error
            except (DriverError, Neo4jError) as error:
                if not tries_left or not error.is_retryable():
                    raise translated(error, timeout_s) from error
            await asyncio.sleep(FIRST_RETRY_S * 2 ** (READ_TRIES - tries_left) * random.random())  # noqa: S311  # spreads retries, keeps no secret
        raise AssertionError("the last try returns or raises")

    async def _read(self, query: Query, parameters: Parameters) -> list[Row]:
        async with self._session(READ) as session:
            result = await session.run(query, dict(parameters))
            return [list(record.values()) async for record in result]

    def _session(self, mode: str = WRITE) -> AsyncSession:
        """A session that sees everything that its caller has written, and goes where a cluster has it go."""
        kept = bookmarks.present()
        seen = Bookmarks.from_raw_values(kept.values) if kept is not None and kept.values else None
        return self.driver.session(database=self.name, fetch_size=-1, default_access_mode=mode, bookmarks=seen)

    async def write(self, work: Callable[[Transaction], Awaitable[T]], *, timeout_s: float = TIMEOUT_S) -> T:
        """What `work` returns, its statements committed together; `work` may run again after a passing failure.

        Raises TimedOut, Unavailable, OutcomeUnknown and Contested; other errors of the database pass through.
        """

        @unit_of_work(timeout=timeout_s)
        async def run(transaction: AsyncManagedTransaction) -> T:
            return await work(Transaction(transaction))

        try:
            async with asyncio.timeout(timeout_s + RETRY_S + ANSWER_S), self._session() as session:
                done = await session.execute_write(run)
                await _keep(session)
                return done
        except TimeoutError as error:
            raise _unknown() from error
        except (DriverError, Neo4jError) as error:
            problem = translated(error, timeout_s)
            if problem is error:
                raise
            raise problem from error

    async def write_one(self, guarded: Guarded, parameters: Parameters, *, timeout_s: float = TIMEOUT_S) -> Row:
        """The one row of a statement, which is committed when it comes to its end: one round trip for everything.

        The statement must see for itself whether it may be committed, and divide by zero when it may not. Then, and
        when another writer is in the way, it raises Contested: nothing is left of it, and it may be tried again.
        Raises TimedOut, Unavailable and OutcomeUnknown; other errors of the database pass through.
        """
        query = Query(guarded.text, timeout=timeout_s)
        try:
            async with asyncio.timeout(timeout_s + ANSWER_S), self._session() as session:
                result = await session.run(query, dict(parameters))
                (row,) = [list(record.values()) async for record in result]
                await _keep(session)
                return row
        except TimeoutError as error:
            raise _unknown() from error
        except (DriverError, Neo4jError) as error:
            problem = _ended(error, timeout_s)
            if problem is error:
                raise
            raise problem from error


async def _keep(session: AsyncSession) -> None:
    """Let whoever wrote see it in what they read next, wherever it is read."""
    kept = bookmarks.present()
    if kept is not None:
        kept.moved_to((await session.last_bookmarks()).raw_values)


def _ended(error: DriverError | Neo4jError, timeout_s: float) -> Exception:
    """What an error means for a statement that commits with its end: the connection may have broken after that."""
    if isinstance(error, TransientError) or (isinstance(error, Neo4jError) and error.gql_status == _DIVIDED_BY_ZERO):
        return Contested(str(error))
    if isinstance(error, ServiceUnavailable | SessionExpired) and not str(error).startswith(_NEVER_SENT):
        return _unknown()
    return translated(error, timeout_s)


def _silent(timeout_s: float) -> TimedOut:
    return TimedOut(
        f"The database said nothing for {timeout_s:g} s and longer; the connection was given up. Try again."
    )


def _unknown() -> OutcomeUnknown:
    return OutcomeUnknown("The connection to Neo4j broke during a commit; look whether the change is there.")


def translated(error: DriverError | Neo4jError, timeout_s: float) -> Exception:
    """Our own error where it is known what happened, else the error itself."""
    if isinstance(error, IncompleteCommit):
        return _unknown()
    if isinstance(error, ConstraintError) or (isinstance(error, Neo4jError) and error.code == _GONE):
        return Contested(str(error))
    if isinstance(error, Neo4jError) and error.code in _BAD_BOOKMARK:
        return Rejected([Problem("bad_bookmark", "This bookmark is none of this database's; ask without it.")])
    if isinstance(error, TransientError):
        return Unavailable("The database is too busy with other changes to the same records; try again.")
    if isinstance(error, Neo4jError) and (error.code or "").startswith(_TIMED_OUT):
        return TimedOut(f"It took longer than {timeout_s:g} s and was stopped, in the database too. Ask for less.")
    if isinstance(error, ServiceUnavailable) or (isinstance(error, DriverError) and error.is_retryable()):
        return unavailable(error)
    return error


def unavailable(error: Exception, uri: str = "") -> Unavailable:
    """The one sentence for a database that cannot be used."""
    place = f" at {uri}" if uri else ""
    if isinstance(error, AuthError):
        return Unavailable(
            f"The Neo4j{place} refuses the user name or password; check NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    if isinstance(error, ClientError):
        return Unavailable(f"The Neo4j{place} refuses to work: {error.message}. Check NEO4J_DATABASE.")
    return Unavailable(
        f"The Neo4j{place} does not answer. Check that it runs and that NEO4J_URI is right; try again then."
    )
