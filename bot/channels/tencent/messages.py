"""What the callbacks of WeChat and WeCom say, turned into what happened. Pure functions.

Source: https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_standard_messages.html
Source: https://developer.work.weixin.qq.com/document/path/90239
"""

import re
from collections.abc import Mapping

from bot.channels.tencent.events import (
    Arrived,
    Clicked,
    Event,
    Left,
    Linked,
    Located,
    Sent,
    Typed,
    Unreadable,
)

SCENE_PREFIX = "qrscene_"
_ID = re.compile(r"[A-Za-z0-9_@.-]{1,64}")
_MEDIA = re.compile(r"[A-Za-z0-9_-]{1,200}")
_NUMBER = re.compile(r"-?\d{1,3}(\.\d{1,12})?")
_FILES = {
    "image": ("photo", "image/jpeg"),
    "voice": ("voice", "audio/amr"),
    "video": ("video", "video/mp4"),
    "shortvideo": ("video", "video/mp4"),
}


class NotACallback(ValueError):
    """What came is no message and no event of anybody."""


def read_event(fields: Mapping[str, str]) -> Event | None:
    """Return what happened, None for what is nobody's concern here (a page was opened).

    Raises:
        NotACallback: Nobody is named, or nothing tells it from others.
    """
    person, kind = fields.get("FromUserName", ""), fields.get("MsgType", "")
    number, made = fields.get("MsgId", ""), fields.get("CreateTime", "")
    if not _ID.fullmatch(person) or not kind or not (number or made).isdecimal():
        raise NotACallback
    if kind == "event":
        name = fields.get("Event", "")[:40]
        return _event(fields, name.lower(), (person, f"e{made[:20]}:{name}"))
    return _message(fields, kind, (person, f"m{number[:40]}" if number else f"t{made[:20]}:{kind}"))


def _event(fields: Mapping[str, str], name: str, at: tuple[str, str]) -> Event | None:
    key = fields.get("EventKey", "")[:128]
    if name == "subscribe":
        return Arrived(*at, scene=key.removeprefix(SCENE_PREFIX), is_new=True)
    if name == "scan":
        return Arrived(*at, scene=key, is_new=False)
    if name == "click":
        return Clicked(at[0], f"{at[1]}:{key[:40]}", key)
    return Left(*at) if name == "unsubscribe" else None


def _message(fields: Mapping[str, str], kind: str, at: tuple[str, str]) -> Event:
    if kind == "text":
        return Typed(*at, fields.get("Content", ""))
    media = fields.get("MediaId", "")
    if kind in _FILES and _MEDIA.fullmatch(media):
        return Sent(*at, _FILES[kind][0], media, _FILES[kind][1], fields.get("Recognition", ""))
    if kind == "location":
        place = fields.get("Location_X", ""), fields.get("Location_Y", "")
        if all(_NUMBER.fullmatch(one) for one in place):
            return Located(*at, float(place[0]), float(place[1]))
    if kind == "link":
        return Linked(*at, fields.get("Title", "")[:200], fields.get("Url", "")[:1000])
    return Unreadable(*at)
