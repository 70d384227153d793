"""Answers for what is to be added to a business that runs: it begins none."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import offer_plan
from actions.finding.matter_answer import say_answer
from actions.plans.planned_licence import LICENCE
from actions.questions.found_question import clear_question, found_question, whole_fit
from actions.questions.matter_faqs import AMONG_FEW, say_question, says_question_among
from actions.trades.start_answers import always_wanted
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import on_matter
from actions.turns.names import sure_matter
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.services.finding.question_finder import Asked
from bot.services.words.running import adds_to_running, behind_adding, is_equipped, thing_added

BEGINS = frozenset({"nlu_fallback", "out_of_scope", "start_business"})
"""What the model takes a text for that would begin a business, or be refused."""

SCOPE = "chg-scope"
"""Matter that adds to what a business may do."""


def answer_added(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how the scope is widened and what licences the new trade wants; [] for nothing added."""
    if turn.choice is not None or not adds_to_running(turn.text):
        return []
    asked = clear_question(turn) or found_question(turn)
    if is_equipped(turn.text):  # 诊所想添个拍牙片的机子, which widens no scope
        return _answer_equipped(turn, asked or whole_fit(turn.text), say)
    matter = app().catalogue.matter(SCOPE)
    say_answer("procedure", matter, say)
    told = _answer_asked(turn, asked, say)
    if not _say_licences(turn, say):
        told = _say_licence_told(turn, asked, say) or told
    if told:
        return told
    event = app().life_events.of_matter(SCOPE)
    return [*on_matter(matter, "procedure"), *(offer_plan(turn, event, say) if event else ())]


def _answer_equipped(turn: Turn, asked: Asked | None, say: CollectingDispatcher) -> list[EventType]:
    """Answer what a machine wants that is added; it begins no business, whatever is found."""
    matter = sure_matter(behind_adding(turn.text)) if asked is None else None
    if matter is not None:
        say_answer("procedure", matter, say)
        return on_matter(matter, "procedure")
    if asked is None and turn.intent in BEGINS:
        say.utter_message(response="utter_matters_none")
        return [SlotSet("focus", turn.slots.get("focus"))]
    return _answer_asked(turn, asked, say)


def _answer_asked(turn: Turn, asked: Asked | None, say: CollectingDispatcher) -> list[EventType]:
    """Answer the question of the catalogue that is asked; no events for none."""
    if asked is None:
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, "eligibility")


def _say_licence_told(
    turn: Turn, asked: Asked | None, say: CollectingDispatcher
) -> list[EventType]:
    """Say which licence what is added wants of its own, and what is asked of it; else no events.

    "化肥店想加上除草剂，要考证吗" names no trade, and means the licence for pesticides.
    """
    behind = behind_adding(turn.text)
    matter = sure_matter(behind)
    if matter is None or matter.category != LICENCE:
        return []
    if asked is None or asked.matter.id != matter.id:
        name = matter.name.partition("（")[0]
        thing = thing_added(behind)
        say.utter_message(response="utter_start_business_added", trade=thing, matters=name)
        says_question_among(turn.text, [matter], say, AMONG_FEW)
    return on_matter(matter, "eligibility")


def _say_licences(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what the trade that is added may want of its own, beside what the shop has.

    False where nothing is known to say.
    """
    named = [one.value for one in turn.entities if one.name == "industry"]
    behind = behind_adding(turn.text)
    added = [word for word in named if word in behind]
    trade = next((found for word in added if (found := trade_of(word)) is not None), None)
    known = {trade_of(word) for word in named if word not in behind}
    licences = [] if trade is None or trade in known else always_wanted(trade)
    if licences:
        names = ITEM_MARK.join(matter.name.partition("（")[0] for matter in licences)
        say.utter_message(response="utter_start_business_added", trade=added[0], matters=names)
    return bool(licences)
