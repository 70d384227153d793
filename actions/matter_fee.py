"""What a matter costs; what somebody else takes money for is told from it."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.licences.no_fee import answer_no_fee, matter_meant, say_beside
from actions.questions.matter_faqs import CLEAR, STRONG, says_question_among
from actions.questions.topic_answer import AnswerQuestion
from actions.steering.not_recorded import say_recorded
from actions.trades.start_answers import ENTERPRISE_TYPE
from actions.turns.focus import Focus, on_matter, read_focus
from actions.turns.history import slot_values
from actions.turns.names import AFTERWARDS, find_matters, sure_matter
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.cost import charges_customers, cost_beside
from bot.services.words.matter_remarks import asks_penalty

LATELY = 3
"""Matters spoken of last among which a change is looked for."""


class ActionAnswerFee(AnswerQuestion):
    """What a matter costs."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_fee"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say what the record holds on a fine, which is no fee: "不办会罚多少"."""
        if beside := _answer_beside(turn, say) or _of_registration(turn, say):
            return beside
        if other := answer_no_fee(turn, say):
            return other
        spoken = read_focus(turn)
        change = _change_before(turn, spoken)
        if change is not None:
            say_answer("fee", change, say)
            return on_matter(change, "fee")
        is_fine = asks_penalty(turn.text) and turn.entity("matter") is None
        may_be = find_matters(turn.text) if is_fine and turn.loop is not None else []
        if says_question_among(turn.text, may_be, say):  # 没验收先用着会罚多少
            return [SlotSet("focus", turn.slots.get("focus"))]
        if not is_fine or turn.loop is not None or spoken.matter is None or spoken.is_plan:
            return super().act(turn, say)
        if says_question_among(turn.text, [spoken.matter], say):
            return on_matter(spoken.matter)
        return say_recorded(turn, spoken.matter, say)


def _answer_beside(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say that the price of what others do is not recorded; no events where it is not asked for.

    Nor is it recorded what customers may be charged. "检测一次多少钱" asks for no fee of a licence.
    """
    kept: list[EventType] = [SlotSet("focus", turn.slots.get("focus"))]
    if charges_customers(turn.text):
        say.utter_message(response="utter_matters_charge_customers")
        return kept
    what = cost_beside(turn.text)
    matter = sure_matter(turn.entity("matter")) or read_focus(turn).matter
    if what is None or (matter is not None and what in matter.fee.text):
        return []
    if matter is not None and says_question_among(turn.text, [matter], say, CLEAR):
        return on_matter(matter)
    say_beside(what, matter_meant(turn, matter), say)
    return kept


def _of_registration(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer, while a business is begun, what is asked of its form and of no fee: 挣了钱按啥分."""
    kind = app().catalogue.enterprise_types.get(str(turn.slots.get(ENTERPRISE_TYPE) or ""))
    if kind is None or turn.loop is None or turn.entity("matter") is not None:
        return []
    matter = app().catalogue.matter(kind.matter_id)
    asked = says_question_among(turn.text, [matter], say, STRONG)
    return on_matter(matter) if asked else []


def _change_before(turn: Turn, spoken: Focus) -> Matter | None:
    """Return the change spoken of before one licence, where it is asked what all costs; or None.

    "一共多少钱", after a self-employed business becomes a company and what its licence does then.
    """
    is_named = turn.entity("matter") is not None or turn.loop is not None or spoken.is_plan
    is_whole = not is_named and app().dialogue_words.means_whole(turn.text)
    if not is_whole or spoken.matter is None or spoken.matter.category in AFTERWARDS:
        return None
    known = app().catalogue.matters
    lately = list(dict.fromkeys(reversed(slot_values(turn, "matter_id"))))[:LATELY]
    before = (known[one] for one in lately if one in known)
    return next((one for one in before if one.category in AFTERWARDS), None)
