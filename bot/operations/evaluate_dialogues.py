"""`xiaoer evaluate dialogues`: play dialogues against a running product and count what passes."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
from ruamel.yaml import YAML

from bot.domain.errors import BotError
from bot.operations.dialogue_checks import Outcome, button, problems
from bot.operations.dialogue_desk import Agent
from bot.operations.dialogue_format import BadDialogues, Dialogue, Step, as_list, read_dialogues
from bot.operations.dialogue_talk import Applicant, Inspector, Page, Person, seen_only
from bot.operations.errors import OperationFailed
from bot.operations.stack import Stack, running_stack

MOST_PRESSES = 25
"""Presses of `finish_with`; a form that needs more never ends."""


@dataclass
class Played:
    """How a dialogue went.

    Attributes:
        failed_step: Number of the step that failed, from 1; 0 when all passed.
        problems: What was not as expected there.
        transcript: What was said, line by line.
    """

    dialogue: Dialogue
    failed_step: int = 0
    problems: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)


class Player:
    """Plays dialogues, each in a conversation of its own.

    Args:
        url: Address of the hub.
        inspector: Looks into Rasa; None when only the page can be seen.
        agent: Moves the desk; None when there is none to move.
    """

    def __init__(self, url: str, inspector: Inspector | None, agent: Agent | None) -> None:
        self._url = url
        self._inspector = inspector
        self._agent = agent

    def play(self, dialogue: Dialogue, applicant: Person | None = None) -> Played:
        """Play one dialogue up to its first step that fails; never raises for its content.

        Args:
            dialogue: What is said, and what must come of it.
            applicant: Who says it; somebody new at the chat page by default.
        """
        played = Played(dialogue)
        kept: dict[str, str] = {}
        last = Outcome()
        with applicant or Applicant(self._url) as person:
            for number, step in enumerate(dialogue.steps, 1):
                try:
                    last = self._take(step, person, last, kept, played.transcript)
                    found = problems(step.expected, last)
                except (BotError, httpx.HTTPError) as error:
                    found = [str(error) or type(error).__name__]
                if step.keeps_buttons:
                    kept.update(last.buttons)
                if found:
                    played.failed_step, played.problems = number, found
                    break
        if self._agent is not None and any(s.move == "agent" for s in dialogue.steps):
            self._agent.move("offline", "")
        return played

    def _take(
        self,
        step: Step,
        person: Person,
        last: Outcome,
        kept: dict[str, str],
        transcript: list[str],
    ) -> Outcome:
        transcript.append(f"[{step.move}] {step.value}")
        outcome = self._seen(person, self._move(step, person, last, kept))
        for _ in range(MOST_PRESSES if step.finish_with else 0):
            payload = button(step.finish_with, outcome)
            if payload is None:
                break
            outcome = self._seen(person, person.press(payload))
        transcript += [f"  {text}" for text in outcome.texts]
        if outcome.buttons:
            transcript.append(f"  [{' | '.join(outcome.buttons)}]")
        return outcome

    def _move(self, step: Step, person: Person, last: Outcome, kept: dict[str, str]) -> Page:
        if step.move == "user":
            return person.say(str(step.value))
        if step.move == "payload":
            return person.press(str(step.value))
        if step.move == "agent":
            if self._agent is None:
                raise OperationFailed("这里没有坐席可以扮演 (no desk to play here)")
            self._agent.move(str(step.value), person.conversation_id)
            return person.read()
        if step.move == "away_hours":
            if self._inspector is None:
                raise OperationFailed("这里不能让时间过去 (time cannot pass here)")
            self._inspector.age(person.conversation_id, float(step.value))
            return Page(list(last.texts), dict(last.buttons), last.owner)
        return person.press(_button(step, last, kept))

    def _seen(self, person: Person, page: Page) -> Outcome:
        if self._inspector is None:
            return seen_only(page)
        return self._inspector.outcome(person.conversation_id, page)


def evaluate_dialogues(
    paths: Sequence[Path],
    root: Path,
    *,
    is_report: bool = False,
    url: str | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, Any]:
    """Play all dialogues of some files and return figures, ready for JSON.

    Args:
        paths: Files or folders of files.
        root: Project folder; its domain says which names exist.
        is_report: Also return the transcripts of the dialogues that failed.
        url: A hub that runs already, of which only the page is seen; by default a stack of its
            own is started on free ports with a fresh database.
        progress: Called after each dialogue with how many are done, and of how many.

    Raises:
        BadDialogues: A file cannot be understood or names something unknown.
        NotReady: The stack did not start.
    """
    dialogues = [one for path in _files(paths) for one in read_checked(path, root)]
    began = time.monotonic()
    played = []
    with _player(url) as player:
        for dialogue in dialogues:
            played.append(player.play(dialogue))
            progress(len(played), len(dialogues))
    return _figures(played, time.monotonic() - began, is_report=is_report)


def read_checked(path: Path, root: Path) -> list[Dialogue]:
    """Read a file and make sure that every name in it exists in the domain.

    Raises:
        BadDialogues: A line is broken or names something unknown.
    """
    file = root / "domain.yml"
    names = _known_names(file, file.stat().st_mtime_ns)
    dialogues = read_dialogues(path)
    for dialogue in dialogues:
        for step in dialogue.steps:
            for key in names.keys() & step.expected.keys():
                _require(path, step, key, names[key])
    return dialogues


@lru_cache(maxsize=2)
def _known_names(domain_file: Path, _changed_at_ns: int) -> Mapping[str, AbstractSet[str]]:
    """Return the names that each key of an expectation may hold; a second to read, so once."""
    domain = YAML(typ="safe").load(domain_file)
    actions = {*domain["actions"], *domain["forms"], "action_listen"}
    intents = {*domain["intents"], "nlu_fallback"}
    return {
        "intent": intents,
        "intent_not": intents,
        "action": actions,
        "action_not": actions,
        "form": set(domain["forms"]),
        "slots": {*domain["slots"], "requested_slot"},
    }


def _require(path: Path, step: Step, key: str, known: AbstractSet[str]) -> None:
    for name in as_list(step.expected[key]) if key != "slots" else step.expected[key]:
        if name not in {None, "none", "null"} and str(name) not in known:
            raise BadDialogues(path, step.line, f"没有这个 {key} (unknown): {name}")


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix in {".yml", ".yaml", ".jsonl"})
            yield from found
        else:
            yield path


@contextmanager
def _player(url: str | None) -> Iterator[Player]:
    if url is not None:
        yield Player(url, None, None)
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        running_stack(Path(folder)) as stack,
        stack_player(stack) as player,
    ):
        yield player


@contextmanager
def stack_player(stack: Stack) -> Iterator[Player]:
    """Yield a player for a stack of our own, which sees everything."""
    with Inspector(stack) as inspector:
        yield Player(stack.url, inspector, Agent(stack))


def _button(step: Step, last: Outcome, kept: dict[str, str]) -> str:
    if step.move == "press_first":
        payload = next(iter(last.buttons.values()), None)
    elif step.move == "press_kept":
        payload = button(step.value, Outcome(buttons=kept))
    else:
        payload = button(step.value, last)
    if payload is None:
        offered = ", ".join(last.buttons)
        raise OperationFailed(f"没有按钮 (no button): {step.value}; 有的 (offered): {offered}")
    return payload


def _figures(played: Sequence[Played], seconds: float, *, is_report: bool) -> dict[str, Any]:
    failed = [one for one in played if one.failed_step]
    passed = len(played) - len(failed)
    by_behaviour: dict[str, Counter[str]] = {}
    for one in played:
        counts = by_behaviour.setdefault(one.dialogue.behaviour or "-", Counter())
        counts["failed" if one.failed_step else "passed"] += 1
    figures: dict[str, Any] = {
        "dialogues": len(played),
        "passed": passed,
        "share": round(passed / len(played), 4),
        "steps": sum(len(one.dialogue.steps) for one in played),
        "failed_by_step": dict(sorted(Counter(str(one.failed_step) for one in failed).items())),
        "by_behaviour": {name: dict(counts) for name, counts in sorted(by_behaviour.items())},
        "seconds": round(seconds, 1),
    }
    if is_report:
        figures["failures"] = [_report(one) for one in failed]
    return figures


def _report(one: Played) -> dict[str, Any]:
    step = one.dialogue.steps[one.failed_step - 1]
    return {
        "name": one.dialogue.name,
        "place": one.dialogue.source,
        "step": one.failed_step,
        "line": step.line,
        "problems": one.problems,
        "transcript": one.transcript,
    }
