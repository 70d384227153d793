"""Several machines as processes: hubs, Rasa, action servers and clocks behind one nginx."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
from sqlalchemy import text

from bot.bootstrap import utc_now
from bot.operations.commands import commands, resolved_environment
from bot.operations.front import Front, render
from bot.operations.keys import Login, load_login, load_or_make_secrets
from bot.operations.ports_free import free_port
from bot.operations.prepare import prepare
from bot.operations.supervisor import Command, Supervisor
from bot.operations.training import ensure_model
from bot.settings import ROOT, Settings, load_settings
from bot.store.engine import open_engine
from tests.databases import postgres_server
from tests.engines import redis_server, write_nginx
from tests.faults.breakage import STEADY_AHEAD_S, eventually
from tests.stack import Stack


@dataclass
class Machines:
    """What runs.

    Attributes:
        url: Where people come in: nginx.
        hubs: Each hub's own address, by the name of its process.
        rasas: Each Rasa's own address.
        settings: Of the database that all share; its addresses are those of nginx.
        supervisor: Owns all processes but PostgreSQL and Redis.
        token: Opens Rasa's own interface.
        ours: How each process is started with the code of this checkout.
    """

    url: str
    hubs: Mapping[str, str]
    rasas: Mapping[str, str]
    settings: Settings
    supervisor: Supervisor
    login: Login
    token: str
    names: frozenset[str]
    ours: Mapping[str, Command]
    ahead_s: float = field(default=0.0)

    @property
    def stack(self) -> Stack:
        """Return it as the product that the helpers of the other runs know."""
        return Stack(self.url, self.settings, self.login, self.supervisor, self.token)

    def kill(self, name: str) -> None:
        """End a process as `kill -9` does, and see it gone."""
        os.kill(self.supervisor.pids()[name], signal.SIGKILL)
        eventually(lambda: name not in self.supervisor.pids(), f"the end of {name}")

    def revive(self) -> float:
        """Have dead processes started again; returns after how many seconds all are ready."""
        began = time.monotonic()
        self.ahead_s += STEADY_AHEAD_S
        eventually(self._is_whole, "all machines ready")
        return time.monotonic() - began

    def _is_whole(self) -> bool:
        self.supervisor.tick(time.monotonic() + self.ahead_s)
        return self.names <= set(self.supervisor.pids()) and self.is_ready()

    def is_ready(self) -> bool:
        """Tell whether every hub finds all it needs, and each Rasa has its model."""
        query = {"token": self.token}
        rasas = [httpx.get(f"{url}/status", params=query) for url in self.rasas.values()]
        hubs = [httpx.get(f"{url}/readyz", timeout=10) for url in self.hubs.values()]
        front = httpx.get(f"{self.url}/healthz", timeout=10)
        return all(answer.is_success for answer in (*rasas, *hubs, front))


@contextmanager
def running_machines(folder: Path, of_each: int, tree: Path = ROOT) -> Iterator[Machines]:
    """Start `of_each` hubs, Rasa, action servers and clocks, with PostgreSQL, Redis and nginx.

    `tree` is where the code of the processes is; the model is always that of this checkout.
    """
    cluster, front = folder / "postgresql", folder / "nginx"
    for new in (cluster, front):
        new.mkdir()
    with postgres_server(cluster) as url, redis_server(folder) as redis_url:
        base = _settings(folder, _databases(url), redis_url)
        secrets = load_or_make_secrets(folder / "secrets.env", {})
        login = _prepared(base, tree)
        model, _ = ensure_model(ROOT, ROOT / "var", lambda _: None)
        copies = [_own_addresses(base) for _ in range(of_each)]
        ours = _commands(base, copies, model, secrets)
        started = [of_tree(one, tree) for one in ours]
        started.append(Command("nginx", write_nginx(front, _front(base, copies)), os.environ))
        with Supervisor(started, ROOT, folder / "log") as supervisor:
            machines = Machines(
                url=base.public_url,
                hubs={f"hub-{at}": f"http://127.0.0.1:{c.port}" for at, c in enumerate(copies)},
                rasas={f"rasa-{at}": c.rasa_url for at, c in enumerate(copies)},
                settings=base,
                supervisor=supervisor,
                login=login,
                token=secrets["XIAOER_RASA_TOKEN"],
                names=frozenset(command.name for command in started),
                ours={one.name: one for one in ours},
            )
            machines.revive()
            yield machines


def of_tree(command: Command, tree: Path) -> Command:
    """Return the same process with the code and data of another checkout."""
    if tree == ROOT:
        return command
    files = {str(ROOT / name): str(tree / name) for name in ("endpoints.yml", "credentials.yml")}
    arguments = ["env", "-C", str(tree), *(files.get(one, one) for one in command.arguments)]
    data = {"XIAOER_DATA_DIR": str(tree / "data")}
    return replace(command, arguments=arguments, environment={**command.environment, **data})


def _prepared(base: Settings, tree: Path) -> Login:
    """Bring the database to the schema of a checkout, with its first data."""
    if tree == ROOT:
        login = prepare(base, utc_now())
    else:
        command = Command("seed", [sys.executable, "-m", "bot.cli", "seed"], {})
        environment = resolved_environment(base, {})
        seed = of_tree(replace(command, environment=environment), tree)
        subprocess.run(seed.arguments, env=dict(seed.environment), check=True)
        login = load_login(base.state_dir / "demo-login")
    assert login is not None
    return login


def _databases(url: str) -> tuple[str, str]:
    admin = open_engine(url)
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE business"))
        connection.execute(text("CREATE DATABASE rasa"))
    admin.dispose()
    base = url.rsplit("/", 1)[0]
    return f"{base}/business", f"{base}/rasa"


def _settings(folder: Path, databases: tuple[str, str], redis_url: str) -> Settings:
    environ = {
        "XIAOER_DATABASE_URL": databases[0],
        "XIAOER_RASA_DATABASE_URL": databases[1],
        "XIAOER_REDIS_URL": redis_url,
        "XIAOER_PUBLIC_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_STATE_DIR": str(folder),
        "XIAOER_CONSENT": "elsewhere",  # dialogues are judged by their answers, not by the notice
        "XIAOER_CLOCK": "elsewhere",
    }
    return load_settings(environ, env_file=folder / "none.env")


def _own_addresses(base: Settings) -> Settings:
    return replace(
        base,
        port=free_port(),
        rasa_url=f"http://127.0.0.1:{free_port()}",
        actions_url=f"http://127.0.0.1:{free_port()}",
    )


def _front(base: Settings, copies: list[Settings]) -> str:
    def place(url: str) -> str:
        return url.removeprefix("http://")

    return render(
        Front(
            hubs=[f"127.0.0.1:{copy.port}" for copy in copies],
            rasas=[place(copy.rasa_url) for copy in copies],
            actions=[place(copy.actions_url) for copy in copies],
            listen=place(base.public_url),
            rasa_listen=place(base.rasa_url),
            actions_listen=place(base.actions_url),
        )
    )


def _commands(
    base: Settings, copies: list[Settings], model: Path, secrets: Mapping[str, str]
) -> list[Command]:
    shared = {  # a hub asks nginx for a Rasa, and a Rasa asks nginx for an action server
        "XIAOER_RASA_URL": base.rasa_url,
        "XIAOER_ACTIONS_URL": base.actions_url,
        "XIAOER_PUBLIC_URL": base.public_url,
        "XIAOER_REDIS_URL": base.redis_url,
        "XIAOER_CLOCK": base.clock,
    }
    clock = {**resolved_environment(base, secrets), **shared}
    found = [
        Command(f"clock-{at}", [sys.executable, "-m", "bot.clock"], clock)
        for at, _ in enumerate(copies)
    ]
    for at, copy in enumerate(copies):
        found += [
            replace(one, name=f"{one.name}-{at}", environment={**one.environment, **shared})
            for one in commands(copy, ROOT, model, secrets)
        ]
    return found
