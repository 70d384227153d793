"""Answers stories of trouble that no office did: 货款不给, 代办没影了, 挂名当法人, 贴封条.

What the catalogue holds is told and what can be done here is offered; no form opens.
"""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.worded import Worded, WordedService
from actions.steering.asides import say_service_question
from actions.turns.focus import on_matter
from actions.turns.history import lately_responded, texts_before
from actions.turns.intent_groups import JOURNEYS
from actions.turns.turn import Turn
from bot.services.words.closing import closing
from bot.services.words.matter_remarks import asks
from bot.services.words.plight import Plight, plight_asked_on, plight_told

UNPAID, DUE = WordedService("被拖欠"), WordedService("最长多久该付")
OWED_PRIVATELY, SEALED = WordedService("欠钱跑了"), WordedService("店被封了")
ABSENT = Worded("chg-legalrep", "失联")
RESIGNED = Worded("chg-legalrep", "法人辞职")
"""Questions of the catalogue that answer for a trouble."""

TOLD = frozenset({"blow_whistle", "complain"})
"""Intents of who blames an office: what it owes is a story for it."""

OFFER = "utter_feedback_plight_offer"
ALONE = {
    Plight.CHEATED: "utter_feedback_agent_gone",
    Plight.COURT: "utter_feedback_court",
    Plight.LOOKS: "utter_cases_ways",
    Plight.OWN_WILL: "utter_feedback_own_will",
    Plight.SUES: "utter_common_private_dispute",
    Plight.WHERE_TO: "utter_feedback_plight_where",
    Plight.WHOSE_DEBT: "utter_feedback_whose_debt",
}
"""Responses that answer by themselves."""

SERVICES = {
    Plight.COUNTED: (DUE,),
    Plight.FEES: (WordedService("加急费"),),
    Plight.OWED: (UNPAID, DUE),
    Plight.OWED_PRIVATELY: (OWED_PRIVATELY,),
    Plight.SEALED: (SEALED,),
}
"""Questions that answer, the first one first."""

NAME_LENT, NOTED = "utter_feedback_name_lent", "utter_feedback_plight_noted"

STATED = frozenset({"complain", "deny", "dispute_answer", "inform"})
STATED |= {"nlu_fallback", "out_of_scope"}
"""What the model takes for it that somebody tells on."""

BACK = 8
"""Messages before it in which a trouble may have been told that is asked on of."""

JUST = 3
"""Messages since the last answer on it, within which what is told belongs to it."""

SHORTEST = 4
SAID = frozenset({OFFER, NAME_LENT, NOTED, *ALONE.values()})
"""Responses after which what is told, and asks nothing, belongs to the trouble."""


def answer_plight(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a trouble that is told, asked on of, or told on; no events for anything else."""
    if turn.loop is not None or turn.choice is not None or not turn.text:
        return []
    told = plight_told(turn.text)
    if told in SERVICES and turn.intent in TOLD:
        told = None  # 住建局欠我工程款 一年了没人管: a story for an office
    if told is not None:
        return _answer(told, turn, say)
    before = [one for text in texts_before(turn)[-BACK:] if (one := plight_told(text))]
    if not before:
        return []
    on = plight_asked_on(turn.text)
    if on is Plight.COUNTED and before[-1] is not Plight.OWED:
        return []
    if on is not None:
        return _answer(on, turn, say)
    is_trade = before[-1] is Plight.CHEATED and turn.entity("industry") is not None
    if is_trade or not _tells_on(turn):  # 开奶茶店的 is what the licence was wanted for
        return []
    say.utter_message(response=NOTED)
    return [SlotSet("focus", turn.slots.get("focus"))]


def _answer(plight: Plight, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what is known of a kind of trouble, and what can be done here."""
    if plight is Plight.NAME_LENT:
        for one in (RESIGNED, ABSENT):
            one.say(say, turn)
        say.utter_message(response=NAME_LENT)
        return on_matter(app().catalogue.matter(RESIGNED.matter_id), "eligibility")
    if plight in ALONE:
        say.utter_message(response=ALONE[plight])
        return [SlotSet("focus", turn.slots.get("focus"))]
    for service in SERVICES[plight]:
        if service.faq is not None:
            say_service_question(service.faq, say)
    if plight not in {Plight.COUNTED, Plight.FEES}:
        say.utter_message(response=OFFER)
    return [SlotSet("focus", None), SlotSet("focus_topic", None)]


def _tells_on(turn: Turn) -> bool:
    """Tell whether a statement right behind the answer belongs to the trouble: 钱是微信转的."""
    is_told = len(turn.text) >= SHORTEST and not asks(turn.text) and closing(turn.text) is None
    is_wish = turn.intent in JOURNEYS or turn.intent not in STATED
    is_wish |= turn.entity("matter") is not None
    return is_told and not is_wish and bool(lately_responded(turn, JUST) & SAID)
