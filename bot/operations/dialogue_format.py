"""Read dialogues to be played against the product; the format is described in docs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError

from bot.operations.errors import OperationFailed

MOVES = ("user", "press", "press_first", "press_kept", "payload", "agent", "away_hours")
"""What a step can do; each step does exactly one thing."""

EXPECTATIONS = (
    "says", "says_any", "says_not", "intent", "intent_not", "action", "action_not", "slots",
    "entities", "form", "asks", "buttons", "buttons_any", "buttons_not", "owner",
)  # fmt: skip
EXTRAS = ("finish_with", "keep_buttons", "note")
ALIASES: Mapping[str, str] = {
    "text": "user",
    "u": "user",
    "button": "press",
    "click": "press",
    "contains": "says",
    "bot": "says",
    "reply": "says",
    "contains_any": "says_any",
    "not_says": "says_not",
    "not_contains": "says_not",
    "actions": "action",
    "slot": "slots",
    "requested_slot": "asks",
    "active_loop": "form",
    "comment": "note",
}
AGENT_MOVES = frozenset({"online", "offline", "claim", "hand_back"})
"""What an agent can do; anything else is what the agent says."""


class BadDialogues(OperationFailed):
    """A file of dialogues cannot be understood; the message names file and line."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")


@dataclass(frozen=True)
class Step:
    """One move of the applicant (or of an agent) and what must come of it.

    Attributes:
        move: One of `MOVES`.
        value: What is typed, which button, how many hours.
        expected: By one of `EXPECTATIONS`.
        finish_with: Title of a button that is pressed as long as it is offered.
        keeps_buttons: The buttons offered now may be pressed later by `press_kept`.
        line: Where it stands in the file, from 1.
    """

    move: str
    value: Any
    expected: Mapping[str, Any] = field(default_factory=dict)
    finish_with: str | None = None
    keeps_buttons: bool = False
    line: int = 0


@dataclass(frozen=True)
class Dialogue:
    """A conversation to be played from its beginning."""

    name: str
    steps: tuple[Step, ...]
    behaviour: str = ""
    source: str = ""


def read_dialogues(path: Path) -> list[Dialogue]:
    """Read a `.yml`/`.yaml` file with a list, or JSON Lines with one dialogue a line.

    Raises:
        BadDialogues: A line is broken, a key is unknown, or there is no dialogue at all.
    """
    found = [_dialogue(path, line, raw, n) for n, (line, raw) in enumerate(_entries(path), 1)]
    if not found:
        raise BadDialogues(path, 1, "没有对话 (no dialogues)")
    return found


def _entries(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDialogues(path, 1, "不是 UTF-8 文件 (not UTF-8)") from error
    if path.suffix in {".yml", ".yaml"}:
        yield from _yaml_entries(path, text)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise BadDialogues(path, number, f"不是 JSON ({error})") from error


def _yaml_entries(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    try:
        raw = _load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadDialogues(path, line, f"不是 YAML ({error.problem})") from error
    entries = raw.get("dialogues") if isinstance(raw, dict) else raw
    if not isinstance(entries, list):
        raise BadDialogues(path, 1, "应是对话的列表 (a list of dialogues is expected)")
    for entry in entries:
        yield _line_of(entry, 1), entry


def _dialogue(path: Path, line: int, raw: Any, number: int) -> Dialogue:
    if not isinstance(raw, dict):
        raise BadDialogues(path, line, "对话应是键值 (a dialogue is a mapping)")
    steps = next((raw[key] for key in ("steps", "turns", "dialogue") if key in raw), None)
    if not isinstance(steps, list) or not steps:
        raise BadDialogues(path, line, "缺少 steps (no steps)")
    name = raw.get("name") or raw.get("id") or f"{path.stem} {number}"
    return Dialogue(
        name=str(name),
        steps=tuple(_step(path, _line_of(step, line), step) for step in steps),
        behaviour=str(raw.get("behaviour") or raw.get("tags") or ""),
        source=f"{path.name}:{line}",
    )


def _step(path: Path, line: int, raw: Any) -> Step:
    if isinstance(raw, str):
        return Step("user", raw, line=line)
    if not isinstance(raw, dict):
        raise BadDialogues(path, line, "步骤应是键值或一句话 (a step is a mapping or a text)")
    flat = {ALIASES.get(str(key), str(key)): value for key, value in raw.items()}
    nested = flat.pop("expect", None) or {}
    if not isinstance(nested, dict):
        raise BadDialogues(path, line, "expect 应是键值 (expect is a mapping)")
    flat |= {ALIASES.get(str(key), str(key)): value for key, value in nested.items()}
    unknown = sorted(set(flat) - {*MOVES, *EXPECTATIONS, *EXTRAS})
    if unknown:
        known = ", ".join((*MOVES, *EXPECTATIONS, *EXTRAS))
        raise BadDialogues(path, line, f"不认识 {unknown[0]} (unknown key); 可用的: {known}")
    finish = flat.get("finish_with")
    if finish is not None and not any(key in flat for key in MOVES):
        flat["press"] = finish
    moves = [key for key in MOVES if key in flat]
    if len(moves) != 1:
        raise BadDialogues(path, line, f"每步要有一个动作 (one of {', '.join(MOVES)})")
    return Step(
        move=moves[0],
        value=flat[moves[0]],
        expected={key: flat[key] for key in EXPECTATIONS if key in flat},
        finish_with=None if finish is None else str(finish),
        keeps_buttons=bool(flat.get("keep_buttons")),
        line=line,
    )


def as_list(value: Any) -> Sequence[Any]:
    """Return a list of what is written as one value or as several."""
    return value if isinstance(value, list) else [value]


def _line_of(node: Any, otherwise: int) -> int:
    return node.line if isinstance(node, _Lined) else otherwise


class _Lined(dict[Any, Any]):
    """A mapping and the line on which it begins, from 1."""

    line = 1


class _LinesKept(SafeConstructor):
    """Builds what a file says, each mapping with its line."""

    def construct_yaml_map(self, node: Any) -> Iterator[_Lined]:
        """Yield the mapping first and fill it then: what holds it may be needed before."""
        made = _Lined()
        made.line = node.start_mark.line + 1
        yield made
        made.update(self.construct_mapping(node))


_LinesKept.add_constructor("tag:yaml.org,2002:map", _LinesKept.construct_yaml_map)


def _load(text: str) -> Any:
    """Read YAML in C: five hundred dialogues take a second and not three.

    What the older rules of the reader in C refuse, `[15:00, 下午]`, is read without it.

    Raises:
        MarkedYAMLError: It is no YAML.
    """
    try:
        return _yaml(pure=False).load(text)
    except MarkedYAMLError:
        return _yaml(pure=True).load(text)


def _yaml(*, pure: bool) -> YAML:
    yaml = YAML(typ="safe", pure=pure)
    yaml.Constructor = _LinesKept
    return yaml
