"""Settings, read once from the environment and `.env`; every variable starts with XIAOER_."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import BotError

PREFIX = "XIAOER_"
FROM_FILE = "_FILE"
"""`XIAOER_NAME_FILE` names a file that holds the value, as containers hand out secrets."""

CODE = Path(__file__).resolve().parent
SHARED = Path(sys.prefix) / "share" / "xiaoer"
"""Where an installed wheel puts data and Rasa's files; models and state are written there too."""

ROOT = CODE.parent if (CODE.parent / "domain.yml").exists() else SHARED


class BadSetting(BotError):
    """An environment variable has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """All settings; secrets are hidden in `repr`. `docs/settings.md` explains each.

    Attributes:
        host: Address the hub listens on.
        port: TCP port of the hub.
        database_url: SQLAlchemy address of the business data; by default beside the keys.
        redis_url: Redis for wake-ups between several hubs; empty on one machine.
        clamd: ClamAV's daemon, "unix:/path" or "host:port"; empty for no scan of files.
        rasa_url: Where `rasa run` listens; loopback.
        rasa_token: Shared secret between hub and Rasa.
        rasa_database_url: SQLAlchemy address of Rasa's own database; empty means a SQLite file in
            `state_dir`.
        rasa_levers: Which levers Rasa is served with: "all", "none", or names with commas.
        actions_url: Where the action server listens; loopback.
        public_url: How applicants reach the hub, for links in messages; no trailing slash.
        state_dir: Folder of everything that changes at run time.
        data_dir: Folder of catalogue, calendar, lexicon, seed.
        seal_p12: PKCS#12 file of the city's own seal; empty for the test seal of this machine.
        seal_password: Password of that file.
        platform_url: Address of the city's approval platform; empty where there is none.
        platform_keys: "id:secret, id:secret"; the first signs, all are accepted.
        platform_algorithm: What we sign with, HMAC-SHA256 or HMAC-SM3.
        platform_ca: File of the authorities that vouch for it; empty for the system's.
        platform_first: Ask it before the register.
        platform_fresh_s: A copy of its data that is not older is shown without asking.
        platform_wait_s: How long one turn waits for it, at most 5.
        platform_poll_s: How often its changes are read, beside what it pushes.
        turn_timeout_s: How long the hub holds the line for one Rasa turn.
        secure_cookies: Send cookies over HTTPS only; on behind a TLS proxy.
        address_per_minute: Requests that one address may make; 0 for any number.
        account_per_minute: Requests that one account of the desk may make; 0 for any number.
        second_factor_roles: Roles that need a second factor, with commas between; "" for none.
        audit_key: Key of the seals in the audit log; several with commas between, newest first.
        secret_key: Key that encrypts the secrets of second factors.
        data_keys: "id:secret, id:secret, lookup:secret": keys that seal personal data, newest
            first, and the one of its keyed hashes.
        oidc_issuer: Address of the city's own sign-in; empty for none.
        oidc_client_id: How the desk is known there.
        oidc_client_secret: Its secret; empty for a public client.
        oidc_name: What the button at the login says.
        oidc_accounts: "match": only accounts that exist; "provision": others are made.
        oidc_login_claim: Which claim holds the login.
        oidc_role_claim: Which claim holds the person's roles there.
        oidc_roles: "theirs=ours" with commas between, such as "clerk=agent".
        oidc_department_claim: Which claim holds the department.
        oidc_departments: "theirs=ours" with commas between.
        telegram_token: Token of the Telegram bot; Telegram is off without one.
        telegram_secret: Secret that Telegram sends along with every call of the webhook.
        telegram_api_url: Address of the Bot API, for a server of one's own; no trailing slash.
        telegram_mode: "polling" (fetch, needs no public address) or "webhook".
        run_id: Set by `xiaoer run` for its own processes: whose model they follow.
        evaluation_dir: Folder of labelled lines (JSON Lines) that models are compared on; empty for
            the project's own where they are there.
        wechat_app_id: App id of the WeChat Official Account; WeChat is off without one.
        wechat_app_secret: Its secret.
        wechat_token: Shared secret of the signature of its callbacks.
        wechat_aes_key: Key of its callbacks in safe mode; empty in plain mode.
        wechat_api_url: Address of its interfaces; no trailing slash.
        wechat_template: Id of the template that tells of held notices; empty for none.
        wechat_template_fields: "field={text}, field={time}" of that template.
        wechat_card_app_id: App id of the city's mini-program, in which files open; empty for links.
        wechat_card_page: Its page, with `{url}` where the address of the file goes.
        wechat_card_thumb: Media id of the picture on its card, by `xiaoer wechat card FILE`.
        wecom_corp_id: Corp id of WeCom; WeCom is off without one.
        wecom_secret: Secret of the application.
        wecom_agent_id: Id of the application; empty when only 微信客服 is used.
        wecom_token: Shared secret of the signature of its callbacks.
        wecom_aes_key: Key of its callbacks.
        wecom_kf: Serve 微信客服 as well.
        wecom_api_url: Address of its interfaces; no trailing slash.
        widget_origins: Sites that may embed the widget, "https://host[:port]" with commas between.
        widget_demo: Show the page that demonstrates the widget.
        consent: "ask" before personal data; "elsewhere" when another page has asked already.
        clock: "here": this hub watches deadlines as well; "elsewhere": processes of their own do.
        events_url: Broker of the city's data platform, "amqps://user:password@host/vhost".
        events_exchange: Topic exchange there.
        metrics_host: Address that `/metrics` of each process listens on; loopback.
        metrics_port: Port of the hub's `/metrics`; the actions' is one more, Rasa's two more; 0
            for none.
        otlp_url: Where traces go (OTLP over HTTP); empty for no traces.
        testing: True only in tests; allows small queues and short leases.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = field(default="", repr=False)
    rasa_database_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    clamd: str = ""
    rasa_url: str = "http://127.0.0.1:5005"
    rasa_token: str = field(default="", repr=False)
    rasa_levers: str = "all"
    actions_url: str = "http://127.0.0.1:5055"
    public_url: str = ""
    state_dir: Path = ROOT / "var"
    data_dir: Path = ROOT / "data"
    seal_p12: str = ""
    seal_password: str = field(default="", repr=False)
    platform_url: str = ""
    platform_keys: str = field(default="", repr=False)
    platform_algorithm: str = "HMAC-SHA256"
    platform_ca: str = ""
    platform_first: bool = False
    platform_fresh_s: float = 60.0
    platform_wait_s: float = 4.0
    platform_poll_s: float = 15.0
    turn_timeout_s: float = 60.0
    secure_cookies: bool = False
    address_per_minute: int = 600
    account_per_minute: int = 600
    second_factor_roles: str = ""
    audit_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    data_keys: str = field(default="", repr=False)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = "统一身份认证"
    oidc_accounts: str = "match"
    oidc_login_claim: str = "preferred_username"
    oidc_role_claim: str = "roles"
    oidc_roles: str = ""
    oidc_department_claim: str = "department"
    oidc_departments: str = ""
    telegram_token: str = field(default="", repr=False)
    telegram_secret: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: str = "polling"
    run_id: str = ""
    evaluation_dir: str = ""
    wechat_app_id: str = ""
    wechat_app_secret: str = field(default="", repr=False)
    wechat_token: str = field(default="", repr=False)
    wechat_aes_key: str = field(default="", repr=False)
    wechat_api_url: str = "https://api.weixin.qq.com"
    wechat_template: str = ""
    wechat_template_fields: str = "thing1={text},time2={time}"
    wechat_card_app_id: str = ""
    wechat_card_page: str = "pages/file/file?url={url}"
    wechat_card_thumb: str = ""
    wecom_corp_id: str = ""
    wecom_secret: str = field(default="", repr=False)
    wecom_agent_id: str = ""
    wecom_token: str = field(default="", repr=False)
    wecom_aes_key: str = field(default="", repr=False)
    wecom_kf: bool = False
    wecom_api_url: str = "https://qyapi.weixin.qq.com"
    widget_origins: str = ""
    widget_demo: bool = False
    consent: str = "ask"
    clock: str = "here"
    events_url: str = field(default="", repr=False)
    events_exchange: str = "xiaoer.events"
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    otlp_url: str = ""
    testing: bool = False

    def __post_init__(self) -> None:
        """Keep the business data beside the keys that open them, unless an address is given."""
        if not self.database_url:
            file = self.state_dir.resolve() / "xiaoer.db"
            object.__setattr__(self, "database_url", f"sqlite:///{file}")

    @property
    def is_production(self) -> bool:
        """Others can reach the service: over HTTPS, as cookies or the public address say."""
        return self.secure_cookies or self.public_url.startswith("https://")

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
        BadSetting: A variable cannot be read as its type, or its file cannot be read.
    """
    file = ROOT / ".env" if env_file is None else env_file
    merged = {**_read_env_file(file), **(os.environ if environ is None else environ)}
    usual = Settings()
    kinds = {name: type(getattr(usual, name)) for name in Settings.__dataclass_fields__}
    values: dict[str, object] = {}
    for key, raw in merged.items():
        if not key.startswith(PREFIX):
            continue
        name = key[len(PREFIX) :].lower()
        if name in kinds:
            values[name] = _convert(key, raw, kinds[name])
        held = name[: -len(FROM_FILE)] if key.endswith(FROM_FILE) else ""
        if held in kinds and key[: -len(FROM_FILE)] not in merged:
            values[held] = _convert(key, _read_secret(key, raw), kinds[held])
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


def _read_secret(key: str, path: str) -> str:
    try:
        return Path(path.strip()).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{key}={path!r}: cannot be read") from error


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
