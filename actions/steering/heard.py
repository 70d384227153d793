"""What is said to a remark that answers nothing and asks nothing: 腿脚不好 走不了远路, 我急用."""

from collections.abc import Mapping
from dataclasses import replace

from actions.turns.focus import JOURNEY_FORMS
from actions.turns.intent_actions import own_intents
from actions.turns.intent_groups import BOOKING, CASES, STORIES
from actions.turns.turn import Clause, Turn
from bot.services.words.form_remarks import tells_of_own
from bot.services.words.heard import Heard, heard_in
from bot.services.words.wish import speaks_of_wish

STORY_FORMS = frozenset({"feedback_form", "whistle_form"})
"""Forms in which trouble that is told belongs to what is written down."""

BEYOND_DOUBT = 0.9
"""From this confidence on a wish that is no remark is one whatever its words."""

OF_CASES = "case_form"
MARKED = "mark_done"
TOLD = "inform"

RESPONSES: Mapping[Heard, str] = {
    Heard.HARDSHIP: "utter_common_heard_hardship",
    Heard.HURRY: "utter_common_heard_hurry",
    Heard.TIRED: "utter_common_heard_tired",
    Heard.TOLD: "utter_common_not_needed",
    Heard.TROUBLE: "utter_common_heard_trouble",
}
"""What is said to each kind of remark between the questions of a form."""

SOONEST = "utter_booking_heard_hurry"

HEARD = frozenset({*RESPONSES.values(), SOONEST}) - {RESPONSES[Heard.TOLD]}
"""Responses after which nothing was answered wrongly."""


def without_weak_wish(turn: Turn) -> Turn:
    """Return the turn without wishes for other services of which not a word is spoken.

    Between the questions of a service "我急用" urges no case and "跑了三趟了" opens no complaint.
    What the model is very sure of needs no such word where it is no remark.
    """
    if turn.loop is None or turn.loop in JOURNEY_FORMS.values() or turn.choice is not None:
        return turn
    parts = tuple(_weaker(turn, one) for one in turn.clauses)
    if not _is_weak(turn, turn.intent, turn.confidence, turn.text):
        return turn if parts == turn.clauses else replace(turn, clauses=parts)
    return replace(turn, intent=TOLD, confidence=1.0, ranking=((TOLD, 1.0),), clauses=parts)


def _weaker(turn: Turn, part: Clause) -> Clause:
    is_weak = _is_weak(turn, part.intent, part.confidence, part.text)
    return replace(part, intent=TOLD) if is_weak else part


def _is_weak(turn: Turn, intent: str, confidence: float, text: str) -> bool:
    """Tell whether an intent wishes for another service and the text speaks of none."""
    is_own = intent in own_intents(turn.loop) or (turn.loop == OF_CASES and intent in CASES)
    is_own |= turn.loop in STORY_FORMS and intent in STORIES
    if is_own or intent == MARKED:
        return not is_own
    is_sure = confidence >= BEYOND_DOUBT and heard_in(text) is None
    return not is_sure and not speaks_of_wish(intent, text)


def tells_here(turn: Turn, *, is_story: bool) -> bool:
    """Tell whether what is taken for none of our business is told of oneself: 我还没找好房子."""
    is_own = turn.loop in JOURNEY_FORMS.values() and tells_of_own(turn.text)
    return is_own or (not is_story and heard_in(turn.text) is not None)


def response_to(turn: Turn) -> str | None:
    """Return what is said to a remark between the questions of a form; None for no remark."""
    heard = heard_in(turn.text)
    if heard is None:
        return None
    is_open = turn.loop == BOOKING and not turn.slots.get("booking_slot")
    return SOONEST if heard is Heard.HURRY and is_open else RESPONSES[heard]
