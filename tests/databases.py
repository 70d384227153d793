"""Databases for tests: SQLite files, and one PostgreSQL server started on a free port."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POSTGRES_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def free_ports_in_a_row(count: int) -> int:
    """Return the first of `count` neighbouring ports of loopback that nobody listens on."""
    while True:
        first = free_port()
        probes = []
        try:
            for port in range(first, first + count):
                probe = socket.socket()
                probes.append(probe)
                probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        else:
            return first
        finally:
            for probe in probes:
                probe.close()


def find_postgres() -> Path | None:
    """Return the folder of `initdb`, or None on a machine without a server."""
    if POSTGRES_HOMES:
        return POSTGRES_HOMES[0]
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Run a throw-away server in `folder`; yields its SQLAlchemy address."""
    home = find_postgres()
    assert home is not None
    port = free_port()
    user = _server_user()
    cluster = folder / "cluster"
    if user is not None:  # the server refuses to run as root
        folder.chmod(0o755)
        for parent in folder.parents:
            if parent == Path("/tmp"):  # noqa: S108 - where pytest keeps its folders
                break
            parent.chmod(0o755)
        shutil.chown(folder, user)
    _run(home / "initdb", "-D", cluster, "-U", "xiaoer", "-A", "trust", "-E", "UTF8", user=user)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
    _run(
        home / "pg_ctl",
        "-D",
        cluster,
        "-o",
        options,
        "-w",
        "-l",
        folder / "log",
        "start",
        user=user,
    )
    try:
        yield f"postgresql+psycopg2://xiaoer@127.0.0.1:{port}/postgres"
    finally:
        _run(home / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop", user=user)


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of a new, empty database of a kind: "sqlite" or "postgresql"."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'new.db'}"
        return
    cluster = folder / "postgresql"
    cluster.mkdir()
    with postgres_server(cluster) as url:
        yield url


def _server_user() -> str | None:
    if os.geteuid() != 0:
        return None
    return pwd.getpwnam("postgres").pw_name


def _run(*command: object, user: str | None) -> None:
    subprocess.run(
        [str(part) for part in command],
        check=True,
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
