"""Answers what is asked of all the steps of a plan, in its form or when it stands.

Who sees to each of them, which may be left out, which is the most trouble, what comes first, and
what follows when one begins before they are done.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.area import steps_talked_about
from actions.plans.asked import say_whole_order
from actions.plans.order_of_areas import areas_in_order
from actions.plans.planned_licence import LICENCE
from actions.plans.points import answer_points
from actions.plans.standing_asked import names_other
from actions.plans.stands import say_end, standing_form
from actions.plans.step_named import answer_named_step
from actions.projects.answers import project_what_ifs
from actions.trades.asked import say_topic
from actions.trades.start_answers import TRADE
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import on_plan, read_focus
from actions.turns.names import is_founding
from actions.turns.turn import Turn
from bot.documents.journey_answers import journey_answer
from bot.documents.plan_text import what_ifs_text
from bot.services.words.asked import asks_first_step, asks_fit_out_first, asks_whole_order
from bot.services.words.matter_remarks import asks
from bot.services.words.plan_remarks import asks_for_slowest
from bot.services.words.standing import got_and_asks_next
from bot.services.words.standing_asked import asks_why_so_many
from bot.services.words.trade_questions import TradeTopic, asks_fine_of_lack, topic_of_trade
from bot.services.words.whole import (
    asks_for_hardest,
    asks_quicker_way,
    asks_what_comes_next,
    asks_what_is_left_out,
    asks_who_of_each,
    counts_licences,
)

START, PROJECT = "start_business", "plan_project"


def answer_of_standing(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of all the steps of the plan that stands; else no events."""
    is_else = turn.entity("industry") or got_and_asks_next(turn.text) is not None
    is_else = is_else or asks_fit_out_first(turn.text) or areas_in_order(turn) is not None
    if is_else or standing_form(turn) is None:
        return []
    is_order = asks_first_step(turn.text) or asks_whole_order(turn.text)
    is_order |= asks_what_comes_next(turn.text)
    is_said = says_of_whole(turn, say) or (is_order and say_whole_order(turn, say))
    is_said = is_said or _says_quicker(turn, say)
    if not is_said and read_focus(turn).is_plan:
        return answer_named_step(turn, say) or (
            [] if names_other(turn) else answer_points(turn, say)
        )
    return on_plan(str(read_focus(turn).journey)) if is_said else []


def _says_quicker(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which other answers make a project quicker; False where none does, or none is asked."""
    is_project = read_focus(turn).journey == PROJECT and asks_quicker_way(turn.text)
    found = project_what_ifs(turn.slots) if is_project else ()
    if found:
        say.utter_message(response="utter_plan_project_what_ifs", what_ifs=what_ifs_text(found))
    return bool(found)


def asks_of_whole(turn: Turn) -> bool:
    """Tell whether something is asked of all the steps of the plan that is talked about."""
    text = turn.text
    if turn.choice is not None or not text or _names_step(turn):
        return False
    is_whole = asks_who_of_each(text) or _asks_what_is_free(text) or _is_slowest(text)
    return is_whole or _lacks(turn)


def says_of_whole(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what is asked of all the steps of the plan; False for no such question, or no plan."""
    if not asks_of_whole(turn):
        return False
    if _is_slowest(turn.text):
        journey = str(read_focus(turn).journey)
        say_end(turn.slots, journey, say, is_open=turn.loop is not None)
        return True
    if asks_who_of_each(turn.text):
        return _says_who(turn, say)
    if _asks_what_is_free(turn.text):
        return _says_left_out(turn, say)
    say_topic(TradeTopic.FINE, str(turn.slots[TRADE]), turn, say)
    return True


def _is_slowest(text: str) -> bool:
    return asks_for_hardest(text) or asks_for_slowest(text)


def _asks_what_is_free(text: str) -> bool:
    return asks_what_is_left_out(text) or asks_why_so_many(text)


def _lacks(turn: Turn) -> bool:
    """Tell whether it is asked what follows who begins the trade before its licences are there."""
    trade = str(turn.slots.get(TRADE) or "")
    is_shop = read_focus(turn).journey == START and ":" in trade and asks(turn.text)
    is_bare = is_shop and topic_of_trade(turn.text, ()) is TradeTopic.FINE
    return is_shop and (is_bare or asks_fine_of_lack(turn.text))


def _says_who(turn: Turn, say: CollectingDispatcher) -> bool:
    steps = steps_talked_about(turn)
    matters = list({step.matter.id: step.matter for step in steps if step.matter}.values())
    licences = [one for one in matters if one.category == LICENCE]
    matters = licences if licences and counts_licences(turn.text) else matters
    if not matters:
        return False
    made = journey_answer("place", "", matters)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    return True


def _says_left_out(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which steps are of free will, and which hang on answers; all others are needed."""
    steps = [step for step in steps_talked_about(turn) if step.matter]
    free = [step.planned.step.name for step in steps if step.is_optional]
    unsure = [step.planned.step.name for step in steps if step.undecided and not step.is_optional]
    if not steps:
        return False
    for response, names in (("utter_plan_free", free), ("utter_plan_perhaps", unsure)):
        if names:
            say.utter_message(response=response, matters=ITEM_MARK.join(dict.fromkeys(names)))
    if free or unsure:
        say.utter_message(response="utter_plan_rest_needed")
    elif turn.loop is not None and read_focus(turn).journey == PROJECT:
        say.utter_message(response="utter_plan_project_why_is_small_low_risk")
    else:
        say.utter_message(response="utter_plan_all_needed")
    return True


def _names_step(turn: Turn) -> bool:
    """Tell whether a text names one licence or field, which is asked about itself."""
    named = turn.entity("matter")
    is_broad = named in app().dialogue_words.broad
    is_other = named is not None and not is_broad and not is_founding(named)
    if not is_other and asks_who_of_each(turn.text):
        return False  # 这两个证都归卫健管吗
    return is_other or app().dialogue_words.area_in(turn.text) is not None
