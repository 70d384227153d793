"""Read `data/hub/messages.yml`."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.domain.channels import ChoiceWords
from bot.domain.conversations import Author, Button, Reply
from bot.domain.danger import danger_words
from bot.domain.errors import BotError
from bot.domain.hub_texts import ERROR_CODES, LINE_NAMES, HubTexts
from bot.domain.link_texts import LinkTexts
from bot.domain.payloads import parse_payload
from bot.domain.privacy_texts import PrivacyTexts
from bot.domain.switches import SwitchTexts
from bot.domain.talk_texts import TalkTexts
from bot.store.read_once import read_files_once


class BadHubTexts(BotError):
    """A line is missing, or nobody would ever say it."""


@read_files_once(
    *(f"hub/{name}.yml" for name in ("messages", "privacy", "linking", "switches", "talks")),
    "common/danger.yml",
)
def load_hub_texts(data_dir: Path) -> HubTexts:
    """Return the hub's lines, and the words of danger that it listens for.

    Raises:
        BadHubTexts: A name is missing or unknown.
        BadPayload: A button carries a command that applicants may not send.
    """
    file = data_dir / "hub" / "messages.yml"
    raw = _read(file)
    _check_names(file, "lines", set(raw["lines"]), LINE_NAMES)
    _check_names(file, "errors", set(raw["errors"]), ERROR_CODES)
    return HubTexts(
        lines={name: _line(entry) for name, entry in raw["lines"].items()},
        errors=dict(raw["errors"]),
        welcome=raw["welcome"],
        starters=_buttons(raw["starters"]),
        stop_waiting=raw["stop_waiting"],
        choices=ChoiceWords(**raw["choices"]),
        privacy=PrivacyTexts(**_read(data_dir / "hub" / "privacy.yml")),
        linking=LinkTexts(**_read(data_dir / "hub" / "linking.yml")),
        switches=SwitchTexts(**_read(data_dir / "hub" / "switches.yml")),
        talks=TalkTexts(**_read(data_dir / "hub" / "talks.yml")),
        danger=danger_words(_read(data_dir / "common" / "danger.yml")),
    )


def _read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


def _check_names(file: Path, part: str, found: set[str], wanted: frozenset[str]) -> None:
    if found != wanted:
        raise BadHubTexts(f"{file}: {part} differ from the code in {sorted(found ^ wanted)}")


def _line(entry: dict[str, Any]) -> Reply:
    buttons = _buttons(entry.get("buttons", []))
    return Reply(text=entry["text"], buttons=buttons, author=Author.SYSTEM)


def _buttons(entries: list[dict[str, str]]) -> tuple[Button, ...]:
    for entry in entries:
        parse_payload(entry["payload"])
    return tuple(Button(title=entry["title"], payload=entry["payload"]) for entry in entries)
