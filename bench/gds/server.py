"""The process that is the peer: `python -m bench.gds.server LIBJVM JARS HOME`, a Neo4j of the jars with its graph algorithms.

It prints the port of Bolt, then for each line that it reads the seconds of processor it has used; it ends when the lines do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import jpype

OPTIONS = (
    "-Xmx3g",
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "java.lang", "sun.nio.ch")),
)
SETTINGS = {
    "server.bolt.enabled": "true",
    "server.bolt.listen_address": "127.0.0.1:0",
    "dbms.security.auth_enabled": "false",
    "dbms.security.procedures.unrestricted": "gds.*",
    "dbms.usage_report.enabled": "false",
    "server.memory.pagecache.size": "128m",
    "db.tx_log.preallocate": "false",
}


def main() -> int:
    """Run until the standard input ends."""
    library, jars, home = sys.argv[1:]
    plugins = Path(home) / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    for jar in Path(jars).glob("*.jar"):
        # Neo4j looks for procedures in this folder, and for their classes on the class path
        if jar.name.startswith("org.neo4j.gds--") and not (plugins / jar.name).exists():
            (plugins / jar.name).symlink_to(jar)
    jpype.startJVM(
        library, *OPTIONS, classpath=[str(jar) for jar in sorted(Path(jars).glob("*.jar"))], convertStrings=False
    )
    configuration = Path(home) / "neo4j.conf"
    configuration.write_text("".join(f"{name}={value}\n" for name, value in SETTINGS.items()), encoding="utf-8")
    path = jpype.JClass("java.nio.file.Path")
    builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
    service = builder(path.of(home)).loadPropertiesFromFile(path.of(str(configuration))).build()
    print(_port(service), flush=True)
    machine = jpype.JClass("java.lang.management.ManagementFactory").getOperatingSystemMXBean()
    for _ in sys.stdin:
        print(machine.getProcessCpuTime() / 1e9, flush=True)
    service.shutdown()
    return 0


def _port(service: jpype.JObject) -> int:
    register = jpype.JClass("org.neo4j.configuration.connectors.ConnectorPortRegister")
    bolt = jpype.JClass("org.neo4j.configuration.connectors.ConnectorType").BOLT
    resolver = service.database("neo4j").getDependencyResolver()
    return int(resolver.resolveDependency(register).getLocalAddress(bolt).getPort())


if __name__ == "__main__":
    code = main()
    os._exit(code)  # Java's own threads would keep the process
