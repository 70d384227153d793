"""Checks of `xiaoer doctor` about the channels: settings, public address, registered webhooks."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from bot.operations.errors import OperationFailed
from bot.operations.findings import Finding, Level
from bot.operations.telegram import webhook_state
from bot.settings import BadSetting, Settings


def check_webhooks(settings: Settings, _root: Path, _now: datetime) -> Iterator[Finding]:
    """Look at each channel that is switched on; nothing for the others."""
    for name, check in _switched_on(settings).items():
        try:
            check(settings)
        except BadSetting as error:
            yield Finding(name, Level.FAIL, str(error), "改正这项设置, 见 docs/settings.md")
            continue
        if name != "telegram" or settings.telegram_mode == "webhook":
            yield _reachable(name, settings)
        if name == "telegram":
            yield _registered(settings)


def _switched_on(settings: Settings) -> dict[str, Callable[[Settings], None]]:
    found: dict[str, Callable[[Settings], None]] = {}
    # each loads its vendor's library, which the other commands do without
    if settings.telegram_token:
        from bot.channels.telegram.client import check_settings as telegram  # noqa: PLC0415

        found["telegram"] = telegram
    if settings.wechat_app_id:
        from bot.channels.wechat.api import check_settings as wechat  # noqa: PLC0415

        found["wechat"] = wechat
    if settings.wecom_corp_id:
        from bot.channels.wecom.api import check_settings as wecom  # noqa: PLC0415

        found["wecom"] = wecom
    return found


def _reachable(name: str, settings: Settings) -> Finding:
    if settings.public_url.startswith("https://"):
        return Finding(name, Level.OK, f"回调走 {settings.public_url}")
    text = "平台要从外面回调, 可是没有 https 的对外地址"
    return Finding(
        name, Level.FAIL, text, "设置 XIAOER_PUBLIC_URL=https://..., 见 docs/operations.md"
    )


def _registered(settings: Settings) -> Finding:
    try:
        state = asyncio.run(webhook_state(settings))
    except OperationFailed as error:
        return Finding("telegram", Level.WARN, str(error), "看网络和 XIAOER_TELEGRAM_API_URL")
    if settings.telegram_mode == "polling":
        if state.url:
            text = f"设的是自己去取, Telegram 那边却登记着 {state.url}, 一条也取不到"
            return Finding("telegram", Level.FAIL, text, "xiaoer telegram webhook delete")
        return Finding("telegram", Level.OK, "自己去取消息, 没有登记回调")
    if not state.is_ours:
        text = f"登记的回调地址是 {state.url or '空的'}, 不是我们的, 消息到不了"
        return Finding("telegram", Level.FAIL, text, "xiaoer telegram webhook set")
    if state.last_error:
        text = f"Telegram 说回调失败: {state.last_error}"
        return Finding("telegram", Level.WARN, text, "看反向代理、证书和防火墙")
    return Finding("telegram", Level.OK, "回调已登记")
