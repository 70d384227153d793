"""Takes what is told after a plan and asks nothing: 房子租好了, 我是退伍军人, 钱不够."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.funding.meant import list_policies
from actions.plans.spoken_of import find_plan, papers, read
from actions.plans.told_apart import for_group, loans
from actions.trades.start_answers import told_slots
from actions.turns.focus import read_focus
from actions.turns.turn import Turn
from bot.services.plans.mentions import find_mentions
from bot.services.words.matter_remarks import asks
from bot.services.words.project_told import told_plainly
from bot.services.words.remarks import clauses
from bot.services.words.told import Remark, Told, remark_in

PLANS = ("plan_project", "start_business")
"""Journeys whose plan people tell such things of."""

LEFT = frozenset({Told.HEARD, Told.BEGUN, Told.ANYBODY})
"""What is answered elsewhere where no question is open."""


def answer_told_after(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Nod to what is told of a plan that was made, or name what may help; no events for another.

    What marks a step of the plan, or changes an answer, is none.
    """
    focus = read_focus(turn)
    is_free = turn.loop is None and turn.choice is None and focus.is_plan
    if not is_free or focus.journey not in PLANS or asks(turn.text):
        return []
    told = [remark_in(part) for part in clauses(turn.text)]
    if not told or any(one is None or one.kind in LEFT or _marks(turn, one) for one in told):
        return []
    if turn.entity("district") or turn.entity("enterprise_type"):
        return []  # 我搬到临清了
    if told_slots(turn.text) or told_plainly(turn.text):
        return []
    return _answer(turn, {one.kind for one in told if one is not None}, focus.topic, say)


def _answer(
    turn: Turn, kinds: set[Told], topic: str | None, say: CollectingDispatcher
) -> list[EventType]:
    found = for_group(turn.text) if Told.PERSON in kinds else []
    found = found or (loans() if Told.MONEY in kinds else [])
    if found:
        return list_policies(found, say)
    is_done = kinds <= {Told.DONE}
    say.utter_message(response="utter_plan_heard_after" if is_done else "utter_common_heard")
    return [SlotSet("focus_topic", topic)]


def _marks(turn: Turn, told: Remark) -> bool:
    """Tell whether a thing that is done or lacking names a step or a paper of the plan."""
    if told.kind not in {Told.DONE, Told.LACKS}:
        return False
    life = find_plan(turn)
    if life is None or turn.entity("matter") is not None or turn.entity("material") is not None:
        return True
    reading = read(turn, life)
    found = find_mentions(turn.text, reading.plan, papers(reading), app().step_words, done=False)
    return not found.is_empty or bool(found.unclear)
