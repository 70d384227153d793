"""Read evaluation files: JSON Lines, one labelled message a line."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from bot.operations.errors import OperationFailed


class EntityLabel(msgspec.Struct, frozen=True):
    """An entity as labelled: its name and the text that names it."""

    entity: str
    value: str


class IntentLine(msgspec.Struct, frozen=True):
    """A message with its intent and entities."""

    text: str
    intent: str
    entities: tuple[EntityLabel, ...] = ()


class MatterLine(msgspec.Struct, frozen=True):
    """A situation with the matter it points to; `also` would do as well."""

    text: str
    matter_id: str
    also: tuple[str, ...] = ()


class RoutingLine(msgspec.Struct, frozen=True):
    """A letter, whistle or complaint with its category."""

    text: str
    category: str


Line = TypeVar("Line", IntentLine, MatterLine, RoutingLine)


def read_intents(
    path: Path, intents: Collection[str], entities: Collection[str]
) -> list[IntentLine]:
    """Read messages labelled with intents.

    Args:
        path: The file.
        intents: Names that the model knows.
        entities: As above.

    Raises:
        OperationFailed: A line is broken or names something unknown; says file and line number.
    """
    found = []
    for place, line in _lines(path, IntentLine):
        _require(line.intent, intents, "意图 (intent)", place)
        for label in line.entities:
            _require(label.entity, entities, "实体 (entity)", place)
            if label.value not in line.text:
                raise OperationFailed(
                    f"{place}: 句子里没有“{label.value}” (the text does not hold this value)"
                )
        found.append(line)
    return found


def read_matters(path: Path, matters: Collection[str]) -> list[MatterLine]:
    """Read situations labelled with ids of matters.

    Raises:
        OperationFailed: A line is broken or names an unknown matter; says file and line number.
    """
    found = []
    for place, line in _lines(path, MatterLine):
        for matter_id in (line.matter_id, *line.also):
            _require(matter_id, matters, "事项 (matter)", place)
        found.append(line)
    return found


def read_routing(path: Path, categories: Collection[str]) -> list[RoutingLine]:
    """Read letters labelled with categories.

    Raises:
        OperationFailed: A line is broken or names an unknown category; says file and line number.
    """
    found = []
    for place, line in _lines(path, RoutingLine):
        _require(line.category, categories, "类别 (category)", place)
        found.append(line)
    return found


def _lines(path: Path, kind: type[Line]) -> Iterator[tuple[str, Line]]:
    """Yield `file:line` and the line, blank ones left out."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise OperationFailed(f"{path}: 读不了 (cannot be read): {error}") from error
    count = 0
    for number, raw in enumerate(content.splitlines(), start=1):
        if not raw.strip():
            continue
        place = f"{path}:{number}"
        try:
            line = msgspec.json.decode(raw, type=kind)
        except (msgspec.DecodeError, UnicodeEncodeError) as error:
            raise OperationFailed(f"{place}: 这一行有错 (broken line): {error}") from error
        if not line.text.strip():
            raise OperationFailed(f"{place}: 句子是空的 (the text is empty)")
        count += 1
        yield place, line
    if not count:
        raise OperationFailed(f"{path}: 文件里一行也没有 (the file has no lines)")


def _require(name: str, known: Collection[str], kind: str, place: str) -> None:
    if name not in known:
        raise OperationFailed(f"{place}: 没有这个{kind}: {name}")
