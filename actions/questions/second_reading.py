"""Adds the question of the catalogue that was likeliest missed behind what a message was answered.

See `bot/services/finding/second_reading.py`. It is said as what else may be meant, before the
open question of a form, and is talked about next only where nothing else is (`spoken_next`).
"""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.booked import wish_with_booking
from actions.casework.asked import case_part
from actions.finding.not_meant import not_meant
from actions.finding.terms import is_said, term_asked
from actions.licences.paper_asked import lines_asked_of
from actions.questions.evidence import is_beside_unfounded
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import asks_more
from actions.steering.best_of_all import is_other_loss
from actions.steering.everyday import means_everyday
from actions.turns.beside import from_each_clause
from actions.turns.focus import JOURNEY_FORMS, on_matter, read_focus
from actions.turns.history import typed_before, was_said
from actions.turns.intent_groups import CASES
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.finding.second_reading import TEXTS, Answered, Heard
from bot.services.words.licence_got import has_licence_and_asks_next
from bot.services.words.matter_remarks import asks, insists_on_place
from bot.services.words.remarks import clauses
from bot.services.words.story import asks_progress
from bot.services.words.vague import names_only_a_paper

LIKELY = 0.07
"""From this likelihood on a missed question is said: measured, see docs/nlu.md."""

SHORTEST = 3
LONGEST = 60

LEFT_ALONE = frozenset(
    {"abuse", "emergency", "goodbye", "greet", "request_agent", "stop", "thank"}
    | {"cancel_appointment", "change_appointment", "query_appointment"}
)
"""Intents after which nothing else is meant."""

STORIES = frozenset({"feedback_text", "review_comment", "ticket_addition", "whistle_description"})
"""Questions that take any text."""

TIMES = frozenset({"booking_date", "booking_slot"})
"""Questions for a day or an hour."""

STARTED = frozenset({"utter_plan_project_start", "utter_start_business_start"})

ANSWERS = frozenset({"utter_life_events_offer", "utter_matters_answer"})
"""Responses that answer, so that what they are about stays spoken of."""

HOURS = "utter_matters_office_hours"
"""Says when the agents and the halls are there."""

_HALL = re.compile("大厅|窗口|政务|帮办|你们|恁们?|您们")

NOT_BESIDE = frozenset(
    {
        "utter_apply_field_help",
        "utter_apply_filled_so_far",
        "utter_apply_noted",
        "utter_apply_say_anew",
        "utter_apply_which_wrong",
        "utter_apply_why_fields",
        "utter_booking_helper_missed",
        "utter_cases_promised_time",
        "utter_common_despair",
        "utter_common_emergency",
        "utter_common_just_text",
        "utter_common_personal_paper",
        "utter_common_which_of_many",
        "utter_feedback_whose",
        "utter_handover_again",
        "utter_handover_no_queue",
        "utter_handover_no_queue_now",
        "utter_live_plan_find",
        "utter_live_plan_needed",
        "utter_live_plan_not_needed",
        "utter_live_plan_number",
        "utter_live_plan_print",
        "utter_live_plan_status",
        "utter_matters_capital_needed",
        "utter_matters_cost_beside_of",
        "utter_matters_echo",
        "utter_matters_hall_comfort",
        "utter_matters_kind",
        "utter_matters_kind_missing",
        "utter_matters_kind_of_what",
        "utter_matters_not_listed_at_all",
        "utter_matters_paper_source",
        "utter_matters_payment_missing",
        "utter_matters_supposed",
        "utter_matters_unspoken",
        "utter_papers_form",
        "utter_papers_short_link",
        "utter_plan_adds_nothing",
        "utter_plan_adds_unknown",
        "utter_plan_area",
        "utter_plan_ends",
        "utter_plan_ends_so_far",
        "utter_plan_fewer_steps",
        "utter_plan_fit_out",
        "utter_plan_follows",
        "utter_plan_follows_matters",
        "utter_plan_follows_nothing",
        "utter_plan_help",
        "utter_plan_kept_step",
        "utter_plan_many",
        "utter_plan_many_some_free",
        "utter_plan_point_missing",
        "utter_plan_right",
        "utter_plan_step",
        "utter_plan_step_days",
        "utter_plan_steps_together",
        "utter_plan_ways_help",
        "utter_policy_compared_claim",
        "utter_policy_compared_gain",
        "utter_policy_compared_time",
        "utter_policy_compared_until",
        "utter_policy_held_against",
        "utter_policy_not_recorded",
        "utter_policy_others",
        "utter_policy_point",
        "utter_start_business_enterprise_types",
        "utter_start_business_may",
        "utter_start_business_waves",
    }
)
"""Responses that nothing is added to."""


def add_second_reading(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Say the question that the answer likeliest missed.

    Returns:
        Its matter where nothing else was answered or offered; else None.
    """
    answered = as_answered(say)
    if not may_be_added(turn, answered):
        return None
    found = app().second_reading.likeliest(as_heard(turn), answered)
    if found is None or found[0] < LIKELY or was_said(turn, found[1].faq.answer):
        return None
    asked = found[1]
    if asked.matter.id in not_meant(turn):  # 公司不干了咋注销 要公示不
        return None
    if is_other_loss(turn.text, asked.matter):  # 手机丢了咋弄 is about no seal
        return None
    if is_beside_unfounded(turn, asked, talked_about(turn)[1]):
        return None  # 医疗垃圾能跟普通垃圾一块倒吗 asks nothing of a shelter
    made = faq_answer(asked.faq, asked.matter)
    at = next((n for n, said in enumerate(say.messages) if _asks_on(said)), len(say.messages))
    rest = say.messages[at:]
    del say.messages[at:]
    say.utter_message(response="utter_matters_second_reading", answer=made.text, source=made.source)
    say.messages.extend(rest)
    return None if ANSWERS & set(answered.responses) else asked.matter


def spoken_next(turn: Turn, said: Matter | None, events: list[EventType]) -> list[EventType]:
    """Return the slots by which a second reading is talked about, where nothing else is.

    "工地的土往城外拉，昨天让城管拦下了" names no matter, and "该啥时候去办" behind it means the one
    that was said.
    """
    is_free = turn.loop is None and not turn.slots.get("focus") and turn.choice is None
    is_set = any(e.get("event") != "slot" or (e["name"] == "focus" and e["value"]) for e in events)
    return on_matter(said, "eligibility") if said is not None and is_free and not is_set else []


def may_be_added(turn: Turn, answered: Answered) -> bool:
    """Tell whether a second reading may stand behind what a message was answered with."""
    is_free = turn.choice is None and SHORTEST <= len(turn.text) <= LONGEST
    is_free &= turn.loop is None or not insists_on_place(turn.text)  # 嗐就大槐树底下嘛
    if not is_free or turn.intent in LEFT_ALONE or turn.requested in STORIES:
        return False
    is_case = turn.intent in CASES and asks_progress(turn.text)  # 食品证走到哪步了 单子丢了
    is_case |= case_part(turn) is not None or wish_with_booking(turn) is not None
    is_case |= has_licence_and_asks_next(turn.text)  # 执照拿到了 后头干啥
    is_case |= means_everyday(turn)  # 明天下雨不
    explained = term_asked(turn)
    is_case |= explained is not None and is_said(explained.terms, answered.text)  # 标准地是啥
    if is_case or names_only_a_paper(turn.text) or lines_asked_of(turn):
        return False
    if HOURS in answered.responses and _HALL.search(turn.text):
        return False  # 你们大厅几点下班, in the plan of a KTV
    if turn.loop in JOURNEY_FORMS.values() and not any(map(asks, clauses(turn.text))):
        return False  # 没那么大的广告，就个小牌子: it only answers
    if turn.requested in TIMES and not any(map(asks, clauses(turn.text))):
        return False  # 九点太早，十点吧, and nothing about the hours of a KTV
    named = sure_matter(turn.entity("matter"))
    if named is not None and not asks_more(turn.text, (named,)):  # 简易注销怎么办
        return False
    if STARTED & set(answered.responses) and not any(map(asks, clauses(turn.text))):
        return False  # 就洗澡卖猫粮 不看病
    is_silent = turn.loop is not None and not answered.responses  # another action answers
    asides = {one.response for one in app().dialogue_words.asides}  # 能不能快点
    return not is_silent and not (NOT_BESIDE | asides) & set(answered.responses)


def as_heard(turn: Turn) -> Heard:
    """Return a message and where it is said."""
    asked = (part for part in clauses(turn.text) if asks(part))
    parts = dict.fromkeys([turn.text, *from_each_clause(turn.text), *asked])
    spoken = read_focus(turn).matter
    return Heard(
        text=turn.text,
        parts=tuple(part for part in parts if len(part) >= SHORTEST)[:TEXTS],
        intent=turn.intent,
        confidence=turn.confidence,
        entities=frozenset(entity.name for entity in turn.entities),
        form=turn.loop,
        spoken=spoken.id if spoken is not None else None,
        near=tuple(matter.id for matter in talked_about(turn)[1]),
        before=typed_before(turn),
    )


def as_answered(say: CollectingDispatcher) -> Answered:
    """Return what was said so far in a turn."""
    names = tuple(str(said["response"]) for said in say.messages if said.get("response"))
    texts = (f"{said.get('answer') or ''}{said.get('text') or ''}" for said in say.messages)
    return Answered(names, "\n".join(texts))


def _asks_on(said: dict[str, object]) -> bool:
    """Tell whether a message is the open question of a form."""
    return "_ask_" in str(said.get("response") or "")
