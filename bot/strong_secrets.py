"""Secrets that are too weak stop the start, and missing ones where others can reach the service."""

from collections.abc import Iterator

from bot.domain.errors import BotError
from bot.settings import PREFIX, Settings

SHORTEST = {
    "audit_key": 32,
    "secret_key": 32,
    "rasa_token": 16,
    "telegram_secret": 16,
    "wechat_token": 8,
    "wecom_token": 8,
    "oidc_client_secret": 16,
    "seal_password": 8,
}
"""Signs that a secret must have, when it is set."""

FEWEST_KINDS = 5
COMMON = ("changeme", "password", "secret", "example", "xiaoer", "12345678", "qwerty", "abcdefg")
"""A secret that begins so was never chosen at random."""

NEEDED = ("data_keys", "audit_key", "secret_key")
"""Must be set in production, so that no key lies on the disk of the data that it protects."""


class WeakSecret(BotError):
    """A secret is missing, too short or easily guessed; the message never holds it."""


def require_strong(settings: Settings) -> None:
    """Refuse to start with secrets that protect nothing.

    Production is what others can reach: cookies over HTTPS only, or a public address with https.

    Raises:
        WeakSecret: Names every variable at fault, and what is asked of it.
    """
    found = [*_weak(settings), *(_missing(settings) if settings.is_production else ())]
    if found:
        raise WeakSecret("; ".join(found))


def _weak(settings: Settings) -> Iterator[str]:
    for name, shortest in SHORTEST.items():
        for secret in filter(None, (one.strip() for one in getattr(settings, name).split(","))):
            variable = f"{PREFIX}{name.upper()}"
            if len(secret) < shortest:
                yield f"{variable}: 至少 {shortest} 个字符 (at least {shortest} characters)"
            elif len(set(secret)) < FEWEST_KINDS or secret.lower().startswith(COMMON):
                yield f"{variable}: 太容易猜到, 请用随机值 (too easily guessed: take a random one)"


def _missing(settings: Settings) -> Iterator[str]:
    for name in NEEDED:
        if not getattr(settings, name).strip():
            yield (
                f"{PREFIX}{name.upper()}: 正式运行必须设置, 密钥不能和数据放在一起"
                " (must be set in production; xiaoer keys new makes keys)"
            )
