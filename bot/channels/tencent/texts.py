"""Read `data/tencent/`: the lines that only WeChat and WeCom need."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bot.domain.conversations import Author, Button, Reply
from bot.domain.errors import BotError
from bot.domain.payloads import parse_payload

LINE_NAMES = frozenset(
    {"voice", "video", "unreadable", "file_kept", "link_kept", "location", "location_far",
     "too_fast"}
)  # fmt: skip
NOTE_NAMES = frozenset(
    {"voice", "video", "unreadable", "location", "followed", "scanned", "photo", "document",
     "voice_file", "video_file"}
)  # fmt: skip


class BadTencentTexts(BotError):
    """A line is missing, or nobody would ever say it."""


@dataclass(frozen=True)
class TencentTexts:
    """What the channels say by themselves.

    Attributes:
        lines: By name, all of `LINE_NAMES`; with `{placeholders}`.
        notes: What the transcript shows of things without a text, all of `NOTE_NAMES`.
        more: Words that ask for lines that waited, and mean nothing else then.
        deep_links: What a scanned code says for the person.
    """

    lines: Mapping[str, Reply]
    notes: Mapping[str, str]
    more: frozenset[str]
    deep_links: Mapping[str, str]

    def line(self, name: str, /, **values: str) -> Reply:
        """Return a line with its placeholders filled in."""
        reply = self.lines[name]
        return replace(reply, text=reply.text.format(**values))


def load_tencent_texts(data_dir: Path) -> TencentTexts:
    """Return the lines.

    Raises:
        BadPayload: A button carries a command that applicants may not send.
        BadTencentTexts: A name is missing or unknown.
    """
    file = data_dir / "tencent" / "messages.yml"
    raw = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    odd = (set(raw["lines"]) ^ LINE_NAMES) | (set(raw["notes"]) ^ NOTE_NAMES)
    if odd:
        raise BadTencentTexts(f"data/tencent/messages.yml differs from the code in {sorted(odd)}")
    return TencentTexts(
        lines={name: _line(entry) for name, entry in raw["lines"].items()},
        notes=raw["notes"],
        more=frozenset(raw["more"]),
        deep_links=raw["deep_links"],
    )


def _line(entry: Mapping[str, Any]) -> Reply:
    buttons = [Button(one["title"], one["payload"]) for one in entry.get("buttons", ())]
    for button in buttons:
        parse_payload(button.payload)
    return Reply(text=entry["text"], buttons=tuple(buttons), author=Author.SYSTEM)
