"""docker-compose.yml: valid by the Compose specification, and true to the program. No engine runs it here."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer
import yaml

from graph.embedded import NEO4J_VERSION, Memory, configuration
from graph.embedded.home import Home
from xrm import cli, settings

ROOT = Path(__file__).parents[2]
Compose = dict[str, Any]


@pytest.fixture(scope="module")
def compose() -> Compose:
    loaded: Compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


def test_it_is_valid_by_the_compose_specification(compose: Compose) -> None:
    schema = json.loads(files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_bytes())

    assert list(jsonschema.validators.validator_for(schema)(schema).iter_errors(compose)) == []


def test_neo4j_is_the_version_that_the_private_one_is(compose: Compose) -> None:
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{NEO4J_VERSION}-community"


def test_its_settings_are_those_of_the_private_one(compose: Compose, tmp_path: Path) -> None:
    given = {_setting(name): value for name, value in compose["services"]["neo4j"]["environment"].items()}
    private = configuration.settings(Home(tmp_path), Memory(512, 512))
    shared = {name for name in private if name in given and not name.startswith("server.memory.")}

    assert shared == {
        "dbms.security.allow_csv_import_from_file_urls",
        "internal.dbms.cypher_ip_blocklist",
        "dbms.security.procedures.allowlist",
        "dbms.usage_report.enabled",
        "db.transaction.timeout",
        "db.lock.acquisition.timeout",
        "db.index.fulltext.eventually_consistent_refresh_interval",
    }
    assert {name: given[name] for name in shared} == {name: private[name] for name in shared}


def _setting(variable: str) -> str:
    """The setting that the official image takes from a variable: `_` stands for a dot, `__` for a line."""
    return variable.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")


def test_only_the_server_can_be_reached_and_only_from_this_machine(compose: Compose) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}

    assert published == {"server": ["${XRM_PUBLISH:-127.0.0.1:8000}:8000"]}
    assert compose["networks"]["database"] == {"internal": True}
    assert compose["services"]["neo4j"]["networks"] == ["database"]


def test_what_services_use_is_declared_and_what_is_declared_is_used(compose: Compose) -> None:
    services = compose["services"].values()
    used = {
        "networks": {network for service in services for network in service["networks"]},
        "secrets": {secret for service in services for secret in service["secrets"]},
        "volumes": {volume.split(":")[0] for service in services for volume in service["volumes"]},
    }

    assert {kind: set(compose[kind]) for kind in used} == used


def test_every_service_has_a_health_check_and_comes_back(compose: Compose) -> None:
    services = compose["services"]

    assert set(services) == {"neo4j", "server", "worker"}
    assert all({"healthcheck", "restart"} <= service.keys() for service in services.values())
    assert services["server"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_secrets_come_from_files_that_the_service_has(compose: Compose) -> None:
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            assert not name.endswith(("PASSWORD", "SECRET_KEY", "AUTH")), f"{name} would show in the configuration"
            if name.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]


@pytest.mark.parametrize("name", ["server", "worker"])
def test_our_services_use_settings_and_commands_that_exist(compose: Compose, name: str) -> None:
    service = compose["services"][name]
    commands = typer.main.get_command(cli.application()).list_commands(None)  # type: ignore[attr-defined]

    assert set(service["environment"]) <= settings.names()
    assert service["command"][0] == "xrm"
    assert service["command"][1] in commands


def test_the_image_holds_every_room_and_runs_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packed = project.split("packages = [", 1)[1].split("]", 1)[0].replace('"', "").split(", ")

    assert {f"COPY {room}/ {room}/" for room in packed} <= set(lines)
    assert {f"!{room}" for room in packed} <= set(allowed)
    assert "USER xrm" in lines
    assert any("--require-hashes" in line for line in lines)
