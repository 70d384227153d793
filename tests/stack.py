"""The whole product as real processes on free ports: hub, actions, Rasa with the trained model."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.operations.commands import commands
from bot.operations.keys import Login, load_or_make_secrets
from bot.operations.prepare import prepare
from bot.operations.supervisor import Supervisor
from bot.operations.training import ensure_model
from bot.settings import ROOT, Settings, load_settings
from tests.databases import free_port

READY_WITHIN_S = 300.0


@dataclass(frozen=True)
class Stack:
    """A running product.

    Attributes:
        url: Address of the hub.
        login: A desk account.
        supervisor: Owns the processes; ask it for their pids.
    """

    url: str
    settings: Settings
    login: Login
    supervisor: Supervisor


@contextmanager
def running_stack(folder: Path) -> Iterator[Stack]:
    """Start everything in `folder` with a fresh database; ends it all at the end."""
    from bot.bootstrap import utc_now  # noqa: PLC0415 - the model is trained before anything loads

    model, _ = ensure_model(ROOT, ROOT / "var", lambda _: None)
    environ = {
        "XIAOER_PORT": str(free_port()),
        "XIAOER_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_STATE_DIR": str(folder),
        "XIAOER_DATABASE_URL": f"sqlite:///{folder / 'xiaoer.db'}",
    }
    settings = load_settings(environ, env_file=folder / "none.env")
    secrets = load_or_make_secrets(folder / "secrets.env", environ)
    login = prepare(settings, utc_now())
    assert login is not None
    started = commands(settings, ROOT, model, secrets)
    with Supervisor(started, ROOT, folder / "log") as supervisor:
        _wait_until_ready(settings.base_url, supervisor, folder / "log")
        yield Stack(settings.base_url, settings, login, supervisor)


def _wait_until_ready(url: str, supervisor: Supervisor, logs: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    last = ""
    while time.monotonic() < deadline:
        supervisor.tick()
        try:
            answer = httpx.get(f"{url}/readyz", timeout=5)
            last = answer.text
            if answer.status_code == httpx.codes.OK:
                return
        except httpx.TransportError as error:
            last = repr(error)
        time.sleep(0.5)
    tails = "\n".join(f"== {f.name}\n{f.read_text()[-1500:]}" for f in logs.glob("*.log"))
    sys.stderr.write(tails)
    raise AssertionError(f"not ready after {READY_WITHIN_S:.0f} s: {last}")
