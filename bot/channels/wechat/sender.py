"""Sends lines by the interface for customer service, and shows that an answer is on its way."""

import asyncio
from typing import Any

import structlog

from bot.channels.tencent.api import ApiRefused, TencentApi
from bot.channels.tencent.errors import WECHAT_ERRORS
from bot.channels.wechat.card import Card
from bot.domain.channels import Part
from bot.domain.deliveries import Delivery, DeliveryError

SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"

log = structlog.get_logger()


class WechatSender:
    """See `bot.hub.outbox.Sender`."""

    def __init__(self, api: TencentApi, card: Card | None = None, link: str = "") -> None:
        """Take the account.

        Args:
            api: Its interfaces.
            card: What files are shown as, when there is a mini-program.
            link: A file as a text, `{title}` and `{url}`, for when the card is refused.
        """
        self._api = api
        self._card, self._link = card, link

    async def send(self, delivery: Delivery, part: Part) -> None:
        """Send one text or file; raises `DeliveryError`."""
        if part.attachment is None or self._card is None:
            await self._send(_text(delivery, part.text))
            return
        try:
            await self._send(self._card.message(delivery.recipient, part))
        except DeliveryError as error:
            if not error.permanent or error.is_unreachable:
                raise
            # a card that is set up wrongly must not keep the file from the person
            log.warning("wechat_card_refused", reason=str(error), remedy="XIAOER_WECHAT_CARD_*")
            item = part.attachment
            await self._send(_text(delivery, self._link.format(title=item.title, url=item.url)))

    async def _send(self, body: dict[str, Any]) -> None:
        try:
            await self._api.call(SEND, body)
        except ApiRefused as error:
            raise WECHAT_ERRORS.meaning(error) from error


def _text(delivery: Delivery, content: str) -> dict[str, Any]:
    return {"touser": delivery.recipient, "msgtype": "text", "text": {"content": content}}


class Typing:
    """Shows "typing" beside everything else; a lost one is never tried again."""

    def __init__(self, api: TencentApi) -> None:
        self._api = api
        self._tasks: set[asyncio.Task[None]] = set()

    def show(self, person: str) -> None:
        """Show it for some seconds."""
        task = asyncio.create_task(self._try(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Drop what is on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _try(self, person: str) -> None:
        try:
            await self._api.call(TYPING, {"touser": person, "command": "Typing"})
        except (ApiRefused, DeliveryError) as error:
            log.info("wechat_typing_failed", error=str(error))
