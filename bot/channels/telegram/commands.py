"""What commands and links into the chat stand for. Pure functions."""

import json
import re
from dataclasses import dataclass

from bot.channels.telegram.texts import TelegramTexts
from bot.domain.conversations import Owner
from bot.domain.payloads import STOP_WAITING

OWN_CASES = json.dumps({"case_act": "page=0"})
_CASE = re.compile(r"case[_-]([0-9A-Za-z-]{6,40})")
_PLAN = re.compile(r"plan[_-](FA-?\d{8}-?\d{1,6})", re.IGNORECASE)
_PLAN_LINK = re.compile(r"plan[_-]([A-Za-z0-9_-]{20,59})")


@dataclass(frozen=True)
class Meaning:
    """What a command says for the person: a text, or the payload of a button with its title."""

    text: str
    payload: str | None = None


def command_meaning(name: str, owner: Owner, texts: TelegramTexts) -> Meaning | None:
    """Return what a command other than /start and /mycases says, None for an unknown one."""
    payload = {
        "help": "/ask_capabilities",
        "agent": "/request_agent",
        "cancel": f"/{STOP_WAITING}" if owner is Owner.WAITING else "/stop",
    }.get(name)
    return Meaning(texts.commands[name], payload) if payload else None


def start_meaning(rest: str, texts: TelegramTexts, base_url: str) -> Meaning | None:
    """Return what a link such as `t.me/bot?start=case_371500202611230001` says, None for none.

    Telegram takes letters, digits, `_` and `-` in it, 64 at most.
    """
    case = _CASE.fullmatch(rest)
    if case:
        payload = f"/query_case{json.dumps({'case_number': case[1]})}"
        return Meaning(case[1], payload)
    plan = _PLAN.fullmatch(rest)
    if plan:
        return Meaning(texts.deep_links["plan"].format(number=plan[1].upper()))
    link = _PLAN_LINK.fullmatch(rest)
    if link:
        return Meaning(texts.deep_links["plan_link"].format(url=f"{base_url}/plans/{link[1]}"))
    return None
