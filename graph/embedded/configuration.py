"""The configuration of the private Neo4j: loopback only, signed-in users only, no reading of files or addresses."""

from __future__ import annotations

from graph.embedded.home import Home
from graph.embedded.memory import MIB, Memory

LOOPBACK = "127.0.0.1"
# Java translates a method twice: soon and simply, then thoroughly once it has run often. The second takes a third of all
# work of a start, on the cores that the start needs; with four times Java's own numbers only what goes on being used gets it.
PATIENCE = {
    "Tier4InvocationThreshold": 20_000,
    "Tier4MinInvocationThreshold": 2_400,
    "Tier4CompileThreshold": 60_000,
    "Tier4BackEdgeThreshold": 160_000,
}

# plans are counted when they are kept, not weighed, and one of a large operation takes up to 0.7 MiB of the heap: a
# thousand of them, Neo4j's own number, would leave a small heap nothing to plan in
LEAST_PLANS, MOST_PLANS, HEAP_MIB_A_PLAN = 256, 1_000, 3


def settings(home: Home, memory: Memory, port: int = 0) -> dict[str, str]:
    """Neo4j's settings by name.

    Port 0 lets the system choose a free one. `LOAD CSV` is closed from both sides: files by Neo4j's own switch, addresses
    by a block list of all networks. Of procedures only Neo4j's own are there, whatever lies beside it (`apoc.load`). The
    two shutdown settings make a stop last two seconds instead of ten.
    """
    return {
        "server.directories.data": str(home.neo4j / "data"),
        "server.directories.logs": str(home.logs),
        "server.directories.import": str(home.neo4j / "import"),
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"{LOOPBACK}:{port}",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "dbms.security.procedures.allowlist": "db.*",
        "dbms.usage_report.enabled": "false",
        "internal.dbms.dump_diagnostics": "false",
        "server.memory.pagecache.size": f"{memory.page_cache_mib}m",
        "server.memory.query_cache.per_db_cache_num_entries": str(plans_kept(memory.heap_mib)),
        "db.transaction.timeout": "30m",
        "db.lock.acquisition.timeout": "60s",
        "db.tx_log.preallocate": "false",
        "db.index.fulltext.eventually_consistent_refresh_interval": "1s",
        "db.tx_log.rotation.retention_policy": "1 days 256M",
        "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
        "internal.dbms.bolt.local_enabled": "false",
    }


def plans_kept(heap_mib: int) -> int:
    """How many plans of statements Neo4j keeps with a heap of so many MiB."""
    return min(MOST_PLANS, max(LEAST_PLANS, heap_mib // HEAP_MIB_A_PLAN))


def text(home: Home, memory: Memory, port: int = 0) -> str:
    """The settings in the form of a `neo4j.conf`."""
    return "".join(f"{name}={value}\n" for name, value in settings(home, memory, port).items())


def jvm_options(memory: Memory) -> list[str]:
    """What the Java machine is started with; `-Xrs` leaves the signals to Python."""
    heap = f"{memory.heap_mib * MIB}"
    return [
        f"-Xms{heap}",
        f"-Xmx{heap}",
        "-Xrs",
        "-XX:+ExitOnOutOfMemoryError",
        *(f"-XX:{name}={often}" for name, often in PATIENCE.items()),
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")),
        "-Dio.netty.tryReflectionSetAccessible=true",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
    ]
