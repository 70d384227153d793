"""The whole product as real processes on free ports with a fresh database, for measuring."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

import httpx

from bot.operations.commands import commands
from bot.operations.early_rasa import RASA, begins_early, begun
from bot.operations.errors import NotReady
from bot.operations.keys import Login, load_or_make_secrets
from bot.operations.ports_free import free_port
from bot.operations.prepare import prepare
from bot.operations.supervisor import Command, Supervisor
from bot.operations.training import ensure_model
from bot.settings import ROOT, Settings, load_settings

READY_WITHIN_S = 300.0
POLL_S = 0.1

Rewire = Callable[[list[Command]], list[Command]]


@dataclass(frozen=True)
class Stack:
    """A running product.

    Attributes:
        url: Address of the hub.
        login: A desk account.
        supervisor: Owns the processes; ask it for their pids.
        rasa_token: Secret that opens Rasa's own interface.
        secrets: All secrets of its processes, by variable.
    """

    url: str
    settings: Settings
    login: Login
    supervisor: Supervisor
    rasa_token: str = field(repr=False, default="")
    secrets: Mapping[str, str] = field(repr=False, default_factory=dict)


@contextmanager
def running_stack(
    folder: Path,
    model: Path | None = None,
    more: Mapping[str, str] | None = None,
    rewire: Rewire | None = None,
) -> Iterator[Stack]:
    """Start everything in `folder` with a fresh database; ends it all at the end.

    Args:
        folder: Takes database, logs and secrets; must exist.
        model: Trained model; the one that fits the data (trained when there is none) by default.
        more: Further settings, by the names of their variables.
        rewire: Changes the commands before they are started, such as to put a line between two.

    Raises:
        NotReady: It did not become ready in `READY_WITHIN_S`.
    """
    from bot.bootstrap import utc_now  # noqa: PLC0415 - the model is trained before anything loads

    if model is None:
        model, _ = ensure_model(ROOT, ROOT / "var", lambda _: None)
    environ = {
        "XIAOER_PORT": str(free_port()),
        "XIAOER_RUN_ID": token_hex(8),
        "XIAOER_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_ACTIONS_URL": f"http://127.0.0.1:{free_port()}",
        "XIAOER_STATE_DIR": str(folder),
        "XIAOER_DATABASE_URL": f"sqlite:///{folder / 'xiaoer.db'}",
        "XIAOER_CONSENT": "elsewhere",  # dialogues are judged by their answers, not by the notice
        **(more or {}),
    }
    settings = load_settings(environ, env_file=folder / "none.env")
    secrets = load_or_make_secrets(folder / "secrets.env", environ)
    started = commands(settings, ROOT, model, secrets)
    if rewire is not None:
        started = rewire(started)
    early = next((one for one in started if one.name == RASA and begins_early(settings)), None)
    with begun(early, ROOT, folder / "log") as supervisor:
        login = prepare(settings, utc_now())
        assert login is not None
        supervisor.keep(started)
        _wait_until_ready(settings.base_url, supervisor, folder / "log")
        token = secrets["XIAOER_RASA_TOKEN"]
        yield Stack(settings.base_url, settings, login, supervisor, token, secrets)


def _wait_until_ready(url: str, supervisor: Supervisor, logs: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    last = ""
    while time.monotonic() < deadline:
        supervisor.tick()
        try:
            answer = httpx.get(f"{url}/readyz", timeout=5, trust_env=False)
            last = answer.text
            if answer.status_code == httpx.codes.OK:
                return
        except httpx.TransportError as error:
            last = type(error).__name__
        time.sleep(POLL_S)
    raise NotReady(READY_WITHIN_S, last, logs)
