"""Service reviews (好差评): five levels, an optional reason, a deadline when it was bad."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.filing.story import substance
from actions.forms.ask import asking, choice_button, chosen, free_text
from actions.forms.form import ValidateForm
from actions.forms.question import Answer, Problem, Question, Value
from actions.forms.switched import while_on
from actions.turns.offers import wait
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents.dates import spoken_day
from bot.documents.tickets_text import add_button
from bot.domain.ratings import (
    BEST_LEVEL,
    WORST_GOOD_LEVEL,
    asks_how_to_rate,
    behind_slip,
    is_out_of_range,
    reason_beside,
    takes_off,
)
from bot.domain.reviews import (
    THIS_CONVERSATION,
    RatingClosed,
    TargetKind,
    TicketOutcome,
    UnknownTarget,
)
from bot.services.operating.numbers import NumberKind
from bot.services.reviews import reviews
from bot.services.reviews.codes import read_target
from bot.services.words.remarks import declines, is_a_suggestion
from bot.services.words.story import asks_something, tells_unknown
from bot.services.words.suggestions import is_suggestion

NO_COMMENT = "-"

PROOF_FORM = "ticket_form"
"""Form that asks whose a ticket is before it is shown; nothing is rated before that."""

SHORTEST_REASON = 8
"""Characters from which a text is the reason of a review, whatever else is open."""


class ActionStartReview(SkillAction):
    """Begins a review of the case, ticket or booking last spoken of, else of this conversation."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_review"

    @while_on("review")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the level when the first sentence names it; 好评咋打 asks how it is given."""
        named = _named(turn.entity("ticket_number") or turn.entity("case_number") or "")
        if _is_rated(replace(turn, slots={**turn.slots, **named})):
            say.utter_message(response="utter_review_already")
            return []
        if turn.loop == PROOF_FORM:  # whose it is, is asked first
            say.utter_message(response="utter_review_prove_first")
            return wait(turn, [Request(turn.intent, turn.text, turn.entities)])
        is_asking = asks_how_to_rate(turn.text)
        if is_asking:
            say.utter_message(response="utter_review_how")
        level = None if is_asking else _level_said(turn)
        return start_form(
            turn,
            "review_form",
            review_level=None if level is None else float(level),
            review_comment=reason_beside(turn.text) if _is_bad(level) else None,
            **named,
        )


class ValidateReviewForm(ValidateForm):
    """Asks for the level, and for a reason."""

    form = "review_form"

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Keep whom or what it is about, though it is said that no name is known."""
        is_reason = turn.requested == "review_comment" and turn.choice is None
        if is_reason and declines(turn.text):  # 不写了 leaves out the reason, and no review
            return self._accept(turn, {"review_comment": NO_COMMENT}, say, None)
        if is_reason and tells_unknown(turn.text) and turn.entities:  # 叫啥不知道 就在莘县
            return self._accept(turn, {"review_comment": turn.typed or turn.text}, say, None)
        return super()._read(turn, say)

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return the reason that is told where the level is still asked for."""
        is_early = turn.requested == "review_level" and turn.slots.get("review_comment") is None
        tells = len(turn.text) >= SHORTEST_REASON and not asks_something(turn.text)
        is_said = is_early and tells and not declines(turn.text)
        is_said = is_said and turn.intent not in QUESTION_INTENTS
        return {"review_comment": turn.text} if is_said else {}

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return both questions; the reason may be left out."""
        return (
            Question(
                "review_level",
                asking("utter_review_ask_level", _level_buttons),
                _parse_level,
                label=("评价", "几星", "几颗星", "满意"),
                entity="rating",
                why="utter_review_levels",
                examples="utter_review_examples",
            ),
            replace(
                free_text(
                    "review_comment",
                    "utter_review_ask_comment",
                    when_unknown=NO_COMMENT,
                    label=("理由", "原因"),
                    is_story=True,
                ),
                ask=asking("utter_review_ask_comment", level=_level_name(slots)),
                is_optional=True,
            ),
        )


class ActionSubmitReview(SkillAction):
    """Writes the review; a bad one opens a rectification with a due day."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_review"

    @while_on("review")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Write once per target."""
        application = app()
        said = str(turn.slots.get("review_comment") or NO_COMMENT)
        comment = NO_COMMENT if is_a_suggestion(said) else said
        target_kind, target_id = _target(turn)
        try:
            done = reviews.rate(
                application.unit_of_work,
                origin=turn.origin("review"),
                conversation_id=turn.conversation_id,
                target_kind=target_kind,
                target_id=target_id,
                level=int(turn.slots["review_level"]),
                comment="" if comment == NO_COMMENT else comment,
                now=application.now(),
                calendar=application.calendar,
                catalogue=application.catalogue,
                whistle_rules=application.whistle_rules,
            )
        except reviews.AlreadyRated:
            say.utter_message(response="utter_review_already")
        except (UnknownTarget, RatingClosed):
            say.utter_message(response="utter_review_closed")
        else:
            if done.ticket is not None:
                _say_outcome(done.ticket, target_id, say)
            elif done.rectification_due_on is None:
                level = _level_name(turn.slots)
                say.utter_message(response="utter_review_thanks", level=level)
            else:
                due = spoken_day(done.rectification_due_on)
                say.utter_message(response="utter_review_bad", due=due)
        if is_suggestion(comment):
            say.utter_message(response="utter_review_also_suggestion")
        cleared = [SlotSet("review_level", None), SlotSet("review_comment", None)]
        if target_kind == TargetKind.BOOKING.value:
            # the other skills know the slot for tickets only
            cleared.append(SlotSet("ticket_shown", None))
        if comment != said and substance(said) and not turn.slots.get("open_forms"):
            wish = replace(turn, intent="suggest", loop=None, requested=None, choice=None)
            begun = action_named("action_start_suggestion").act(wish, say)
            return [*cleared, *begun]  # 顺便提个建议 大厅门口停车位太少了
        if comment != said:  # what stands where the reason was asked for is a wish of its own
            kept = wait(turn, [Request("suggest", said)])
            turn = replace(turn, slots={**turn.slots, **{e["name"]: e["value"] for e in kept}})
            cleared += kept
        return [*cleared, *finish_form(turn, say)]


def _say_outcome(outcome: TicketOutcome, number: str, say: CollectingDispatcher) -> None:
    if not number.startswith(NumberKind.WHISTLE.value):
        _say_of_feedback(outcome, number, say)
    elif outcome is TicketOutcome.CLOSED:
        say.utter_message(response="utter_review_ticket_closed", number=number)
    elif outcome is TicketOutcome.REOPENED:
        say.utter_message(
            response="utter_review_ticket_reopened", number=number, buttons=[add_button(number)]
        )
    else:
        say.utter_message(response="utter_review_ticket_complaint", number=number)


def _say_of_feedback(outcome: TicketOutcome, number: str, say: CollectingDispatcher) -> None:
    if outcome is TicketOutcome.CLOSED:
        say.utter_message(response="utter_review_feedback_closed", number=number)
    else:
        say.utter_message(response="utter_review_feedback_reopened", number=number)


def _is_rated(turn: Turn) -> bool:
    """Tell whether what would be reviewed has its one review; each answer to a ticket has one."""
    kind, target_id = _target(turn)
    if kind == TargetKind.TICKET.value:
        return False
    return reviews.is_rated(app().unit_of_work, TargetKind(kind), target_id)


def _target(turn: Turn) -> tuple[str, str]:
    case = turn.slots.get("case_shown")
    if case:
        return "case", str(case)
    ticket = str(turn.slots.get("ticket_shown") or "")
    if ticket:
        is_booking = ticket.startswith(NumberKind.BOOKING.value)
        return "booking" if is_booking else "ticket", ticket
    return "conversation", turn.conversation_id


def _is_bad(level: int | None) -> bool:
    """Tell whether a level blames; who praises is asked what for, and mostly goes on."""
    return level is not None and level < WORST_GOOD_LEVEL


def _named(text: str) -> dict[str, str | None]:
    """Return the slots that say what is reviewed, as far as a number of it was named."""
    if text == THIS_CONVERSATION:
        return {"ticket_shown": None, "case_shown": None}
    target = read_target(text)
    if target is None:
        return {}
    kind, number = target
    if kind is TargetKind.CASE:
        return {"case_shown": number, "ticket_shown": None}
    return {"ticket_shown": number, "case_shown": None}


def _level_name(slots: Mapping[str, Any]) -> str:
    """Return the name of the level that was given, to be read back."""
    given = slots.get("review_level")
    levels = app().catalogue.service_rules.review.levels
    return next((level.name for level in levels if level.score == given), "")


def _level_buttons(_: Turn) -> list[dict[str, str]]:
    levels = app().catalogue.service_rules.review.levels
    return [choice_button("review_level", level.score, level.name) for level in levels]


def _level_said(turn: Turn) -> int | None:
    """Return the level that a text names; what it takes off is counted from the one before."""
    given = turn.slots.get("review_level")
    behind = reviews.parse_level(behind_slip(turn.text))
    if behind is not None:  # 四星 说错了 三星
        return behind
    if takes_off(turn.text):
        return reviews.parse_level(turn.text, BEST_LEVEL if given is None else int(given))
    return reviews.parse_level(turn.entity("rating") or turn.text)


def _parse_level(turn: Turn) -> Answer:
    pressed = chosen(turn, "review_level")
    level = reviews.parse_level(pressed) if pressed else _level_said(turn)
    if level is None and pressed is None and is_out_of_range(turn.text):  # 六分, 10分
        return Problem("utter_review_levels", is_sure=True)
    return None if level is None else Value(float(level), exact=True)
