"""Sends lines by the interface for customer service, and shows that an answer is on its way."""

import asyncio

import structlog

from bot.channels.tencent.api import ApiRefused, TencentApi
from bot.channels.tencent.errors import WECHAT_ERRORS
from bot.domain.channels import Part
from bot.domain.deliveries import Delivery, DeliveryError

SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"

log = structlog.get_logger()


class WechatSender:
    """See `bot.hub.outbox.Sender`."""

    def __init__(self, api: TencentApi) -> None:
        self._api = api

    async def send(self, delivery: Delivery, part: Part) -> None:
        """Send one text; raises `DeliveryError`."""
        body = {"touser": delivery.recipient, "msgtype": "text", "text": {"content": part.text}}
        try:
            await self._api.call(SEND, body)
        except ApiRefused as error:
            raise WECHAT_ERRORS.meaning(error) from error


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
