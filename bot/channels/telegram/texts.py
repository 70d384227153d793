"""Read `data/telegram/`: the lines that only Telegram needs, and where the districts are."""

import math
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
        "location", "location_far", "edited", "too_fast", "unknown_command", "group",
    }
)  # fmt: skip
COMMANDS = ("start", "help", "mycases", "agent", "cancel")
EARTH_RADIUS_KM = 6371.0


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


@dataclass(frozen=True)
class Places:
    """Where the seats of the districts are, roughly.

    Attributes:
        points: District code to degrees north and east.
        farthest_km: From there on a place is not in the city.
    """

    points: Mapping[str, tuple[float, float]]
    farthest_km: float

    def nearest(self, latitude: float, longitude: float, count: int = 3) -> list[str]:
        """Return the codes of the nearest districts, none when all are too far."""
        away = sorted(
            (_distance_km((latitude, longitude), point), code)
            for code, point in self.points.items()
        )
        return [code for km, code in away[:count]] if away[0][0] <= self.farthest_km else []


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


def load_places(data_dir: Path) -> Places:
    """Return where the districts are."""
    raw = _read(data_dir / "telegram" / "places.yml")
    points = {code: (float(one[0]), float(one[1])) for code, one in raw["points"].items()}
    return Places(points=points, farthest_km=float(raw["farthest_km"]))


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


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


def _distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance on a sphere; good to half a per cent."""
    north, east, far_north, far_east = map(math.radians, (*one, *other))
    share = (
        math.sin((far_north - north) / 2) ** 2
        + math.cos(north) * math.cos(far_north) * math.sin((far_east - east) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(share))
