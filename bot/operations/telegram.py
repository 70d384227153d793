"""The sub-commands of `xiaoer telegram`, for `bot.cli`."""

import argparse
import asyncio
from dataclasses import dataclass

from bot.operations.display import Display
from bot.operations.errors import OperationFailed
from bot.settings import Settings

MOST_CONNECTIONS = 10
"""Calls at once that Telegram may make; each waits only for one short transaction."""


def add_telegram_commands(parser: argparse.ArgumentParser) -> None:
    """Add `webhook set|delete|info` to the parser of `xiaoer telegram`."""
    kinds = parser.add_subparsers(required=True, metavar="webhook")
    text = "Webhook 地址 (the address that Telegram calls)"
    webhook = kinds.add_parser("webhook", help=text, description=text)
    moves = {
        "set": "登记 XIAOER_PUBLIC_URL 下的地址 (register the address)",
        "delete": "取消登记, 改用长轮询前需要 (remove it)",
        "info": "查看登记情况和最近的错误 (what Telegram says about it)",
    }
    done = webhook.add_subparsers(required=True, metavar="set|delete|info")
    for name, about in moves.items():
        made = done.add_parser(name, help=about, description=about)
        made.set_defaults(handler=_webhook, move=name)


def _webhook(options: argparse.Namespace, settings: Settings, display: Display) -> int:
    for line in asyncio.run(_call(options.move, settings)):
        display.line(line)
    return 0


async def _call(move: str, settings: Settings) -> list[str]:
    """Do it and return what to print.

    Raises:
        BadSetting: Token or secret cannot be used.
        OperationFailed: Telegram is out of reach or refuses, or the address is not public.
    """
    # loads the library, which the other commands do without
    from telegram.error import TelegramError  # noqa: PLC0415

    from bot.channels.telegram.client import check_settings, close_bot, open_bot  # noqa: PLC0415
    from bot.channels.telegram.updates import ALLOWED_UPDATES  # noqa: PLC0415
    from bot.channels.telegram.webhook import PATH  # noqa: PLC0415

    if not settings.telegram_token:
        raise OperationFailed("先设置 XIAOER_TELEGRAM_TOKEN (set it first)")
    check_settings(settings)
    address = _public_address(settings) + PATH if move == "set" else ""
    bot = open_bot(settings)
    try:
        if address:
            await bot.set_webhook(
                address,
                secret_token=settings.telegram_secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=MOST_CONNECTIONS,
            )
            return [f"已登记 (registered): {address}"]
        if move == "delete":
            await bot.delete_webhook()
            return ["已取消登记 (removed); XIAOER_TELEGRAM_MODE=polling 时小二自己去取消息"]
        info = await bot.get_webhook_info()
    except TelegramError as error:
        raise OperationFailed(f"Telegram: {error}") from error
    finally:
        await close_bot(bot)
    return [
        f"地址 (address): {info.url or '未登记 (none)'}",
        f"待送 (pending): {info.pending_update_count}",
        f"最近错误 (last error): {info.last_error_message or '无 (none)'}",
    ]


@dataclass(frozen=True)
class WebhookState:
    """What Telegram says of our webhook.

    Attributes:
        url: The registered address, "" for none.
        is_ours: It is the one that `webhook set` would register.
        last_error: Why Telegram could not deliver last, "" when it could.
    """

    url: str
    is_ours: bool
    last_error: str


async def webhook_state(settings: Settings) -> WebhookState:
    """Ask Telegram; raises `OperationFailed` when it is out of reach or refuses."""
    from telegram.error import TelegramError  # noqa: PLC0415 - loads the library

    from bot.channels.telegram.client import close_bot, open_bot  # noqa: PLC0415
    from bot.channels.telegram.webhook import PATH  # noqa: PLC0415

    bot = open_bot(settings)
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        raise OperationFailed(f"Telegram: {error}") from error
    finally:
        await close_bot(bot)
    ours = settings.public_url.rstrip("/") + PATH
    return WebhookState(info.url, info.url == ours, info.last_error_message or "")


def _public_address(settings: Settings) -> str:
    if settings.telegram_mode != "webhook" or not settings.telegram_secret:
        raise OperationFailed(
            "先设置 XIAOER_TELEGRAM_MODE=webhook 和 XIAOER_TELEGRAM_SECRET (set both first)"
        )
    if not settings.public_url.startswith("https://"):
        raise OperationFailed(
            "XIAOER_PUBLIC_URL 要是 https 地址, Telegram 只认 https (must be https)"
        )
    return settings.public_url.rstrip("/")
