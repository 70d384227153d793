"""Settings, read once from the environment and `.env`; every variable starts with XIAOER_."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import BotError

PREFIX = "XIAOER_"
ROOT = Path(__file__).resolve().parent.parent


class BadSetting(BotError):
    """An environment variable has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """All settings; secrets are hidden in `repr`. `docs/settings.md` explains each.

    Attributes:
        host: Address the hub listens on.
        port: TCP port of the hub.
        database_url: SQLAlchemy address of the business data.
        redis_url: Redis for wake-ups between several hubs; empty on one machine.
        rasa_url: Where `rasa run` listens; loopback.
        rasa_token: Shared secret between hub and Rasa.
        rasa_database_url: SQLAlchemy address of Rasa's own database; empty means a SQLite file in
            `state_dir`.
        actions_url: Where the action server listens; loopback.
        public_url: How applicants reach the hub, for links in messages; no trailing slash.
        state_dir: Folder of everything that changes at run time.
        data_dir: Folder of catalogue, calendar, lexicon, seed.
        seal_p12: PKCS#12 file of the city's own seal; empty for the test seal of this machine.
        seal_password: Password of that file.
        turn_timeout_s: How long the hub holds the line for one Rasa turn.
        secure_cookies: Send cookies over HTTPS only; on behind a TLS proxy.
        telegram_token: Token of the Telegram bot; Telegram is off without one.
        telegram_secret: Secret that Telegram sends along with every call of the webhook.
        telegram_api_url: Address of the Bot API, for a server of one's own; no trailing slash.
        telegram_mode: "polling" (fetch, needs no public address) or "webhook".
        testing: True only in tests; allows small queues and short leases.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = field(default=f"sqlite:///{ROOT / 'var' / 'xiaoer.db'}", repr=False)
    rasa_database_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_token: str = field(default="", repr=False)
    actions_url: str = "http://127.0.0.1:5055"
    public_url: str = ""
    state_dir: Path = ROOT / "var"
    data_dir: Path = ROOT / "data"
    seal_p12: str = ""
    seal_password: str = field(default="", repr=False)
    turn_timeout_s: float = 60.0
    secure_cookies: bool = False
    telegram_token: str = field(default="", repr=False)
    telegram_secret: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: str = "polling"
    testing: bool = False

    @property
    def rasa_database(self) -> str:
        """Return the address of Rasa's own database, by default a file in the state folder."""
        return self.rasa_database_url or f"sqlite:///{self.state_dir.resolve() / 'rasa.db'}"

    @property
    def base_url(self) -> str:
        """Return the address put in front of links, without a trailing slash."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"


def load_settings(
    environ: Mapping[str, str] | None = None, env_file: Path | None = None
) -> Settings:
    """Read the settings; the environment wins over `env_file` (default: `.env` beside the code).

    Raises:
        BadSetting: A variable cannot be read as its type, or an XIAOER_ name is unknown.
    """
    file = ROOT / ".env" if env_file is None else env_file
    merged = {**_read_env_file(file), **(os.environ if environ is None else environ)}
    kinds = {name: type(getattr(Settings(), name)) for name in Settings.__dataclass_fields__}
    values: dict[str, object] = {}
    for key, raw in merged.items():
        if not key.startswith(PREFIX):
            continue
        name = key[len(PREFIX) :].lower()
        if name in kinds:
            values[name] = _convert(key, raw, kinds[name])
    return Settings(**values)  # type: ignore[arg-type]  # checked by _convert


def _convert(key: str, raw: str, kind: type) -> object:
    if kind is bool:
        lowered = raw.strip().lower()
        if lowered not in {"1", "0", "true", "false", "yes", "no", ""}:
            raise BadSetting(f"{key}={raw!r}: expected true or false")
        return lowered in {"1", "true", "yes"}
    try:
        return kind(raw.strip())
    except ValueError as error:
        raise BadSetting(f"{key}={raw!r}: expected {kind.__name__}") from error


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    pairs = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith("#") and "=" in stripped:
            name, value = stripped.split("=", 1)
            pairs[name.strip()] = value.strip().strip("'\"")
    return pairs
