"""Typed reading of YAML mappings that knows the line of every value.

PyYAML's C parser composes the nodes: with line numbers and about ten times faster than ruamel's
pure Python. A wrong value is reported and replaced by an empty one of the right type, so that one
run finds all faults; nothing with a fault is ever returned to a caller of the loader.
"""

from collections.abc import Callable
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

import yaml

from bot.domain.conditions import Answer, Condition, parse
from bot.domain.errors import BadCondition
from bot.store.catalogue.problems import Findings, Place

Choice = TypeVar("Choice", bound=Enum)
Value = TypeVar("Value")

_STR, _INT, _FLOAT, _BOOL, _NULL, _DATE = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")
)


class Entry:
    """One mapping of a file: read every key once, then call `close`.

    Args:
        node: The composed mapping.
        file: Name shown in problems.
        findings: Where faults go.
    """

    def __init__(self, node: yaml.Node | None, file: str, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._values: dict[str, yaml.Node] = {}
        self._read: set[str] = set()
        self._is_absent = node is None
        self.place = Place(file, _line(node))
        if not isinstance(node, yaml.MappingNode):
            if node is not None:
                findings.report(self.place, "a mapping of keys and values is expected here")
                self._is_absent = True
            return
        for key, value in node.value:
            if key.value in self._values:
                findings.report(Place(file, _line(key)), f"the key {key.value!r} stands twice")
            self._values[key.value] = value

    def has(self, key: str) -> bool:
        """Tell whether the key is present and not null."""
        node = self._values.get(key)
        return node is not None and node.tag != _NULL

    def keys(self) -> tuple[str, ...]:
        """Return all keys of a mapping whose keys are free."""
        return tuple(self._values)

    def fault(self, sentence: str, key: str | None = None) -> None:
        """Report a problem at this entry, or at one of its keys.

        Silent for a mapping that is missing as a whole: that was reported already.
        """
        if self._is_absent:
            return
        node = self._values.get(key) if key is not None else None
        self._findings.report(
            self.place if node is None else Place(self._file, _line(node)), sentence
        )

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self._values.keys() - self._read:
            self.fault(f"the key {key!r} is unknown here", key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; empty texts and missing keys without default are faults."""
        node = self._take(key, required=default is None)
        if node is None:
            return default or ""
        value = self._scalar(node, (_STR,), "a text")
        if value is not None and not value.strip():
            self.fault(f"{key!r} is empty", key)
        return value or ""

    def number(self, key: str, default: float | None = None) -> float:
        """Return a number."""
        if default is not None and not self.has(key):
            self._read.add(key)
            return default
        node = self._take(key, required=True)
        return 0.0 if node is None else self._number(node)

    def optional_number(self, key: str) -> float | None:
        """Return a number, or None for null; the key itself must be there."""
        if key not in self._values:
            self.fault(f"{key!r} is missing (write null when it is not known)")
        self._read.add(key)
        return self.number(key) if self.has(key) else None

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        node = self._take(key, required=default is None)
        if node is None:
            return bool(default)
        return self._truth(node)

    def day(self, key: str, default: date | None = None) -> date | None:
        """Return a date; None when missing without a default."""
        node = self._take(key, required=False)
        value = None if node is None else self._scalar(node, (_DATE,), "a date such as 2026-11-23")
        if value is None:
            return default
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fault(f"{value!r} is not a date such as 2026-11-23", key)
            return default

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Return a member of an enumeration, by its value."""
        first = next(iter(kind))
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            if value:
                known = ", ".join(str(member.value) for member in kind)
                self.fault(f"{key} is {value!r}, but must be one of: {known}", key)
            return first

    def choices(self, key: str, kind: type[Choice]) -> frozenset[Choice]:
        """Return a set of members of an enumeration; empty when the key is missing."""
        values = self.texts(key)
        known = {member.value: member for member in kind}
        for value in values:
            if value not in known:
                self.fault(f"{key} has {value!r}, but may only have: {', '.join(known)}", key)
        return frozenset(known[value] for value in values if value in known)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts without repetition; empty when the key is missing."""
        values = self._list(
            key, lambda node: self._scalar(node, (_STR,), "a text"), required=required
        )
        for value in {value for value in values if values.count(value) > 1}:
            self.fault(f"{key} has {value!r} twice", key)
        return values

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts; empty when the key is missing."""
        return self._list(key, self._group)

    def scalars(self, key: str) -> tuple[Answer, ...]:
        """Return a list of texts, numbers, true and false."""
        return self._list(key, self._answer)

    def scalar(self, key: str) -> Answer:
        """Return a text, a number, true or false."""
        node = self._take(key, required=True)
        value = None if node is None else self._answer(node)
        return "" if value is None else value

    def is_list(self, key: str) -> bool:
        """Tell whether the value is a list."""
        return isinstance(self._values.get(key), yaml.SequenceNode)

    def answers(self, key: str) -> dict[str, Answer]:
        """Return a mapping of texts, numbers, true and false."""
        inner = self.entry(key)
        return {name: inner.scalar(name) for name in inner.keys()}  # noqa: SIM118 - not a dict

    def numbers(self, key: str) -> dict[str, float]:
        """Return a mapping of numbers."""
        inner = self.entry(key)
        return {name: inner.number(name) for name in inner.keys()}  # noqa: SIM118 - not a dict

    def condition(self, key: str) -> Condition:
        """Return a checked expression."""
        text = self.text(key)
        try:
            return parse(text or "True")
        except BadCondition as error:
            self.fault(str(error), key)
            return parse("True")

    def optional_condition(self, key: str) -> Condition | None:
        """Return a checked expression, or None when the key is missing."""
        return self.condition(key) if key in self._values else None

    def entry(self, key: str) -> "Entry":
        """Return the mapping at a key."""
        return Entry(self._take(key, required=True), self._file, self._findings)

    def entries(self, key: str, *, required: bool = False) -> tuple["Entry", ...]:
        """Return the list of mappings at a key; empty when the key is missing."""
        return self._list(
            key, lambda node: Entry(node, self._file, self._findings), required=required
        )

    def _take(self, key: str, *, required: bool) -> yaml.Node | None:
        self._read.add(key)
        if self.has(key):
            return self._values[key]
        if required:
            self.fault(f"{key!r} is missing", key)
        return None

    def _list(
        self, key: str, read: Callable[[yaml.Node], Value | None], *, required: bool = False
    ) -> tuple[Value, ...]:
        node = self._take(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fault(f"{key!r} must be a list", key)
            return ()
        values = (read(item) for item in node.value)
        return tuple(value for value in values if value is not None)

    def _group(self, node: yaml.Node) -> tuple[str, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            self._findings.report(Place(self._file, _line(node)), "a list is expected here")
            return None
        values = (self._scalar(item, (_STR,), "a text") for item in node.value)
        return tuple(value for value in values if value is not None)

    def _answer(self, node: yaml.Node) -> Answer | None:
        if node.tag == _BOOL:
            return self._truth(node)
        if node.tag in (_INT, _FLOAT):
            return self._number(node)
        return self._scalar(node, (_STR,), "a text, a number, true or false")

    def _truth(self, node: yaml.Node) -> bool:
        value = self._scalar(node, (_BOOL,), "true or false")
        if value not in ("true", "false", None):
            place = Place(self._file, _line(node))
            self._findings.report(place, f"write true or false instead of {value}")
        return value == "true"

    def _number(self, node: yaml.Node) -> float:
        value = self._scalar(node, (_INT, _FLOAT), "a number")
        try:
            number = float(value or 0)
        except ValueError:
            place = Place(self._file, _line(node))
            self._findings.report(place, f"{value} must be a plain decimal number")
            return 0.0
        return int(number) if number.is_integer() else number

    def _scalar(self, node: yaml.Node, tags: tuple[str, ...], wanted: str) -> str | None:
        if isinstance(node, yaml.ScalarNode) and node.tag in tags:
            value = node.value
            assert isinstance(value, str)
            return value
        place = Place(self._file, _line(node))
        self._findings.report(place, f"{wanted} is expected here (quote a text that looks else)")
        return None


def read_file(root: Path, file: str, findings: Findings) -> Entry:
    """Compose one YAML file.

    Args:
        root: The catalogue's folder.
        file: Path below it, with slashes.
        findings: Where faults go; a missing or broken file is one.
    """
    try:
        text = (root / file).read_text(encoding="utf-8")
    except OSError as error:
        findings.report(Place(file, 1), f"the file cannot be read: {error.strerror}")
        return Entry(None, file, findings)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = 1 if error.problem_mark is None else error.problem_mark.line + 1
        findings.report(Place(file, line), f"this is not YAML: {error.problem}")
        return Entry(None, file, findings)
    if node is None:
        findings.report(Place(file, 1), "the file is empty")
    return Entry(node, file, findings)


def _line(node: yaml.Node | None) -> int:
    return 1 if node is None else int(node.start_mark.line) + 1
