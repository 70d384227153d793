"""The client of the Bot API, and its errors as the outbox understands them."""

import logging  # noqa: TID251 - only to quiet a library that would write the token into logs
import os
import re

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import AIORateLimiter, ExtBot

from bot.channels.telegram.wire import AiohttpRequest
from bot.domain.deliveries import DeliveryError
from bot.settings import BadSetting, Settings

Bot = ExtBot[int]

CONNECT_S, READ_S, WRITE_S, UPLOAD_S = 5.0, 35.0, 10.0, 14.0
"""Together less than the outbox's `SEND_TIMEOUT` (connecting counts twice, uploading replaces
writing). A platform that takes half a minute is slow, not away: giving up would say a line twice.
"""

WRONG_TOKEN_RETRY_S = 60.0
CONNECTIONS = 32
MODES = ("polling", "webhook")
LOST = re.compile(
    r"chat not found|user is deactivated|bot was blocked|PEER_ID_INVALID", re.IGNORECASE
)

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def check_settings(settings: Settings) -> None:
    """Refuse settings with which Telegram could not work, or not safely.

    Raises:
        BadSetting: The message names the variable, never its value.
    """
    if settings.telegram_mode not in MODES:
        raise BadSetting("XIAOER_TELEGRAM_MODE: expected polling or webhook")
    if not _TOKEN.fullmatch(settings.telegram_token):
        raise BadSetting("XIAOER_TELEGRAM_TOKEN: expected the token that BotFather gave")
    is_needed = settings.telegram_mode == "webhook"
    if (is_needed or settings.telegram_secret) and not _SECRET.fullmatch(settings.telegram_secret):
        raise BadSetting(
            "XIAOER_TELEGRAM_SECRET: a webhook needs one, 1-256 letters, digits, _ or -"
        )


def open_bot(settings: Settings) -> Bot:
    """Return a client; it connects with its first call. Close it with `close_bot`."""
    # the library would warn at every "too many requests" that this will change
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, tokens included
    api = settings.telegram_api_url.rstrip("/")
    return ExtBot(
        settings.telegram_token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=_request(),
        get_updates_request=_request(),
        # 30 a second to all, 20 a minute to a group; a refusal goes back to the outbox at once
        rate_limiter=AIORateLimiter(max_retries=0),
    )


async def close_bot(bot: Bot) -> None:
    """Close its connections."""
    for request in bot._request:  # noqa: SLF001 - shutdown() does nothing before initialize()
        await request.shutdown()


def as_delivery_error(error: TelegramError) -> DeliveryError:
    """Return what an error of the Bot API means for a line."""
    reason = type(error).__name__
    if isinstance(error, RetryAfter):
        return DeliveryError(reason, permanent=False, retry_after_s=_seconds(error))
    if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and LOST.search(str(error))):
        return DeliveryError(reason, permanent=True, is_unreachable=True)
    if isinstance(error, InvalidToken):  # the operator's mistake, not the person's
        return DeliveryError(reason, permanent=False, retry_after_s=WRONG_TOKEN_RETRY_S)
    if isinstance(error, (BadRequest, ChatMigrated)):
        return DeliveryError(f"{reason}: {error}", permanent=True)
    return DeliveryError(reason, permanent=False)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _request() -> AiohttpRequest:
    return AiohttpRequest(
        connect_s=CONNECT_S, read_s=READ_S, write_s=WRITE_S, upload_s=UPLOAD_S, most=CONNECTIONS
    )
