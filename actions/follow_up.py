"""Follow-ups without a name of their own: "换成个体户呢", "那临清呢", "要是不雇人呢"."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import compose_life_event
from actions.filing.feedback_time import say_time_to_answer
from actions.finding.halls import answer_hall_there
from actions.finding.matter_answer import say_answer
from actions.forms.asked_anew import ask_anew
from actions.forms.form import form_named
from actions.forms.question import acknowledge
from actions.forms.remarks import say_known
from actions.forms.resuming import PAUSED, resume
from actions.funding.beside import claim_named
from actions.funding.meant import named_policy
from actions.funding.places import answer_policy_remark
from actions.licences.needed import answer_needed
from actions.plans.area import answer_area
from actions.plans.area_summed import with_area_summed
from actions.plans.asked import answer_plan_question
from actions.plans.dates import told_start
from actions.plans.dropped import dropped_facts
from actions.plans.slowest import answer_slowest
from actions.plans.stands import answer_standing
from actions.projects.answers import compose_project
from actions.questions.faq_asked import answer_faq, answer_near_faq
from actions.questions.same_question import place_of, same_question
from actions.trades.forms_compared import says_who_is_liable
from actions.trades.start_answers import compose_start
from actions.trades.start_opening import says_same_list
from actions.trades.start_questions import explain_types
from actions.turns.focus import JOURNEY_FORMS, TICKET, Focus, on_matter, on_plan, read_focus
from actions.turns.history import slot_values
from actions.turns.intent_groups import SERVICE_INTENTS, STORIES
from actions.turns.names import speaks_of_matter
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents.plan_change_text import change_text
from bot.services.words.asked import asks_for_list, asks_together
from bot.services.words.business import begins_new
from bot.services.words.follow_up import asks_if_same
from bot.services.words.form_remarks import asks_what_is_known
from bot.services.words.matter_remarks import (
    asks,
    asks_permission,
    hands_in_later,
)
from bot.services.words.remarks import (
    asks_the_same_of,
    asks_what_if,
    compares_forms,
    is_correction,
    is_new_wish,
    means_the_one_before,
)
from bot.services.words.standing import runs_already
from bot.services.words.ticket import asks_time_to_answer, asks_who_sees_to_it

SUBMITS = {
    "start_business": "action_submit_start_business",
    "plan_project": "action_submit_plan_project",
    "life_event": "action_submit_life_event",
}
NOT_FOLLOWING = (SERVICE_INTENTS | STORIES | {"out_of_scope"}) - {
    "change_appointment",  # 换成公司呢 sounds like it; a booking is named by its day or as one
    "plan_project",
    "start_business",
}
"""Wishes of their own, whatever words they use."""

CASE_WORDS = ("办件", "受理", "执照", "许可", "证")
ANSWER_WORDS = ("答复", "回复", "回音", "回话", "处理", "结果", "说法", "给信", "动静")
"""With these it is asked how long a whistle or complaint takes, not a matter."""

BOOKING_WORDS = ("约", "时间")


SHORTEST_QUESTION = 5
"""Characters up to which a text is a question by its one word alone: 时间呢."""

UNSURE = frozenset({"chitchat", "inform", "nlu_fallback", "out_of_scope"})
"""Intents under which "挨着小学卖不" asks for the conditions of what was talked about."""

REFUSED = frozenset({"nlu_fallback", "out_of_scope"})
"""Intents under which a question that names a policy is about it all the same."""

BARE = frozenset({"affirm", "inform", "nlu_fallback", "skip"})
"""Intents of a remark that names what was left open: "那个我知道了 个体"."""

LONGEST_PLACE = 8
"""Characters of a text that says nothing but where: 我在莘县."""


BY_NAME = ("enterprise_type", "district")
"""Entities that alone change a plan that has just been shown."""


class ActionFollowUp(SkillAction):
    """Reads a message against what was talked about; no rule names it, `_steer` asks it first."""

    def name(self) -> str:
        """Return the name by which it is found."""
        return "action_follow_up"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Return no events when the message is no follow-up."""
        if turn.loop is not None or (turn.intent == "ask_deferral" and hands_in_later(turn.text)):
            return []
        return self._read(with_area_summed(turn), say) or answer_near_faq(turn, say)

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Read the message against what was talked about."""
        if turn.intent not in SERVICE_INTENTS and compares_forms(turn.text):
            explain_types(turn, say)
            return [SlotSet("focus", turn.slots.get("focus"))]
        settled = self._of_opening(turn, say)
        if settled:
            return settled
        taken_up = _tells_what_was_left(turn, say)
        if taken_up:
            return taken_up
        hall = answer_hall_there(turn, say)
        if hall is not None:
            return hall
        if turn.intent in REFUSED and asks(turn.text) and named_policy(turn.text) is not None:
            return claim_named(turn, say)
        asked = answer_policy_remark(turn, say) or answer_needed(turn, say) or answer_faq(turn, say)
        if asked:
            return asked
        asks_answer = asks_time_to_answer(turn.text) and not speaks_of_matter(turn.text)
        if asks_answer and not any(turn.slots.get(name) for name in ("focus", "case_shown")):
            return say_time_to_answer(turn, say)
        if _means_ticket(turn):
            return action_named("action_start_ticket").act(turn, say)
        focus = read_focus(turn)
        if answer_slowest(turn, focus, say) or _answers_plan(turn, focus, say):
            kept = SlotSet("focus", turn.slots.get("focus"))
            return on_plan(focus.journey) if focus.journey else [kept]
        return [] if _is_booking(turn) else self._follow(turn, focus, say)

    def _of_opening(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take a step out of the plan of a shop, or say who is liable; [] for neither."""
        journey = read_focus(turn).journey
        stands = answer_standing(turn, say, lambda told, name: self._alter(told, name, [], say))
        if stands or journey != "start_business":
            return stands
        if dropped_facts(turn):  # 哪来的消防验收，去掉
            return self._alter(turn, journey, [], say)
        return on_plan(journey) if says_who_is_liable(turn, say) else []

    def _follow(self, turn: Turn, focus: Focus, say: CollectingDispatcher) -> list[EventType]:
        """Read the message against the plan or the matter that was spoken of last."""
        is_refused = turn.intent == "out_of_scope"
        # 那就在开发区开茶馆, 那我换个地方，开个麻辣烫
        begins = turn.intent == "start_business" and not asks(turn.text)
        if turn.entity("industry") and (begins or begins_new(turn.text)):
            return []
        may_ask = asks_the_same_of(turn.text) or (is_refused and asks_permission(turn.text))
        if turn.intent in NOT_FOLLOWING and not may_ask:
            return []
        asked = app().dialogue_words.topics_in(turn.text)
        if _reads_back(turn, focus, say):
            return on_plan(str(focus.journey))
        if (
            focus.journey in SUBMITS
            and not told_start(turn)  # another day is dated anew where the text is answered
            and (focus.is_plan or focus.matter is None)
            and not (turn.intent in QUESTION_INTENTS and _is_unfinished(turn, focus.journey))
            and (_alters(turn, asked) or _tells(turn, focus.journey))
        ):
            return self._alter(turn, focus.journey, asked, say)
        is_bare = bool(asked) and len(turn.text) <= SHORTEST_QUESTION
        is_misheard = turn.intent not in QUESTION_INTENTS - {"ask_office_hours"}  # 时间呢
        if is_bare and is_misheard and (focus.matter or focus.is_plan):
            return action_named(f"action_answer_{asked[0]}").act(turn, say)
        if not focus.matter or not focus.topic or asked:
            return []
        if asks_permission(turn.text) and turn.intent in UNSURE and not turn.entity("matter"):
            return action_named("action_answer_eligibility").act(turn, say)
        if means_the_one_before(turn.text):
            return _the_one_before(turn, focus, say)
        if asks_what_if(turn.text) or _names_only_a_place(turn, focus):
            return same_question(turn, focus, say)
        return []

    def _alter(
        self, turn: Turn, journey: str, asked: list[str], say: CollectingDispatcher
    ) -> list[EventType]:
        """Make the plan again under another condition, and say what that changes."""
        form = form_named(JOURNEY_FORMS[journey])
        assert form is not None
        new = {k: v for k, v in form.corrections(turn).items() if turn.slots.get(k) != v}
        if not new and journey == "start_business" and says_same_list(turn, say):
            return on_plan(journey)  # 改成奶茶店, of the list of eating houses
        if not new:
            return ask_anew(turn, form, say) if turn.intent == "go_back" else []
        slots = {**turn.slots, **new}
        acknowledge(form.questions(turn, slots), turn.slots, new, None, say)
        new = dict(form.accepted(turn, turn.slots, new, say))
        slots.update(new)
        after = replace(turn, slots=slots)
        if form.missing(after, slots) is not None:
            return start_form(turn, form.form, **new)
        _say_changes(journey, turn.slots, slots, say)
        events = [SlotSet(name, value) for name, value in new.items()]
        events += action_named(SUBMITS[journey]).act(after, say)
        if asked:
            question = action_named(f"action_answer_{asked[0]}")
            events += question.act(replace(after, entities=(), text=""), say)
        return [*events, *on_plan(journey)]


def _answers_plan(turn: Turn, focus: Focus, say: CollectingDispatcher) -> bool:
    """Answer a question about the plan that was shown; False for none."""
    wants = asks_together(turn.text) or (
        asks_for_list(turn.text) and not any(turn.entity(name) for name in ("industry", "matter"))
    )
    is_asked = focus.is_plan and wants and answer_plan_question(turn, say)
    return is_asked or answer_area(turn, say)


def _tells_what_was_left(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Take up a journey that was left with what a remark tells of it: "店才十五平"."""
    form = form_named(str(turn.slots.get(PAUSED) or ""))
    if form is None or form.form not in JOURNEY_FORMS.values() or turn.intent not in BARE:
        return []
    told = {k: v for k, v in form.told(turn).items() if k in turn.slots and turn.slots[k] != v}
    if not told or asks(turn.text):
        return []
    acknowledge(form.questions(turn, {**turn.slots, **told}), turn.slots, told, None, say)
    return [*(SlotSet(name, value) for name, value in told.items()), *resume(form.form, turn, say)]


def _is_unfinished(turn: Turn, journey: str) -> bool:
    """Tell whether questions of the plan are open still: it was left, and is not asked about."""
    form = form_named(JOURNEY_FORMS[journey])
    return form is not None and form.missing(turn, turn.slots) is not None


def _reads_back(turn: Turn, focus: Focus, say: CollectingDispatcher) -> bool:
    """Read back the answers behind the plan ("地区写的啥"); False when that is not asked for."""
    form = form_named(JOURNEY_FORMS.get(str(focus.journey)))
    if form is None or turn.entity("matter") or not asks_what_is_known(turn.text):
        return False
    say_known(turn, form.questions(turn, turn.slots), say)
    return True


def _names_only_a_place(turn: Turn, focus: Focus) -> bool:
    """Tell whether "莘县的" or "我在莘县" says where, after a matter was answered for anywhere."""
    if not turn.entities and asks_if_same(turn.text) and place_of(turn.text) is not None:
        return True  # 阳谷也一样吗
    only = {entity.name for entity in turn.entities} == {"district"}
    is_short = len(turn.text) <= LONGEST_PLACE
    if only and (turn.intent == "go_back" or (is_short and asks_if_same(turn.text))):
        return True  # 说错了，是高唐
    return only and turn.intent == "inform" and (focus.topic == "place" or is_short)


def _the_one_before(turn: Turn, focus: Focus, say: CollectingDispatcher) -> list[EventType]:
    """Answer the question answered last for the matter spoken of before ("前一个呢")."""
    assert focus.matter is not None
    assert focus.topic is not None
    known = app().catalogue.matters
    spoken = [matter_id for matter_id in slot_values(turn, "matter_id") if matter_id in known]
    other = next((found for found in reversed(spoken) if found != focus.matter.id), None)
    if other is None:
        return []
    matter = app().catalogue.matter(other)
    say_answer(focus.topic, matter, say)
    return on_matter(matter, focus.topic)


def _tells(turn: Turn, journey: str) -> bool:
    """Tell whether a bare remark ("雇俩人") answers one of the plan's questions."""
    form = form_named(JOURNEY_FORMS[journey])
    is_remark = turn.intent in {"affirm", "deny", "inform", "nlu_fallback", "skip"}
    return is_remark and form is not None and bool(form.told(turn))


def _means_ticket(turn: Turn) -> bool:
    """Tell whether "进展咋样了" means the whistle or complaint that was just filed."""
    asks = (
        turn.intent in {"query_case", "urge_case"}
        or asks_who_sees_to_it(turn.text)
        or asks_time_to_answer(turn.text)
        or (
            turn.intent == "ask_time_limit"
            and (any(word in turn.text for word in ANSWER_WORDS) or not speaks_of_matter(turn.text))
        )
    )
    return (
        asks
        and turn.slots.get("focus") == TICKET
        and not turn.entity("case_number")
        and not turn.entity("matter")
        and not any(word in turn.text for word in CASE_WORDS)
    )


def _is_booking(turn: Turn) -> bool:
    named = turn.entity("date") or turn.entity("time")
    return turn.intent == "change_appointment" and bool(
        named or any(word in turn.text for word in BOOKING_WORDS)
    )


def _alters(turn: Turn, asked: list[str]) -> bool:
    """Tell whether the message can mean the plan under another condition."""
    if runs_already(turn.text):  # 我公司已经开了两年 地址换到阳谷
        return False
    if turn.intent in {"start_business", "plan_project"} and (
        is_new_wish(turn.text) or not asks_what_if(turn.text)
    ):
        return False
    if turn.intent == "go_back" or is_correction(turn.text):
        return True
    if asked or turn.intent in QUESTION_INTENTS:
        is_named = any(turn.entity(name) for name in ("matter", "industry", "material"))
        return not is_named and asks_what_if(turn.text)
    if turn.intent in BARE and any(turn.entity(name) for name in BY_NAME):
        return True
    return asks_what_if(turn.text)


def _say_changes(
    journey: str, before: Mapping[str, Any], after: Mapping[str, Any], say: CollectingDispatcher
) -> None:
    if journey == "start_business":
        old, new = compose_start(before), compose_start(after)
        text = change_text(old.steps, new.steps, old.plan, new.plan)
    elif journey == "life_event":
        was_event, is_event = compose_life_event(before), compose_life_event(after)
        text = change_text(was_event.steps, is_event.steps, was_event.plan, is_event.plan)
    else:
        was, now = compose_project(before), compose_project(after)
        if was is None or now is None:
            return
        text = change_text(was.steps, now.steps, was.plan, now.plan)
    say.utter_message(response="utter_common_plan_changed", changes=text)
