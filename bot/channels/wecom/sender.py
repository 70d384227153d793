"""Sends lines as messages of the application, or of an account of 微信客服."""

from typing import Any

from bot.channels.tencent.api import ApiRefused, TencentApi
from bot.channels.tencent.errors import KF_ERRORS, WECOM_ERRORS
from bot.channels.wecom.kf_messages import person_parts
from bot.domain.channels import Part
from bot.domain.choices import choice_key
from bot.domain.conversations import Button
from bot.domain.deliveries import Delivery, DeliveryError

SEND = "/cgi-bin/message/send"
KF_SEND = "/cgi-bin/kf/send_msg"


class WecomSender:
    """To members of the enterprise; see `bot.hub.outbox.Sender`.

    Source: https://developer.work.weixin.qq.com/document/path/90236
    """

    def __init__(self, api: TencentApi, agent_id: int) -> None:
        self._api = api
        self._agent_id = agent_id

    async def send(self, delivery: Delivery, part: Part) -> None:
        """Send one text; raises `DeliveryError`."""
        body = {
            "touser": delivery.recipient,
            "msgtype": "text",
            "agentid": self._agent_id,
            "text": {"content": part.text},
            "safe": 0,
        }
        try:
            answer = await self._api.call(SEND, body)
        except ApiRefused as error:
            raise WECOM_ERRORS.meaning(error) from error
        if delivery.recipient.lower() in str(answer.get("invaliduser") or "").lower().split("|"):
            # out of the application's sight; the platform says so in an answer that is else good
            raise DeliveryError("invaliduser", permanent=True, is_unreachable=True)


class KfSender:
    """To people on WeChat; choices are a menu.

    Source: https://developer.work.weixin.qq.com/document/path/96427
    """

    def __init__(self, api: TencentApi) -> None:
        self._api = api

    async def send(self, delivery: Delivery, part: Part) -> None:
        """Send one text with its menu; raises `DeliveryError`."""
        open_kfid, external = person_parts(delivery.recipient)
        body = {"touser": external, "open_kfid": open_kfid}
        keys = [choice_key(delivery.message.id, index) for index in range(len(part.buttons))]
        try:
            await self._api.call(KF_SEND, {**body, **content(part.text, part.buttons, keys)})
        except ApiRefused as error:
            raise KF_ERRORS.meaning(error) from error


def content(text: str, buttons: tuple[Button, ...], keys: list[str]) -> dict[str, Any]:
    """Return a text, with its menu when there are buttons."""
    if not buttons:
        return {"msgtype": "text", "text": {"content": text}}
    items = [
        {"type": "click", "click": {"id": key, "content": button.title}}
        for key, button in zip(keys, buttons, strict=True)
    ]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": text, "list": items}}
