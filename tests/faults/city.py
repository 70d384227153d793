"""The running product with everything around it that can break: servers, lines, platforms."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.operations.commands import address_of
from bot.operations.supervisor import Command
from tests.databases import PostgresServer, RedisServer
from tests.faults.breakage import Breaker
from tests.faults.points import FOLDER
from tests.faults.proxy import Proxy
from tests.stack import Stack, channel_settings, running_stack
from tests.telegram_api import FakeBotApi, fake_bot_api
from tests.wechat_api import FakeWechat, fake_wechat

REAL, WATCHED = "bot.hub_start:application", "tests.faults.points:hub"


@dataclass
class City:
    """What a run of faults has in its hands.

    Attributes:
        folder: Of the runner: armed points and the clock.
        lines: The proxies by name: "rasa" (hub to Rasa), "actions" (Rasa to actions), "redis",
            and "postgresql" where that is the database.
    """

    stack: Stack
    breaker: Breaker
    folder: Path
    telegram: FakeBotApi
    wechat: FakeWechat
    lines: dict[str, Proxy]
    redis: RedisServer | None = None
    postgres: PostgresServer | None = None


def channels(telegram: FakeBotApi, wechat: FakeWechat) -> dict[str, str]:
    """Return the settings of two platforms."""
    every = channel_settings(telegram.url, wechat.url, "")
    return {name: value for name, value in every.items() if "WECOM" not in name}


@contextmanager
def running_city(folder: Path, database: str) -> Iterator[City]:
    """Start everything in `folder`.

    Args:
        folder: Takes all files; must exist.
        database: "sqlite" or "postgresql", for our data and for Rasa's.
    """
    with ExitStack() as around:
        telegram = around.enter_context(fake_bot_api())
        wechat = around.enter_context(fake_wechat())
        lines: dict[str, Proxy] = {}
        around.callback(_close, lines)
        settings = {**channels(telegram, wechat), "XIAOER_CLOCK": "elsewhere"}
        postgres = _postgres(folder, around, lines, settings) if database != "sqlite" else None
        redis = _redis(folder, around, lines, settings)
        state = _made(folder / "state")
        points = _made(folder / "points")

        def rewire(started: list[Command]) -> list[Command]:
            rewired = [_wired(one, lines) for one in started]
            return [_watched(one, points) for one in (*rewired, _clock(rewired))]

        stack = around.enter_context(running_stack(state, more=settings, rewire=rewire))
        yield City(stack, Breaker(stack), points, telegram, wechat, lines, redis, postgres)


def _postgres(
    folder: Path, around: ExitStack, lines: dict[str, Proxy], settings: dict[str, str]
) -> PostgresServer:
    server = PostgresServer(_made(folder / "postgresql"))
    server.create()
    server.start()
    around.callback(server.stop)
    server.execute("CREATE DATABASE rasa")
    lines["postgresql"] = Proxy(server.port)
    url = f"postgresql+psycopg2://xiaoer@127.0.0.1:{lines['postgresql'].port}"
    settings["XIAOER_DATABASE_URL"] = f"{url}/postgres"
    settings["XIAOER_RASA_DATABASE_URL"] = f"{url}/rasa"
    return server


def _redis(
    folder: Path, around: ExitStack, lines: dict[str, Proxy], settings: dict[str, str]
) -> RedisServer | None:
    if shutil.which("redis-server") is None:
        return None
    server = RedisServer(_made(folder / "redis"))
    server.start()
    around.callback(server.stop)
    lines["redis"] = Proxy(server.port)
    settings["XIAOER_REDIS_URL"] = f"redis://127.0.0.1:{lines['redis'].port}"
    return server


def _wired(command: Command, lines: dict[str, Proxy]) -> Command:
    """Let the hub reach Rasa, and Rasa the actions, over lines that can break."""
    far = {"hub": ("rasa", "XIAOER_RASA_URL"), "rasa": ("actions", "XIAOER_ACTIONS_URL")}
    if command.name not in far:
        return command
    name, variable = far[command.name]
    host, port = address_of(command.environment[variable], 0)
    line = lines[name] = Proxy(port)
    environment = {**command.environment, variable: f"http://{host}:{line.port}"}
    return replace(command, environment=environment)


def _clock(commands: list[Command]) -> Command:
    """Return the clock as a process of its own, with the hub's view of the world."""
    hub = next(one for one in commands if one.name == "hub")
    arguments = [sys.executable, "-m", "tests.faults.points", "clock"]
    return Command("clock", arguments, hub.environment)


def _watched(command: Command, points: Path) -> Command:
    """Start hub and actions in a way that they can be told where to end."""
    arguments = [WATCHED if part == REAL else part for part in command.arguments]
    if command.name == "actions":
        arguments = [sys.executable, "-m", "tests.faults.points", *arguments[3:]]
    return replace(
        command, arguments=arguments, environment={**command.environment, FOLDER: str(points)}
    )


def _close(lines: dict[str, Proxy]) -> None:
    for line in lines.values():
        line.close()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
