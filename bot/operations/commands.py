"""The processes of one machine: the hub, the action server and Rasa, each as a command."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from bot.domain.model_life import ModelChoice
from bot.nlu import model_seal
from bot.operations.guards import require_port
from bot.operations.supervisor import Command
from bot.operations.training import child_environment
from bot.settings import Settings

ACTIONS_PORTS_ON, RASA_PORTS_ON = 1, 2
"""How many ports behind the hub's those processes publish their metrics."""


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
            "XIAOER_REDIS_URL": settings.redis_url,
            "XIAOER_RUN_ID": settings.run_id,
            "XIAOER_ACTIONS_URL": settings.actions_url,
            "XIAOER_DATABASE_URL": settings.database_url,
            "XIAOER_DATA_KEYS": settings.data_keys,
            "XIAOER_STATE_DIR": str(settings.state_dir.resolve()),
            "XIAOER_DATA_DIR": str(settings.data_dir.resolve()),
            **secrets,
        }
    )


def commands(
    settings: Settings,
    root: Path,
    model: Path,
    secrets: Mapping[str, str],
    choice: ModelChoice | None = None,
) -> list[Command]:
    """Return the processes in starting order; the hub first, so that people see a page at once.

    With a `choice`, Rasa refuses a model file with another digest at each of its starts.
    """
    environment = resolved_environment(settings, secrets)
    rasa = {**environment, **_watched(settings, RASA_PORTS_ON)}
    sealed = {model_seal.SETTING: choice.sha256} if choice else {}
    return [
        Command(
            "hub", _hub(settings), {**environment, **_channels(settings), **_watched(settings, 0)}
        ),
        Command(
            "actions",
            _actions(settings),
            {**environment, **_loopback(settings), **_watched(settings, ACTIONS_PORTS_ON)},
        ),
        Command(
            "rasa",
            _rasa(settings, root, model, secrets["XIAOER_RASA_TOKEN"]),
            {**rasa, **sealed},
        ),
    ]


def _hub(settings: Settings) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "--factory", "bot.hub_start:application"),
        *("--host", settings.host, "--port", str(settings.port)),
        *("--ws", "wsproto"),  # Rasa pins a websockets too old for uvicorn's other choice
        "--no-access-log",
        *("--timeout-graceful-shutdown", "3"),  # long polls would hold the door open
    ]


def _actions(settings: Settings) -> list[str]:
    port = address_of(settings.actions_url, 5055)[1]
    return [sys.executable, "-m", "actions", "--actions", "actions", "--port", str(port)]


def _watched(settings: Settings, ports_on: int) -> dict[str, str]:
    port = settings.metrics_port
    return {
        "XIAOER_METRICS_HOST": settings.metrics_host,
        "XIAOER_METRICS_PORT": str(port + ports_on if port else 0),
        "XIAOER_OTLP_URL": settings.otlp_url,
    }


def _channels(settings: Settings) -> dict[str, str]:
    # the hub is the one that talks to platforms
    return {
        "XIAOER_TELEGRAM_TOKEN": settings.telegram_token,
        "XIAOER_TELEGRAM_SECRET": settings.telegram_secret,
        "XIAOER_TELEGRAM_API_URL": settings.telegram_api_url,
        "XIAOER_TELEGRAM_MODE": settings.telegram_mode,
        "XIAOER_WECHAT_APP_ID": settings.wechat_app_id,
        "XIAOER_WECHAT_APP_SECRET": settings.wechat_app_secret,
        "XIAOER_WECHAT_TOKEN": settings.wechat_token,
        "XIAOER_WECHAT_AES_KEY": settings.wechat_aes_key,
        "XIAOER_WECHAT_API_URL": settings.wechat_api_url,
        "XIAOER_WECHAT_TEMPLATE": settings.wechat_template,
        "XIAOER_WECHAT_TEMPLATE_FIELDS": settings.wechat_template_fields,
        "XIAOER_WECHAT_CARD_APP_ID": settings.wechat_card_app_id,
        "XIAOER_WECHAT_CARD_PAGE": settings.wechat_card_page,
        "XIAOER_WECHAT_CARD_THUMB": settings.wechat_card_thumb,
        "XIAOER_WECOM_CORP_ID": settings.wecom_corp_id,
        "XIAOER_WECOM_SECRET": settings.wecom_secret,
        "XIAOER_WECOM_AGENT_ID": settings.wecom_agent_id,
        "XIAOER_WECOM_TOKEN": settings.wecom_token,
        "XIAOER_WECOM_AES_KEY": settings.wecom_aes_key,
        "XIAOER_WECOM_KF": str(settings.wecom_kf).lower(),
        "XIAOER_WECOM_API_URL": settings.wecom_api_url,
        "XIAOER_WIDGET_ORIGINS": settings.widget_origins,
        "XIAOER_WIDGET_DEMO": str(settings.widget_demo).lower(),
        "XIAOER_CONSENT": settings.consent,
        "XIAOER_CLOCK": settings.clock,
        "XIAOER_CLAMD": settings.clamd,
        "XIAOER_EVENTS_URL": settings.events_url,
        "XIAOER_EVENTS_EXCHANGE": settings.events_exchange,
    }


def _loopback(settings: Settings) -> dict[str, str]:
    # rasa_sdk would listen on every interface, and it has no authentication at all
    return {"SANIC_HOST": address_of(settings.actions_url, 5055)[0]}


def rasa_at(
    url: str, model: Path, root: Path, settings: Settings, secrets: Mapping[str, str]
) -> Command:
    """Return the process that serves a model at an address of its own, beside the usual one."""
    arguments = _rasa(replace(settings, rasa_url=url), root, model, secrets["XIAOER_RASA_TOKEN"])
    watched = _watched(settings, RASA_PORTS_ON)
    return Command("rasa-next", arguments, {**resolved_environment(settings, secrets), **watched})


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
