"""Reads the words of the desk from `data/desk/`; refuses files with holes, naming file and key."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.domain.handovers import DeskTexts, DeskVocabulary, FieldLabel
from bot.store.read_once import read_files_once

KINDS = frozenset({"text", "number", "yes_no", "choice", "shown"})

PLACEHOLDERS = {
    "transferred": ("name", "to"),
    "to_department": ("name", "to"),
    "to_empty_department": ("name", "to"),
    "queued": ("ahead", "minutes"),
    "queued_unknown": ("ahead",),
    "queued_nobody": (),
    "file_gone": (),
    "plan_sent": (),
    "plan_title": (),
    "identify": (),
    "identified": ("number",),
    "fact": ("text", "source"),
    "challenge_answered": ("said", "reply"),
    "whistle_opened": ("number", "departments", "due", "url"),
    "whistle_joined": ("number", "departments", "due", "url"),
}
"""What a text may hold in braces; the others hold `{name}` only."""


class BadDeskFile(BotError):
    """A file of `data/desk/` is missing, unreadable or incomplete."""


@read_files_once("desk/messages.yml")
def load_desk_texts(data_dir: Path) -> DeskTexts:
    """Read `desk/messages.yml`; raises `BadDeskFile`."""
    path = data_dir / "desk" / "messages.yml"
    content = _read(path)
    names = set(DeskTexts.__dataclass_fields__)
    if set(content) != names:
        raise BadDeskFile(f"{path.name}: keys must be {sorted(names)}, not {sorted(content)}")
    for name, text in content.items():
        if not isinstance(text, str) or not text.strip():
            raise BadDeskFile(f"{path.name}: {name} is empty")
        _check_placeholders(path, name, text)
    return DeskTexts(**content)


@read_files_once("desk/fields.yml")
def load_desk_vocabulary(data_dir: Path) -> DeskVocabulary:
    """Read `desk/fields.yml`; raises `BadDeskFile`."""
    path = data_dir / "desk" / "fields.yml"
    content = _read(path)
    fields: dict[str, FieldLabel] = {}
    try:
        for group in content["groups"]:
            for entry in group["fields"]:
                field = _field(path, group["name"], entry)
                if field.slot in fields:
                    raise BadDeskFile(f"{path.name}: slot {field.slot} stands there twice")
                fields[field.slot] = field
        return DeskVocabulary(
            fields=fields,
            hidden=frozenset(content["hidden"]),
            district_slots=tuple(content["district_slots"]),
            reasons=dict(content["reasons"]),
            channels=dict(content["channels"]),
            journeys=dict(content["journeys"]),
            steps=dict(content["steps"]),
            help_desk=str(content["help_desk"]),
            questions={
                group["name"]: (group["questions"]["prefix"], group["questions"]["of"])
                for group in content["groups"]
                if "questions" in group
            },
        )
    except (KeyError, TypeError) as error:
        raise BadDeskFile(f"{path.name}: missing or misplaced {error}") from error


def _field(path: Path, group: str, entry: Mapping[str, Any]) -> FieldLabel:
    kind = entry.get("kind", "text")
    choices, source = dict(entry.get("choices", {})), entry.get("choices_from", "")
    if kind not in KINDS or (kind == "choice" and not (choices or source)):
        raise BadDeskFile(f"{path.name}: {entry['slot']} has kind {kind!r} and choices {choices}")
    return FieldLabel(
        slot=entry["slot"],
        label=entry["label"],
        group=group,
        kind=kind,
        choices=choices,
        choices_from=source,
    )


def _check_placeholders(path: Path, name: str, text: str) -> None:
    try:
        text.format(**dict.fromkeys(PLACEHOLDERS.get(name, ("name",)), ""))
    except (KeyError, IndexError, ValueError) as error:
        raise BadDeskFile(f"{path.name}: {name} holds a placeholder it may not have") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise BadDeskFile(f"{path.name}: {error}") from error
    if not isinstance(content, dict):
        raise BadDeskFile(f"{path.name}: must be a mapping")
    return content
