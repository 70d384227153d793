"""Databases for tests: SQLite files, and one PostgreSQL server started on a free port."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.operations.ports_free import free_port

POSTGRES_HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def find_postgres() -> Path | None:
    """Return the folder of `initdb`, or None on a machine without a server."""
    if POSTGRES_HOMES:
        return POSTGRES_HOMES[0]
    found = shutil.which("initdb")
    return Path(found).parent if found else None


class PostgresServer:
    """A throw-away server on loopback that tests can stop and start as an operator would.

    Attributes:
        port: Where it listens.
        url: SQLAlchemy address of its database.
    """

    def __init__(self, folder: Path) -> None:
        home = find_postgres()
        assert home is not None
        self._home = home
        self._user = _server_user()
        self._folder = folder
        self.port = free_port()
        self.url = f"postgresql+psycopg2://xiaoer@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Make the files of an empty database."""
        if self._user is not None:  # the server refuses to run as root
            self._folder.chmod(0o755)
            for parent in self._folder.parents:
                if parent == Path("/tmp"):  # noqa: S108 - where pytest keeps its folders
                    break
                parent.chmod(0o755)
            shutil.chown(self._folder, self._user)
        options = ("-U", "xiaoer", "-A", "trust", "-E", "UTF8")
        _run(self._home / "initdb", "-D", self._cluster, *options, user=self._user)

    def start(self) -> None:
        """Start it, and return once it takes connections."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self._folder}"
        self._control("-o", options, "-w", "-l", self._folder / "log", "start")

    def stop(self) -> None:
        """End it at once, as a power cut would; connections break."""
        self._control("-m", "immediate", "-w", "stop")

    def execute(self, *statements: str) -> None:
        """Run statements as the owner, each in a transaction of its own."""
        address = ("-h", "127.0.0.1", "-p", self.port, "-U", "xiaoer", "-d", "postgres")
        commands = [part for statement in statements for part in ("-c", statement)]
        _run(self._home / "psql", *address, *commands, user=self._user)

    @property
    def _cluster(self) -> Path:
        return self._folder / "cluster"

    def _control(self, *arguments: object) -> None:
        _run(self._home / "pg_ctl", "-D", self._cluster, *arguments, user=self._user)


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Run a throw-away server in `folder`; yields its SQLAlchemy address."""
    server = PostgresServer(folder)
    server.create()
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


class RedisServer:
    """A throw-away Redis on loopback that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and return once it takes connections."""
        program = shutil.which("redis-server")
        assert program is not None, "no Redis server on this machine: install redis-server"
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "")
        self._process = subprocess.Popen(
            [program, *options, "--dir", str(self._folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._process.stdout is not None
        with self._process.stdout as output:  # what it says later goes nowhere
            for line in output:
                if b"eady to accept connections" in line:
                    return
        raise AssertionError("Redis did not start")

    def stop(self) -> None:
        """End it at once; what it knew is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """Run a throw-away Redis."""
    server = RedisServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


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
