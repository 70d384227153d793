"""What commands stand for. Pure functions."""

import json

from bot.channels.meanings import Meaning
from bot.channels.telegram.texts import TelegramTexts
from bot.domain.conversations import Owner
from bot.domain.payloads import STOP_WAITING

OWN_CASES = json.dumps({"case_act": "page=0"})


def command_meaning(name: str, owner: Owner, texts: TelegramTexts) -> Meaning | None:
    """Return what a command other than /start and /mycases says, None for an unknown one."""
    payload = {
        "help": "/ask_capabilities",
        "agent": "/request_agent",
        "cancel": f"/{STOP_WAITING}" if owner is Owner.WAITING else "/stop",
    }.get(name)
    return Meaning(texts.commands[name], payload) if payload else None
