"""Read `data/telegram/`: the lines that only Telegram needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bot.domain.conversations import Author, Button, Reply
from bot.domain.errors import BotError
from bot.domain.payloads import parse_payload

CONTACT = "telegram:contact"
"""Payload of a button with which Telegram offers to send one's own telephone number."""

LINE_NAMES = frozenset(
    {
        "voice", "unreadable", "file_kept", "contact_is_own", "contact_is_not_own", "ask_contact",
        "ask_contact_first",
        "location", "location_far", "edited", "too_fast", "unknown_command", "group",
    }
)  # fmt: skip
COMMANDS = ("start", "help", "mycases", "agent", "cancel")


class BadTelegramTexts(BotError):
    """A line is missing, or nobody would ever say it."""


@dataclass(frozen=True)
class TelegramTexts:
    """What the channel says by itself.

    Attributes:
        lines: By name, all of `LINE_NAMES`; with `{placeholders}` in text and payloads.
        notes: What the transcript shows of things without a text.
        answers: Short lines that Telegram shows over a pressed button.
        agent_line: Goes before what a person says.
        chosen_mark: What is left of a keyboard once a button is pressed; `{title}`.
        contact_hint: Stands in the input field while one's own number may be sent.
        deep_links: What a link into the chat says for the person.
        commands: The menu, command to description.
    """

    lines: Mapping[str, Reply]
    notes: Mapping[str, str]
    answers: Mapping[str, str]
    agent_line: str
    chosen_mark: str
    contact_hint: str
    deep_links: Mapping[str, str]
    commands: Mapping[str, str]

    def line(self, name: str, /, **values: str) -> Reply:
        """Return a line with its placeholders filled in."""
        reply = self.lines[name]
        text = reply.text
        for key, value in values.items():
            text = text.replace(f"{{{key}}}", value)
        buttons = tuple(
            Button(button.title, _filled(button.payload, values)) for button in reply.buttons
        )
        return replace(reply, text=text, buttons=buttons)


def load_telegram_texts(data_dir: Path) -> TelegramTexts:
    """Return the lines.

    Raises:
        BadPayload: A button carries a command that applicants may not send.
        BadTelegramTexts: A name is missing or unknown.
    """
    raw = _read(data_dir / "telegram" / "messages.yml")
    if set(raw["lines"]) != LINE_NAMES or set(raw["commands"]) != set(COMMANDS):
        odd = (set(raw["lines"]) ^ LINE_NAMES) | (set(raw["commands"]) ^ set(COMMANDS))
        raise BadTelegramTexts(f"data/telegram/messages.yml differs from the code in {sorted(odd)}")
    lines = {name: _line(entry) for name, entry in raw.pop("lines").items()}
    return TelegramTexts(lines=lines, **raw)


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _line(entry: Mapping[str, Any]) -> Reply:
    buttons = [Button(one["title"], one["payload"]) for one in entry.get("buttons", ())]
    for button in buttons:
        if button.payload != CONTACT:
            parse_payload(button.payload)
    return Reply(text=entry["text"], buttons=tuple(buttons), author=Author.SYSTEM)


def _filled(payload: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        payload = payload.replace(f'"{{{key}}}"', f'"{value}"')
    return payload
