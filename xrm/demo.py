"""The demo organisation: packs, people and the sample, brought into a database once and found there ever after."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cypher import weave
from graph import passwords, people, runs
from graph.address import Address
from graph.admission import Admission
from graph.registry import Registry
from graph.session import Database
from models.actor import SYSTEM
from models.errors import Rejected, XrmError
from models.metamodel import Metamodel
from models.people import new_password
from models.runs import ALL_TYPES, RunRequest, Schedule
from models.scores import ENGINES
from packs.installing import OnConflict, install
from packs.requirements import gather
from packs.sample import loading
from packs.sample.parameters import Parameters

PACKS = ("crm", "trade")
ADMINISTRATOR, ANALYST = "admin", "analyst"
TOKEN_LASTS = timedelta(days=365)
CHANGED = "(the one you set)"
AFTER_CHANGES, AFTER_MINUTES = 1_000, 24 * 60  # when scores are made anew
Progress = Callable[[str, float | None], None]


class OtherData(XrmError):
    """The database holds records that the demo did not make; nothing was changed."""

    code = "other_data"


class SecretsUnusable(XrmError):
    """The folder of passwords and tokens cannot be read or written."""

    code = "secrets_unusable"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is needed to use the demo: who may sign in, and the administrator's token for programs."""

    passwords: dict[str, str]
    token: str
    sample: Parameters
    written: int


async def prepare(address: Address, home: Path, parameters: Parameters, progress: Progress) -> Prepared:
    """Bring in whatever of the demo is missing, step by step; a run that was killed is gone on with.

    Raises OtherData where there are records of somebody else's, SecretsUnusable, and Unavailable.
    """
    progress("Opening the model", None)
    database = await Database.connect(address)
    try:
        # a Neo4j that has just started plans each first statement for long: what a later start asks is asked at once
        registry, _, token, administrator, analyst = await asyncio.gather(
            Registry.open(database),
            _refuse_other_data(database, parameters),
            _valid_token(database, home),
            _known(database, home, ADMINISTRATOR),
            _known(database, home, ANALYST),
        )
        progress("Installing the packs crm and trade", None)
        await _install(registry)
        progress("Adding the people of the demo", None)
        passwords_of = {
            ADMINISTRATOR: administrator or await _add(database, home, ADMINISTRATOR),
            ANALYST: analyst or await _add(database, home, ANALYST),
        }
        token = token or await _new_token(database, home)
        loaded = await _load(database, registry.model, parameters, progress)
        await _schedule(database)
        return Prepared(passwords_of, token, loaded.parameters, loaded.written)
    finally:
        await database.close()


async def _refuse_other_data(database: Database, parameters: Parameters) -> None:
    if await loading.begun(database, SYSTEM, parameters) is not None:
        return
    if await database.read(weave.fixed("any_record", SYSTEM), {}):
        raise OtherData(
            "This database holds records that are not the demo's, and the demo would mix its own among them. Set XRM_HOME "
            "to another folder for the demo (or NEO4J_URI to another database), or run `xrm serve` for what is here."
        )


async def _install(registry: Registry) -> None:
    """Packs that are in stay as the user has made them since."""
    model = registry.model
    if set(PACKS) <= {kind.pack for kind in model.types.values()}:
        return
    packs, problems = gather(PACKS)
    if problems:
        raise Rejected(problems)
    await install(registry, SYSTEM, packs, on_conflict=OnConflict.KEEP)


async def _known(database: Database, home: Path, name: str) -> str:
    """The password of a person of the demo who is there already, as far as it is known; "" for one to be added."""
    found = await people.find_user(database, name)
    if found is None:
        return ""
    password = _kept(_secret_of(home, name))
    return password if password and await passwords.matches(password, found[1]) else CHANGED


async def _add(database: Database, home: Path, name: str) -> str:
    """Add a person of the demo; the password is kept before it is used."""
    file = _secret_of(home, name)
    password = _kept(file)
    if not password:
        password = new_password()
        _keep(file, password)
    await people.add_user(database, name, password, now=datetime.now(UTC), administrator=name == ADMINISTRATOR)
    return password


async def _valid_token(database: Database, home: Path) -> str:
    """The kept token of the administrator while it lets in, else ""."""
    token = _kept(_secret_of(home, "token"))
    return token if token and await Admission(database).by_token(token) is not None else ""


async def _new_token(database: Database, home: Path) -> str:
    token = await people.create_token(database, ADMINISTRATOR, now=datetime.now(UTC), lasts=TOKEN_LASTS, called="Demo")
    _keep(_secret_of(home, "token"), token)
    return token


def _secret_of(home: Path, name: str) -> Path:
    return home / "secrets" / f"demo-{name}"


async def _load(database: Database, model: Metamodel, parameters: Parameters, progress: Progress) -> loading.Loaded:
    def report(now: loading.Progress) -> None:
        progress("Loading the sample organisation", now.done / now.total)

    progress("Looking for the sample organisation", None)
    return await loading.load(database, model, SYSTEM, parameters, report=report)


async def _schedule(database: Database) -> None:
    """Every engine runs once the server works, and again after many changes or a day; what was set since stays."""
    if await runs.schedules(database, SYSTEM) or await runs.runs(database, SYSTEM, first=1):
        return
    for engine in ENGINES:
        rule = Schedule(RunRequest(engine, ALL_TYPES), after_changes=AFTER_CHANGES, after_minutes=AFTER_MINUTES)
        await runs.schedule(database, SYSTEM, rule)


def _kept(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SecretsUnusable(f"{file} cannot be read ({error}). Mend its rights, or take it away.") from error


def _keep(file: Path, secret: str) -> None:
    """Write a secret whole or not at all, for the owner's eyes only."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
            opened.write(secret + "\n")
        part.replace(file)
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror}). Make XRM_HOME writable, or set it to another folder."
        raise SecretsUnusable(message) from error
