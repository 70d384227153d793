"""Loads `data/routing` and the reviewed decisions of dispatchers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
import yaml

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.domain.routing import Reviewed, RoutingCategory, RoutingTopic

REVIEWED_FILE = "routing-reviewed.jsonl"
"""Under the state folder: it holds what people wrote."""


_Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


class _Line(msgspec.Struct):
    text: _Text
    category: _Text
    department: _Text


class BadRoutingData(BotError):
    """A file of `data/routing`, or of reviewed decisions, does not hold what it should."""


def load_routing(folder: Path, catalogue: Catalogue) -> tuple[RoutingCategory, ...]:
    """Read all categories, by file name.

    Raises:
        BadRoutingData: A file is broken, or a category stands twice; names the file.
        UnknownDepartment: The catalogue does not have a department.
    """
    found = tuple(_category(path, catalogue) for path in sorted(folder.glob("*.yml")))
    names = [one.name for one in found]
    if len(set(names)) != len(names) or len(names) < 2:  # noqa: PLR2004 - nothing to choose from
        raise BadRoutingData(f"{folder}: {names}")
    return found


def load_reviewed(path: Path) -> tuple[Reviewed, ...]:
    """Read reviewed lines; none when there is no file.

    Raises:
        BadRoutingData: A line is broken; names file and line.
    """
    if not path.exists():
        return ()
    return parse_reviewed(path)


def parse_reviewed(path: Path) -> tuple[Reviewed, ...]:
    """Read JSON Lines of `{"text", "category", "department"}`; other keys are left alone.

    Raises:
        BadRoutingData: The file cannot be read or a line is broken; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRoutingData(f"{path}: 读不了 (cannot be read): {error}") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=_Line)
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            raise BadRoutingData(f"{path}:{number}: 这一行有错 (broken line): {error}") from error
        found.append(Reviewed(entry.text, entry.category, entry.department))
    return tuple(found)


def save_reviewed(path: Path, reviewed: Sequence[Reviewed]) -> None:
    """Write reviewed lines; whoever reads at the same time sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    lines = (
        msgspec.json.encode(
            {"text": one.text, "category": one.category, "department": one.department_id}
        )
        for one in reviewed
    )
    part.write_bytes(b"".join(line + b"\n" for line in lines))
    part.chmod(0o600)
    part.replace(path)


def _category(path: Path, catalogue: Catalogue) -> RoutingCategory:
    try:
        entry = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        category = RoutingCategory(
            name=str(entry["category"]),
            department_id=str(entry["department"]),
            topics=tuple(_topic(topic) for topic in entry["topics"]),
            sentences=_texts(entry["sentences"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadRoutingData(f"{path}: {error!r}") from error
    for department_id in (category.department_id, *(t.department_id for t in category.topics)):
        catalogue.department(department_id)
    return category


def _topic(entry: Any) -> RoutingTopic:
    return RoutingTopic(str(entry["name"]), str(entry["department"]), _texts(entry["words"]))


def _texts(entries: Any) -> tuple[str, ...]:
    texts = tuple(str(one).strip() for one in entries)
    if not texts or not all(texts):
        raise ValueError("an empty list or text")
    return tuple(dict.fromkeys(texts))
