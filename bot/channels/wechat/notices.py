"""Template messages: tell a person that a notice waits when nothing else may be sent any more.

The notice itself stays in the outbox and goes out whole when the person writes; a template holds
twenty signs of a text and would lose the rest.

Source: https://developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import anyio
import structlog

from bot.channels.tencent.api import ApiRefused, TencentApi
from bot.channels.tencent.errors import WECHAT_ERRORS
from bot.channels.wechat.declaration import WECHAT
from bot.domain.deliveries import Delivery, DeliveryError
from bot.hub.wakeups import OUTBOX, Wakeups
from bot.services.ports import Clock, OpenUnitOfWork
from bot.services.times.local_time import LOCAL
from bot.settings import BadSetting

SEND = "/cgi-bin/message/template/send"
LOOK_AGAIN_S = 2.0
ROOM = {"thing": 20, "short_thing": 5, "phrase": 5, "character_string": 32, "const": 20}
"""Longest value of a field by its kind, in signs; kinds that are not here are not cut."""

_LINK = re.compile(r"https?://[^\s，。）)]+")

log = structlog.get_logger()


def read_fields(setting: str) -> dict[str, str]:
    """Return the fields of the template in the setting; raises `BadSetting`."""
    pairs = [one.partition("=") for one in setting.split(",") if one.strip()]
    fields = {name.strip(): value.strip() for name, _sign, value in pairs}
    try:
        for pattern in fields.values():
            pattern.format(text="", time="")
        is_fine = all(re.fullmatch(r"[A-Za-z_]+\d*", name) for name in fields)
    except (LookupError, ValueError):
        is_fine = False
    if not fields or not is_fine:
        raise BadSetting("XIAOER_WECHAT_TEMPLATE_FIELDS: expected field={text}, field={time}")
    return fields


@dataclass(frozen=True)
class TemplateNotices:
    """Looks for held notices and tells of each once.

    Attributes:
        template: Id of the template.
        fields: Its fields; `{text}` and `{time}` are filled in.
    """

    api: TencentApi = field(repr=False)
    unit_of_work: OpenUnitOfWork
    now: Clock
    wakeups: Wakeups
    template: str
    fields: Mapping[str, str]

    async def run(self) -> None:
        """Tell until cancelled."""
        with self.wakeups.listen(OUTBOX) as bell:
            while True:
                try:
                    while await self.tell_one():
                        pass
                except DeliveryError as error:
                    # busy, or something that the operator has to set right: not at once again
                    await asyncio.sleep(max(error.retry_after_s or 0.0, LOOK_AGAIN_S))
                except Exception as error:  # noqa: BLE001 - the database is away; look again
                    log.warning("wechat_notices_stalled", error=type(error).__name__)
                await bell.wait(LOOK_AGAIN_S)

    async def tell_one(self) -> bool:
        """Tell of one notice; False when there was none.

        Raises:
            DeliveryError: Not now; the notice is told of later.
        """
        notice = await anyio.to_thread.run_sync(self._claim)
        if notice is None:
            return False
        try:
            await self.api.call(SEND, self._body(notice))
        except ApiRefused as refused:
            await self._failed(notice, WECHAT_ERRORS.meaning(refused))
        except DeliveryError as error:
            await self._failed(notice, error)
        return True

    async def _failed(self, notice: Delivery, error: DeliveryError) -> None:
        log.warning("wechat_notice_failed", delivery_id=notice.id, reason=str(error))
        if not error.permanent:
            await anyio.to_thread.run_sync(self._forget, notice.id)
            raise error

    def _body(self, notice: Delivery) -> dict[str, object]:
        text = " ".join(notice.message.text.split())
        at = notice.message.created_at.astimezone(LOCAL)
        values = {"text": text, "time": f"{at:%Y-%m-%d %H:%M}"}
        filled = {
            name: {"value": _cut(name, pattern.format(**values))}
            for name, pattern in self.fields.items()
        }
        link = _LINK.search(text)
        return {
            "touser": notice.recipient,
            "template_id": self.template,
            "data": filled,
            # taken once within ten minutes, so a lost answer doubles nothing
            "client_msg_id": f"xiaoer-{notice.id}",
            **({"url": link[0]} if link else {}),
        }

    def _claim(self) -> Delivery | None:
        with self.unit_of_work() as unit:
            return unit.deliveries.claim_notice(WECHAT.name, self.now())

    def _forget(self, delivery_id: int) -> None:
        with self.unit_of_work() as unit:
            unit.deliveries.forget_notice(delivery_id)


def _cut(name: str, text: str) -> str:
    room = ROOM.get(name.rstrip("0123456789"))
    return text if room is None or len(text) <= room else f"{text[: room - 1]}…"
