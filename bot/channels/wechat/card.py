"""Files as a card of the city's mini-program, for cities that have one.

Sources: https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
and https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/Adding_Permanent_Assets.html
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.channels.tencent.api import TencentApi
from bot.channels.wechat.declaration import WECHAT
from bot.domain.channels import Declaration, Part
from bot.domain.errors import BotError
from bot.settings import BadSetting, Settings

UPLOAD = "/cgi-bin/material/add_material"
PLACE = "{url}"
MOST_BYTES = 1_000_000
"""A larger picture is slow on a phone; WeChat itself takes ten times as much."""


class BadCardPicture(BotError):
    """The picture cannot be shown on a card; the text says why."""


@dataclass(frozen=True)
class Card:
    """What a card opens.

    Attributes:
        app_id: The mini-program's.
        page: Its page, with `{url}` for the address of the file.
        thumb: Media id of the picture on the card.
    """

    app_id: str
    page: str
    thumb: str

    def message(self, person: str, part: Part) -> dict[str, Any]:
        """Return the body of a message that shows a file; the part has one."""
        assert part.attachment is not None
        opened = {
            "title": part.attachment.title,
            "appid": self.app_id,
            "pagepath": self.page.replace(PLACE, quote(part.attachment.url, safe="")),
            "thumb_media_id": self.thumb,
        }
        return {"touser": person, "msgtype": "miniprogrampage", "miniprogrampage": opened}


def read_card(settings: Settings) -> Card | None:
    """Return what files are shown as, None for links; raises `BadSetting`."""
    if not settings.wechat_card_app_id:
        return None
    if not settings.wechat_card_app_id.startswith("wx"):
        raise BadSetting("XIAOER_WECHAT_CARD_APP_ID: expected the id that begins with wx")
    if PLACE not in settings.wechat_card_page or "://" in settings.wechat_card_page:
        raise BadSetting("XIAOER_WECHAT_CARD_PAGE: expected a page of the mini-program with {url}")
    if not settings.wechat_card_thumb:
        raise BadSetting("XIAOER_WECHAT_CARD_THUMB: expected what `xiaoer wechat card FILE` prints")
    return Card(settings.wechat_card_app_id, settings.wechat_card_page, settings.wechat_card_thumb)


def declared(card: Card | None) -> Declaration:
    """Return what WeChat can do; with a card files need no link."""
    if card is None:
        return WECHAT
    return replace(WECHAT, abilities=replace(WECHAT.abilities, files=True))


def read_picture(path: Path) -> tuple[str, bytes]:
    """Return name and content of a picture; raises `BadCardPicture`, `OSError`."""
    content = path.read_bytes()
    is_png, is_jpeg = content.startswith(b"\x89PNG\r\n"), content.startswith(b"\xff\xd8\xff")
    if not (is_png or is_jpeg):
        raise BadCardPicture("看内容不是 JPG 或 PNG 图片 (neither JPEG nor PNG)")
    if len(content) > MOST_BYTES:
        raise BadCardPicture("图片超过 1 MB，请压缩，建议 520×416 (more than 1 MB)")
    return "card.png" if is_png else "card.jpg", content


async def upload_picture(api: TencentApi, name: str, content: bytes) -> str:
    """Keep a picture at WeChat for good, return its id; raises `ApiRefused`, `DeliveryError`."""
    answer = await api.upload(UPLOAD, name, content, {"type": "image"})
    return str(answer["media_id"])
