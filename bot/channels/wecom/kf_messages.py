"""What 微信客服 tells when it is asked for news, turned into what happened. Pure functions.

Source: https://developer.work.weixin.qq.com/document/path/94699
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.tencent.events import (
    Chosen,
    Clicked,
    Event,
    Happened,
    Linked,
    Located,
    Sent,
    Typed,
    Unreadable,
)
from bot.domain.choices import read_choice_key

CUSTOMER = 3
"""`origin` of what a customer sends; others are the platform's own and its human staff's."""

WELCOME_KEY = re.compile(r"w\d{1,2}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,58}")
_FILES = {
    "image": ("photo", "image/jpeg"),
    "voice": ("voice", "audio/amr"),
    "video": ("video", "video/mp4"),
    "file": ("document", "application/octet-stream"),
}


@dataclass(frozen=True)
class Entered(Happened):
    """The person opened the conversation; `code` lets one welcome be sent within 20 seconds."""

    code: str
    sent_at_s: int


@dataclass(frozen=True)
class NotTaken(Happened):
    """A message of ours did not arrive after all; `kind` is the platform's number for why."""

    kind: int


def person_parts(person: str) -> tuple[str, str]:
    """Return account and external id out of a person's id."""
    open_kfid, _colon, external = person.partition(":")
    return open_kfid, external


def read_news(item: Mapping[str, Any]) -> Event | Entered | NotTaken | None:
    """Return what one entry says, None for what is nobody's concern here."""
    kind, msgid = str(item.get("msgtype") or ""), str(item.get("msgid") or "")
    inside = item.get(kind)
    if not isinstance(inside, Mapping):
        inside = {}
    named = inside if kind == "event" else item
    open_kfid, external = str(named.get("open_kfid") or ""), str(named.get("external_userid") or "")
    if not _ID.fullmatch(open_kfid) or not _ID.fullmatch(external) or not msgid:
        return None
    at = (f"{open_kfid}:{external}", f"k{msgid[:100]}")
    if kind == "event":
        return _event(inside, item, at)
    return _message(kind, inside, at) if item.get("origin") == CUSTOMER else None


def _event(
    inside: Mapping[str, Any], item: Mapping[str, Any], at: tuple[str, str]
) -> Entered | NotTaken | None:
    name = inside.get("event_type")
    if name == "enter_session" and isinstance(inside.get("welcome_code"), str):
        return Entered(*at, inside["welcome_code"], _number(item.get("send_time")))
    if name == "msg_send_fail":
        return NotTaken(*at, _number(inside.get("fail_type")))
    return None


def _message(kind: str, inside: Mapping[str, Any], at: tuple[str, str]) -> Event:
    if kind == "text":
        text, key = str(inside.get("content") or ""), str(inside.get("menu_id") or "")
        if WELCOME_KEY.fullmatch(key):
            return Clicked(*at, key, is_message=True)
        return Chosen(*at, text, key) if read_choice_key(key) else Typed(*at, text)
    media = str(inside.get("media_id") or "")
    if kind in _FILES and re.fullmatch(r"[A-Za-z0-9_-]{1,200}", media):
        return Sent(*at, _FILES[kind][0], media, _FILES[kind][1])
    place = inside.get("latitude"), inside.get("longitude")
    if kind == "location" and all(isinstance(one, (int, float)) for one in place):
        return Located(*at, float(inside["latitude"]), float(inside["longitude"]))
    if kind == "link":
        return Linked(
            *at, str(inside.get("title") or "")[:200], str(inside.get("url") or "")[:1000]
        )
    return Unreadable(*at)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
