"""The processes of one machine: the hub, the action server and Rasa, each as a command."""

import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.operations.guards import require_port
from bot.operations.supervisor import Command
from bot.operations.training import child_environment
from bot.settings import Settings


def address_of(url: str, default_port: int) -> tuple[str, int]:
    """Return host and port of an http address."""
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or default_port


def require_ports(settings: Settings) -> None:
    """Refuse to start while somebody listens on one of our three ports.

    Raises:
        PortInUse: One of them is taken.
    """
    require_port("hub", settings.host, settings.port, "XIAOER_PORT")
    require_port("rasa", *address_of(settings.rasa_url, 5005), "XIAOER_RASA_URL")
    require_port("actions", *address_of(settings.actions_url, 5055), "XIAOER_ACTIONS_URL")


def resolved_environment(settings: Settings, secrets: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of our processes, with addresses and secrets written out.

    Rasa's `endpoints.yml` and `credentials.yml` read them from here.
    """
    return child_environment(
        {
            "XIAOER_HOST": settings.host,
            "XIAOER_PORT": str(settings.port),
            "XIAOER_RASA_URL": settings.rasa_url,
            "XIAOER_RASA_DATABASE_URL": settings.rasa_database,
            "XIAOER_RASA_LEVERS": settings.rasa_levers,
            "XIAOER_ACTIONS_URL": settings.actions_url,
            "XIAOER_DATABASE_URL": settings.database_url,
            "XIAOER_STATE_DIR": str(settings.state_dir.resolve()),
            "XIAOER_DATA_DIR": str(settings.data_dir.resolve()),
            **secrets,
        }
    )


def commands(
    settings: Settings, root: Path, model: Path, secrets: Mapping[str, str]
) -> list[Command]:
    """Return the processes in starting order; the hub first, so that people see a page at once."""
    environment = resolved_environment(settings, secrets)
    return [
        Command("hub", _hub(settings), {**environment, **_channels(settings)}),
        Command("actions", _actions(settings), {**environment, **_loopback(settings)}),
        Command("rasa", _rasa(settings, root, model, secrets["XIAOER_RASA_TOKEN"]), environment),
    ]


def _hub(settings: Settings) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "--factory", "bot.asgi:application"),
        *("--host", settings.host, "--port", str(settings.port)),
        *("--ws", "wsproto"),  # Rasa pins a websockets too old for uvicorn's other choice
        "--no-access-log",
        *("--timeout-graceful-shutdown", "3"),  # long polls would hold the door open
    ]


def _actions(settings: Settings) -> list[str]:
    port = address_of(settings.actions_url, 5055)[1]
    return [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]


def _channels(settings: Settings) -> dict[str, str]:
    # the hub is the one that talks to platforms
    return {
        "XIAOER_TELEGRAM_TOKEN": settings.telegram_token,
        "XIAOER_TELEGRAM_SECRET": settings.telegram_secret,
        "XIAOER_TELEGRAM_API_URL": settings.telegram_api_url,
        "XIAOER_TELEGRAM_MODE": settings.telegram_mode,
        "XIAOER_WIDGET_ORIGINS": settings.widget_origins,
        "XIAOER_WIDGET_DEMO": str(settings.widget_demo).lower(),
        "XIAOER_CONSENT": settings.consent,
    }


def _loopback(settings: Settings) -> dict[str, str]:
    # rasa_sdk would listen on every interface, and it has no authentication at all
    return {"SANIC_HOST": address_of(settings.actions_url, 5055)[0]}


def _rasa(settings: Settings, root: Path, model: Path, token: str) -> list[str]:
    host, port = address_of(settings.rasa_url, 5005)
    return [
        *(sys.executable, "-m", "bot.nlu.serve", "run", "--enable-api"),
        f"--auth-token={token}",  # one word: a random token may begin with a hyphen
        *("--interface", host, "--port", str(port)),
        *("--model", str(model)),
        *("--endpoints", str(root / "endpoints.yml")),
        *("--credentials", str(root / "credentials.yml")),
    ]
