"""What a form asks: a question, what an answer can be, and what is said about answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.turns.buttons import ITEM_MARK
from actions.turns.turn import Turn

REST = "form_rest"
"""Choice of a button that leaves all further questions to the usual case."""

NO_REASON = "utter_common_why"
"""The reason of questions that have none of their own."""

_WHY_BY_FORM: Mapping[str, str] = {
    "booking_form": "utter_booking_why",
    "feedback_form": "utter_feedback_why",
    "review_form": "utter_review_why",
    "whistle_form": "utter_whistle_why",
}
"""What their answers are wanted for in forms that plan nothing."""


@dataclass(frozen=True)
class Value:
    """An answer that fits. `exact` when the whole text is nothing but the answer."""

    value: Any
    exact: bool = False


@dataclass(frozen=True)
class Problem:
    """An answer that was meant but does not fit; `response` says what to do about it.

    `is_sure` when the text surely speaks of this question, whatever the model takes it for.
    `proposes`: slot and value that were probably meant; a yes to the sentence takes them.
    """

    response: str
    values: Mapping[str, Any] = field(default_factory=dict)
    buttons: Sequence[Mapping[str, str]] = ()
    is_sure: bool = False
    proposes: tuple[str, Any] | None = None


PERSONAL_SLOTS = frozenset(
    {
        "apply_filled",
        "booking_name",
        "booking_phone",
        "case_credential",
        "case_phone",
        "feedback_phone",
        "live_plan_credential",
        "live_plan_phone",
        "ticket_credential",
        "whistle_phone",
    }
)
"""Questions for personal data; the hub holds them back until the person agreed to the notice."""

SAID_BACK = frozenset({"district", "enterprise_type"})
AREA = "_m2"
"""Entities, and the end of the slots, of answers that people word in many ways."""

Answer = Value | Problem | None
"""None: the text does not try to answer."""


@dataclass(frozen=True)
class Question:
    """One question of a form.

    Attributes:
        slot: Slot that keeps the answer.
        ask: Utters the question.
        parse: Reads an answer out of the turn.
        label: Words by which people name this question when they correct it.
        entity: Entity that answers this question even when another one is open.
        named_in: Tells whether a text names an answer though the model marked no entity.
        is_optional: It is passed over when a later question is answered, or all is confirmed.
        free_text: Any text is an answer, so that intents are trusted less.
        is_story: A free text that tells what happened and may be long.
        when_unknown: Value taken when the person does not know; None: must be answered.
        why: Response that says why it is asked.
        why_values: Values of its placeholders.
        basis: Rule behind the question, shown in `why` where the catalogue knows one.
        explain: Says what the question or its options mean; without it `why` is said.
        decides: Says what depends on the answer, where no rule and no other reason is known; False
            where nothing does.
        skipped: Response when it is left open.
        show: Returns an answer as people read it, None when the bare label has to do.
        yes_no: A no answers it, so that it is never taken for leaving the answer out.
        examples: Response with examples, said when two answers in a row could not be used.
        example_values: Values of its placeholders.
    """

    slot: str
    ask: Callable[[Turn, CollectingDispatcher], None]
    parse: Callable[[Turn], Answer]
    label: tuple[str, ...] = ()
    entity: str | None = None
    named_in: Callable[[Turn], bool] | None = None
    is_optional: bool = False
    free_text: bool = False
    is_story: bool = False
    when_unknown: Any = None
    why: str = NO_REASON
    why_values: Mapping[str, Any] = field(default_factory=dict)
    basis: str = ""
    explain: Callable[[Turn, CollectingDispatcher], None] | None = None
    decides: Callable[[Turn, CollectingDispatcher], bool] | None = None
    skipped: str = "utter_common_skipped"
    show: Callable[[Any], str] | None = None
    yes_no: bool = False
    examples: str = "utter_common_examples_any"
    example_values: Mapping[str, Any] = field(default_factory=dict)

    def is_called(self, text: str) -> bool:
        """Tell whether a text calls the question by its name: 地区选错了."""
        return any(word in text for word in self.label)

    def is_named(self, turn: Turn) -> bool:
        """Tell whether the text names an answer to this question, whatever question is open."""
        if self.entity is not None and turn.entity(self.entity) is not None:
            return True
        return self.named_in is not None and self.named_in(turn)

    @property
    def is_read_back(self) -> bool:
        """Tell whether an answer is said back, so that one sees what it was taken for."""
        return self.entity in SAID_BACK or self.slot.endswith(AREA)

    @property
    def may_be_declined(self) -> bool:
        """Tell whether "不留" leaves the answer out."""
        return self.when_unknown is not None and not self.yes_no


def acknowledge(
    questions: Sequence[Question],
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
    opened: Question | None,
    say: CollectingDispatcher,
    *,
    is_typed: bool = False,
) -> None:
    """Say which earlier answers are changed, and what was noted.

    The answer to the open question is said back where it was typed and read as one of several: so
    that one sees what it was taken for.
    """
    touched = [q for q in questions if q.slot in changes and before.get(q.slot) != changes[q.slot]]
    corrected = [q for q in touched if before.get(q.slot) is not None]
    new = [q for q in touched if q not in corrected]
    noted = [
        q
        for q in new
        if not opened
        or q.slot != opened.slot
        or (is_typed and q.is_read_back and shown(q, changes[q.slot]))
    ]
    for chosen, plain, named in (
        (corrected, "utter_common_corrected", "utter_common_corrected_to"),
        (noted, "utter_common_noted", "utter_common_noted_as"),
    ):
        items = [shown(q, changes[q.slot]) for q in chosen]
        if any(items):
            _say_items(named, [item for item in items if item], say)
        elif chosen:
            say.utter_message(response=plain)


def _say_items(response: str, items: Sequence[str], say: CollectingDispatcher) -> None:
    """Say what was noted; behind another such message of the same answer they are one."""
    told = ITEM_MARK.join(items)
    before = next((one for one in say.messages if one.get("response") == response), None)
    if before is not None:
        before["items"] = f"{before['items']}{ITEM_MARK}{told}"
    else:
        say.utter_message(response=response, items=told)


def shown(question: Question, value: Any) -> str:
    """Return an answer as people read it; "" when the question has no words for it."""
    if question.show is not None:
        return question.show(value)
    return str(value) if question.free_text and not question.is_story else ""


def explain_question(question: Question, turn: Turn, say: CollectingDispatcher) -> None:
    """Say what a question means, or why it is asked, with the rule behind it when known."""
    if question.explain is not None:
        question.explain(turn, say)
    elif question.basis:
        say.utter_message(response="utter_common_why_basis", basis=question.basis)
    elif question.why == NO_REASON:
        if question.decides is None or not question.decides(turn, say):
            say.utter_message(response=_WHY_BY_FORM.get(str(turn.loop), NO_REASON))
    else:
        say.utter_message(response=question.why, **question.why_values)


def mark_personal(question: Question, say: CollectingDispatcher) -> None:
    """Let the hub know that what is said next asks for personal data."""
    if question.slot in PERSONAL_SLOTS:
        mark = {"type": "personal", "optional": question.is_optional}
        say.utter_message(json_message=mark)
