"""What is typed in dialogues, where it is typed, and what comes of it; for tools that learn."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa_sdk import Tracker

from actions.turns.context import in_context
from actions.turns.turn import Turn, read_turn
from bot.domain.conversations import Owner
from bot.nlu.clause_text import plain
from bot.operations.dialogue_checks import Outcome, Response
from bot.operations.dialogue_format import Dialogue, Step
from bot.operations.dialogue_talk import Page, Person
from bot.operations.evaluate import parse_texts
from bot.operations.evaluate_dialogues import Player, read_checked, stack_player
from bot.operations.stack import running_stack
from bot.settings import ROOT

Read = Mapping[str, Mapping[str, Any]]
"""What the model makes of texts, by text; each as `bot.nlu.parse_lines` gives it."""

BUTTON = "/pressed"
"""Stands for whatever a pressed button sends."""

PRESSES = frozenset({"press", "press_first", "press_kept", "payload"})


@dataclass(frozen=True)
class Exchange:
    """A message to the bot and what it answered.

    Attributes:
        text: What was typed; `BUTTON` for a pressed button.
        responses: What the bot said, oldest first.
    """

    text: str
    responses: Sequence[Response] = ()


@dataclass(frozen=True)
class Typed:
    """A message that is typed to the bot.

    Attributes:
        file: Where its dialogue stands.
        text: What is typed.
        expected: What must come of it, by one of `EXPECTATIONS`; empty for nothing.
        outcome: What came of it.
        slots: As they stand before it.
        form: That is open before it; None outside forms.
        before: What was said before in this conversation, oldest first.
    """

    file: str
    text: str
    expected: Mapping[str, Any]
    outcome: Outcome
    slots: Mapping[str, Any] = field(default_factory=dict)
    form: str | None = None
    before: tuple[Exchange, ...] = ()


class Watching(Player):
    """Plays dialogues to their end and notes each message that is typed to the bot.

    A step that presses on (`finish_with`) is played and not noted: what it expects comes later.

    Args:
        player: Plays against a stack of our own.
        unsaid: Names of responses that count as if they were not said.
    """

    def __init__(self, player: Player, unsaid: Collection[str] = ()) -> None:
        self.__dict__.update(vars(player))
        self.typed: list[Typed] = []
        self._unsaid = frozenset(unsaid)
        self._file = ""
        self._steps: Iterator[Step] = iter(())
        self._before: list[Exchange] = []
        self._answers: list[Outcome] = []

    def watch(self, dialogue: Dialogue, file: str) -> None:
        """Play a dialogue, whatever it expects, up to a step that cannot be taken."""
        self._file, self._steps, self._before = file, iter(dialogue.steps), []
        steps = tuple(replace(step, expected={}) for step in dialogue.steps)
        self.play(replace(dialogue, steps=steps))

    def _take(
        self,
        step: Step,
        person: Person,
        last: Outcome,
        kept: dict[str, str],
        transcript: list[str],
    ) -> Outcome:
        written = next(self._steps)
        self._answers = []
        outcome = super()._take(step, person, last, kept, transcript)
        is_asked = step.move == "user" and last.owner == Owner.BOT.value  # else a person reads it
        if is_asked and step.finish_with is None:
            self._note(str(step.value), written, last)
        texts = [str(step.value) if is_asked else BUTTON] if is_asked or _presses(step) else []
        answers = self._answers if texts else self._answers[1:]
        texts += [BUTTON] * (len(answers) - len(texts))
        self._before += [Exchange(*pair) for pair in zip(texts, map(_said, answers), strict=True)]
        return outcome

    def _seen(self, person: Person, page: Page) -> Outcome:
        outcome = super()._seen(person, page)
        self._answers.append(without(outcome, self._unsaid))
        return outcome

    def _note(self, text: str, written: Step, last: Outcome) -> None:
        made = Typed(
            file=self._file,
            text=text,
            expected=written.expected,
            outcome=self._answers[0],
            slots=last.slots,
            form=last.form,
            before=tuple(self._before),
        )
        self.typed.append(made)


def _presses(step: Step) -> bool:
    return step.move in PRESSES


def _said(outcome: Outcome) -> Sequence[Response]:
    return outcome.responses


def without(outcome: Outcome, unsaid: Collection[str]) -> Outcome:
    """Return an outcome as if some responses, given by their names, had not been said."""
    texts = list(outcome.texts)
    for response in outcome.responses:
        if response.name in unsaid:
            with suppress(ValueError):  # the page may have dropped it
                texts.remove(response.text)
    responses = [one for one in outcome.responses if one.name not in unsaid]
    return replace(outcome, texts=texts, responses=responses)


def watched(paths: Sequence[Path], model: Path, unsaid: Collection[str] = ()) -> list[Typed]:
    """Play the dialogues of some files against a stack of its own; return what is typed.

    Raises:
        BadDialogues: A file cannot be understood.
        NotReady: The stack did not start.
    """
    dialogues = [(path, one) for path in paths for one in read_checked(path, ROOT)]
    with (
        TemporaryDirectory() as folder,
        running_stack(Path(folder), model=model) as stack,
        stack_player(stack) as player,
    ):
        watching = Watching(player, unsaid)
        for path, dialogue in dialogues:
            watching.watch(dialogue, str(path))
        return watching.typed


def read_all(typed: Sequence[Typed], model: Path) -> Read:
    """Return what the model makes of all that was typed.

    Raises:
        OperationFailed: The model does not run.
    """
    said = {one.text for one in typed} | {e.text for one in typed for e in one.before}
    texts = sorted(said - {BUTTON})
    return dict(zip(texts, parse_texts(texts, model, ROOT), strict=True))


def turn_of(typed: Typed, read: Read) -> Turn:
    """Return a message as the actions read it.

    What the tokenizer makes of names typed by their sound is not known here.
    """
    said = _message(typed.text, read)
    events = [event for one in typed.before for event in _events(one, read)]
    tracker = Tracker(
        sender_id=typed.file,
        slots=dict(typed.slots),
        latest_message=said,
        events=[*events, _user(said)],
        paused=False,
        followup_action=None,
        active_loop={"name": typed.form} if typed.form else {},
        latest_action_name=None,
    )
    return in_context(read_turn(tracker))


def _events(one: Exchange, read: Read) -> Iterator[dict[str, Any]]:
    yield _user({"text": BUTTON} if one.text == BUTTON else _message(one.text, read))
    for said in one.responses:
        yield {"event": "bot", "text": said.text, "metadata": {"utter_action": said.name}}


def _user(said: Mapping[str, Any]) -> dict[str, Any]:
    return {"event": "user", "text": said["text"], "parse_data": said, "metadata": {}}


def _message(text: str, read: Read) -> dict[str, Any]:
    found = read[text]
    return {
        "text": text,
        "plain": plain(text),
        "intent": {"name": found["intent"], "confidence": found["confidence"]},
        "intent_ranking": [{"name": n, "confidence": sure} for n, sure in found["ranking"]],
        "entities": found["entities"],
    }
