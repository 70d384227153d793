"""Welcomes whoever opens a conversation of 微信客服, with the usual first steps as a menu.

Source: https://developer.work.weixin.qq.com/document/path/96428
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from bot.channels.meanings import Meaning
from bot.channels.tencent.api import ApiRefused, TencentApi
from bot.channels.wecom.kf_messages import Entered
from bot.channels.wecom.sender import content
from bot.domain.deliveries import DeliveryError
from bot.domain.hub_texts import HubTexts
from bot.services.ports import Clock

SEND = "/cgi-bin/kf/send_msg_on_event"
CODE_LIFE_S = 20

log = structlog.get_logger()


@dataclass(frozen=True)
class Welcome:
    """Sends the one line that a welcome code allows; a lost one is never tried again."""

    api: TencentApi = field(repr=False)
    texts: HubTexts
    now: Clock

    async def send(self, event: Entered) -> None:
        """Welcome the person while the code is good."""
        if self.now().timestamp() - event.sent_at_s > CODE_LIFE_S:
            return
        keys = list(starter_keys(self.texts))
        body = {"code": event.code, **content(self.texts.welcome, self.texts.starters, keys)}
        try:
            await self.api.call(SEND, body)
        except (ApiRefused, DeliveryError) as error:
            log.info("kf_welcome_failed", reason=str(error))


def starter_keys(texts: HubTexts) -> Mapping[str, Meaning]:
    """Return what the items of the welcome say, by their key, in order."""
    return {
        f"w{index}": Meaning(button.title, button.payload)
        for index, button in enumerate(texts.starters)
    }
