"""Every setting of XRM, in one documented class; the only place that reads the environment."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

import platformdirs

from models.documents import Mode
from models.errors import Problem, Rejected

LOG_FORMATS = ("text", "json")
SWITCH = ("on", "off")
NEO4J_SCHEMES = tuple(f"{name}{tls}://" for name in ("bolt", "neo4j") for tls in ("", "+s", "+ssc"))
FILE_SUFFIX = "_FILE"
# as browsers send it in `Origin`: the scheme, the host in lower case, a port unless it is the scheme's own
_HOST = r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])"
_ORIGIN = re.compile(rf"https://{_HOST}(?::(?!443\Z)\d{{1,5}})?|http://{_HOST}(?::(?!80\Z)\d{{1,5}})?")


class BadSettings(Rejected):
    """One or more settings cannot be used; nothing was started."""

    code = "bad_settings"


def _setting(name: str, says: str, *, default: Any = "", secret: bool = False) -> Any:
    """A setting read from the environment variable `name`; a secret may also come from the file named in `name`_FILE."""
    return field(default=default, repr=not secret, metadata=_facts(name, says, default=str(default), secret=secret))


def _facts(name: str, says: str, *, default: str, secret: bool = False) -> Mapping[str, Any]:
    return {"name": name, "help": says, "default": default, "secret": secret}


def _home() -> Path:
    return platformdirs.user_data_path("xrm", appauthor=False)


def _cache() -> Path:
    return platformdirs.user_cache_path("xrm", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside; `load` reads it, `xrm doctor` shows it with the secrets masked."""

    home: Path = field(
        default_factory=_home,
        metadata=_facts(
            "XRM_HOME",
            "Data folder: the private Neo4j, secrets, logs, kept files.",
            default="the platform's folder for user data",
        ),
    )
    cache: Path = field(
        default_factory=_cache,
        metadata=_facts(
            "XRM_CACHE",
            "Folder for downloads that all checkouts share.",
            default="the platform's folder for user caches",
        ),
    )
    host: str = _setting("XRM_HOST", "Address the server listens on.", default="127.0.0.1")
    port: int = _setting("XRM_PORT", "Port the server listens on, 1 to 65535.", default=8000)
    workers: int = _setting("XRM_WORKERS", "Server processes, 1 to 64.", default=1)
    trusted_proxies: str = _setting(
        "XRM_TRUSTED_PROXIES",
        "Addresses of proxies in front, by commas: what they say of a client's address and of https is believed.",
    )
    allowed_origins: str = _setting(
        "XRM_ALLOWED_ORIGINS",
        "Origins of other web applications whose pages may ask with a token, by commas: https://portal.example.com.",
    )
    secret_key: str = _setting(
        "XRM_SECRET_KEY",
        "Signs sessions and cursors, 32 characters or more; when it is not set, one is made and kept in XRM_HOME.",
        secret=True,
    )
    log_format: str = _setting("XRM_LOG_FORMAT", "How log lines are written: text or json.", default="text")
    neo4j_uri: str = _setting(
        "NEO4J_URI",
        "A Neo4j of your own (bolt:// or neo4j://); when it is set the private one is not started.",
    )
    neo4j_username: str = _setting("NEO4J_USERNAME", "User of that Neo4j.", default="neo4j")
    neo4j_password: str = _setting("NEO4J_PASSWORD", "Password of that user.", secret=True)
    neo4j_database: str = _setting("NEO4J_DATABASE", "Database in that Neo4j.", default="neo4j")
    neo4j_heap_mb: int = _setting(
        "XRM_NEO4J_HEAP_MB",
        "Java heap of the private Neo4j in MiB; 0 derives it from the machine.",
        default=0,
    )
    neo4j_page_cache_mb: int = _setting(
        "XRM_NEO4J_PAGE_CACHE_MB",
        "Page cache of the private Neo4j in MiB; 0 derives it from the machine.",
        default=0,
    )
    maven_repository: str = _setting(
        "XRM_MAVEN_REPOSITORY",
        "Repository that Neo4j's jars are fetched from, instead of Maven's own or your mirror.",
    )
    max_depth: int = _setting("XRM_MAX_DEPTH", "How deep a GraphQL operation may nest, 1 to 100.", default=15)
    max_page: int = _setting("XRM_MAX_PAGE", "Most records in one page of a list, 1 to 100000.", default=1000)
    max_reach: int = _setting("XRM_MAX_REACH", "Most links that `reach` in a filter may walk, 1 to 10.", default=5)
    max_skip: int = _setting(
        "XRM_MAX_SKIP", "Most rows that a page of a list may pass over (skip), 0 to 1000000000.", default=1_000_000
    )
    timeout_s: float = _setting(
        "XRM_TIMEOUT_S",
        "Seconds after which an operation ends, in the database too; 0.1 to 3600.",
        default=30.0,
    )
    max_cost: int = _setting(
        "XRM_MAX_COST",
        "What one operation may cost, where nothing else is set for its person or token; 1 to 1000000000.",
        default=500_000,
    )
    person_cost: int = _setting(
        "XRM_COST_PER_MINUTE",
        "What one person may spend in a minute, where nothing else is set for them; 0 is without a limit.",
        default=20_000_000,
    )
    address_cost: int = _setting(
        "XRM_COST_PER_MINUTE_AND_ADDRESS",
        "What may be spent in a minute from one address; 0 is without a limit.",
        default=100_000_000,
    )
    kept_runs: int = _setting(
        "XRM_KEPT_RUNS",
        "Runs of an analytics engine on a type whose scores are kept for comparing, 1 to 1000.",
        default=10,
    )
    snapshot_mb: int = _setting(
        "XRM_SNAPSHOT_MB",
        "Memory that loading a snapshot of the graph for analytics may take, in MiB; 0 is whatever is free.",
        default=0,
    )
    max_body_bytes: int = _setting(
        "XRM_MAX_BODY_BYTES", "Largest request body in bytes, 1024 to 1073741824.", default=16 << 20
    )
    max_upload_bytes: int = _setting(
        "XRM_MAX_UPLOAD_BYTES",
        "What the files that are sent for one import may have together, in bytes, 1024 to 1099511627776.",
        default=1 << 30,
    )
    documents: str = _setting(
        "XRM_DOCUMENTS",
        "GraphQL documents that are answered: any; automatic, where texts sent with their id are remembered for a while; "
        "trusted, persisted documents and nothing else.",
        default="any",
    )
    incremental: str = _setting(
        "XRM_INCREMENTAL",
        "Whether deferred fragments (@defer) come in parts to clients that accept multipart/mixed: on, or off, where all "
        "comes in one answer.",
        default="off",
    )
    semantic_model: str = _setting(
        "XRM_SEMANTIC_MODEL",
        "Folder of a model2vec model that search by meaning goes by, with the extra xrm[semantic]; without one, search goes "
        "by words alone.",
    )
    web: str = _setting(
        "XRM_WEB", "Whether the web application is served: on, or off, with a plain page in its place.", default="on"
    )

    @property
    def snapshot_bytes(self) -> int | None:
        """What loading a snapshot may take; None for whatever is free."""
        return (self.snapshot_mb << 20) or None

    def shown(self) -> dict[str, str]:
        """Every setting by its name, secrets masked; an unset one is the empty text."""
        return {name: _shown(getattr(self, key), facts) for key, name, facts in described()}


RANGES: Mapping[str, tuple[float, float]] = {
    "port": (1, 65535),
    "workers": (1, 64),
    "neo4j_heap_mb": (0, 1 << 20),
    "neo4j_page_cache_mb": (0, 1 << 20),
    "max_depth": (1, 100),
    "max_reach": (1, 10),
    "max_page": (1, 100_000),
    "max_skip": (0, 1_000_000_000),
    "timeout_s": (0.1, 3600),
    "max_cost": (1, 1_000_000_000),
    "person_cost": (0, 1_000_000_000_000),
    "address_cost": (0, 1_000_000_000_000),
    "kept_runs": (1, 1000),
    "snapshot_mb": (0, 1 << 30),
    "max_body_bytes": (1024, 1 << 30),
    "max_upload_bytes": (1024, 1 << 40),
}


def described() -> list[tuple[str, str, Mapping[str, Any]]]:
    """Of each setting: its attribute, its environment variable, and its facts (help, default, secret)."""
    return [(each.name, each.metadata["name"], each.metadata) for each in fields(Settings)]


def names() -> frozenset[str]:
    """Every environment variable that is read."""
    plain = {name for _, name, _ in described()}
    return frozenset(plain | {name + FILE_SUFFIX for _, name, facts in described() if facts["secret"]})


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises BadSettings with everything that is wrong with them."""
    source = os.environ if environment is None else environment
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    types = get_type_hints(Settings)
    for key, name, facts in described():
        try:
            text = _read(source, name, secret=facts["secret"])
            if text:
                values[key] = _coerced(key, text, types[key])
        except ValueError as error:
            problems.append(Problem("bad_setting", f"{name} {error}.", (name,)))
    if problems:
        raise BadSettings(problems)
    return Settings(**values)


def unknown(environment: Mapping[str, str] | None = None) -> list[str]:
    """Variables that begin like ours but are none of our settings: most likely misspelt."""
    source = os.environ if environment is None else environment
    return sorted(
        name for name in source if name.startswith("XRM_") and not name.startswith("XRM_TEST_") and name not in names()
    )


def _read(source: Mapping[str, str], name: str, *, secret: bool) -> str:
    """The value of a variable; of a secret also from the file that `name`_FILE names."""
    text = source.get(name, "").strip()
    file = source.get(name + FILE_SUFFIX, "").strip() if secret else ""
    if not file:
        return text
    if text:
        raise ValueError(f"and {name}{FILE_SUFFIX} are both set; set one of them")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot be read from the file {file} ({error})") from error


def _coerced(key: str, text: str, type_: type) -> Any:
    check = CHECKS.get(key)
    if check is not None:
        check(text)
    if type_ is Path:
        return Path(text).expanduser()
    if type_ in {int, float}:
        return _number(text, type_, RANGES[key])
    return text


def _number(text: str, type_: type, limits: tuple[float, float]) -> int | float:
    wanted = f"must be a {'whole ' if type_ is int else ''}number from {limits[0]:,} to {limits[1]:,}".replace(",", "")
    try:
        value: int | float = type_(text)
    except ValueError:
        raise ValueError(f"is {text!r} but {wanted}") from None
    if not math.isfinite(value) or not limits[0] <= value <= limits[1]:
        raise ValueError(f"is {text} but {wanted}")
    return value


def _check_log_format(text: str) -> None:
    if text not in LOG_FORMATS:
        raise ValueError(f"is {text!r} but must be one of {', '.join(LOG_FORMATS)}")


def _check_uri(text: str) -> None:
    if not text.startswith(NEO4J_SCHEMES):
        raise ValueError(f"is {text!r} but must begin with one of {', '.join(NEO4J_SCHEMES)}")


def _check_secret_key(text: str) -> None:
    if len(text) < 32:
        raise ValueError(f"has {len(text)} characters but needs at least 32; leave it unset to have one made")


def origins(text: str) -> tuple[str, ...]:
    """The origins in a list by commas."""
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _check_origins(text: str) -> None:
    wrong = next((each for each in origins(text) if not _ORIGIN.fullmatch(each)), None)
    if wrong is not None:
        raise ValueError(
            f"names {wrong!r} but takes whole origins as browsers write them, such as https://portal.example.com or "
            "http://localhost:3000: in lower case, with no path, no * and no port that goes without saying"
        )


def _check_documents(text: str) -> None:
    if text not in tuple(Mode):
        raise ValueError(f"is {text!r} but must be one of {', '.join(Mode)}")


def _check_switch(text: str) -> None:
    if text not in SWITCH:
        raise ValueError(f"is {text!r} but must be one of {', '.join(SWITCH)}")


CHECKS: Mapping[str, Callable[[str], None]] = {
    "allowed_origins": _check_origins,
    "documents": _check_documents,
    "incremental": _check_switch,
    "log_format": _check_log_format,
    "neo4j_uri": _check_uri,
    "secret_key": _check_secret_key,
    "web": _check_switch,
}


def _shown(value: object, facts: Mapping[str, Any]) -> str:
    if facts["secret"]:
        return "********" if value else ""
    return str(value)
