"""Nods to what is told behind the plan of a business that begins: 个体的吧, 一个月流水十来万."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.trades.start_answers import ENTERPRISE_TYPE, told_slots
from actions.turns.focus import read_focus
from actions.turns.forms_named import form_in
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.rooms_told import LONGEST, is_plain_form, may_matter, rooms_told

STARTS = "start_business"

OWN = frozenset({"enterprise_type"})
"""Entities that such a text may name."""


def says_heard_behind(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say that the plan is made for the form told again, or nod to a remark; [] for neither."""
    focus = read_focus(turn)
    is_free = turn.loop is None and turn.choice is None and len(turn.text) <= LONGEST
    if not is_free or focus.journey != STARTS or not focus.is_plan or asks(turn.text):
        return []
    if any(one.name not in OWN for one in turn.entities):
        return []
    kept = [SlotSet("focus_topic", focus.topic)]
    kind = form_in(turn)
    if kind is not None:
        if not _only_form(turn):  # 等会儿，不弄个体了，注册成有限公司
            return []
        if kind.id != turn.slots.get(ENTERPRISE_TYPE) or told_slots(turn.text):
            return []
        say.utter_message(response="utter_start_business_same_form", form=kind.name)
        return kept
    if rooms_told(turn.text) is None or may_matter(turn.text) or told_slots(turn.text):
        return []
    say.utter_message(response="utter_common_heard")
    return kept


def _only_form(turn: Turn) -> bool:
    """Tell whether a text tells a form and next to nothing else: 个体的吧 便宜."""
    named = turn.entity("enterprise_type") or ""
    is_wish = turn.intent not in {"inform", "affirm", "nlu_fallback", "out_of_scope"}
    return not is_wish and is_plain_form(turn.text.replace(named, ""))
