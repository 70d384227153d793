"""Answers a few words that go on with what was just told, and wants of a name or an address.

那我们没到 是不是不用弄了, 条件是啥 人数有限制吧, 用他的名字办呢, 没有门店 地址写啥.
"""

from collections.abc import Iterator

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.funding.meant import FOUND
from actions.funding.said import POINT, keep_told
from actions.questions.matter_faqs import to_be_named
from actions.questions.worded import Worded, WordedService
from actions.steering.asides import say_service_question
from actions.turns.focus import POLICY, on_matter, read_focus
from actions.turns.history import last_bot_messages, texts_before
from actions.turns.intent_groups import STORIES
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.documents.policy_point_text import field_text
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.limits import conclusion
from bot.services.policies.fields import Field
from bot.services.times.local_time import local_day
from bot.services.words.business import says_company
from bot.services.words.gone_on import (
    ONLINE,
    asks_address_without_shop,
    asks_terms,
    asks_what_to_bring,
    asks_who_sees_to_debt,
    lends_servants_name,
    weighs_limit,
)

AREAS = ("start_business_area_m2", "plan_project_total_area_m2")
"""Slots of a size that a limit may be held against."""

ADDRESSES = {
    True: Worded("biz-individual", "网店"),
    False: Worded("biz-home-commit", "住宅、宿舍"),
}
"""Question on the address, for who sells online and for others."""

SERVANTS = {
    True: Worded("biz-company", "公务员"),
    False: Worded("biz-individual", "在单位上班"),
}
"""The same of who serves the state, for a company and for the business of one person."""

LATELY = 4
"""Messages within which a debt that was told of is still spoken of."""

OWED = WordedService("被拖欠")
"""Says who sees to a firm that is not paid."""


def answer_gone_on_words(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer such words, in a plan in the making too; no events for others."""
    if turn.choice is not None or not turn.text:
        return []
    if turn.entity("matter") is None and weighs_limit(turn.text):
        return _says_limit(turn, say)
    if done := _says_terms(turn, say):
        return done
    if asks_address_without_shop(turn.text):
        told = " ".join((*texts_before(turn)[-2:], turn.text))
        return ADDRESSES[ONLINE.search(told) is not None].say(say, turn)
    if lends_servants_name(turn.text) and turn.entity("industry") is None:
        is_company = says_company(turn.text) or any(word in turn.text for word in ("法人", "股东"))
        return SERVANTS[is_company].say(say, turn)
    return []


def answer_owed(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say who sees to it that a firm is paid, and offer to file it; no events for another text."""
    is_free = turn.choice is None and turn.loop is None
    is_behind = is_free and turn.entity("matter") is None and asks_what_to_bring(turn.text)
    is_behind &= any(map(asks_who_sees_to_debt, texts_before(turn)[-LATELY:]))
    if not is_free or not (is_behind or asks_who_sees_to_debt(turn.text)):
        return []
    faq = OWED.faq
    if faq is None:
        return []
    say_service_question(faq, say)
    if turn.intent in STORIES and not is_behind:
        say.utter_message(response="utter_feedback_offer_after")
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def _says_limit(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the limit just told again, with what it means for the size that was told."""
    matter, faq = next(_just_said(turn), (None, None))
    if matter is None or faq is None:
        return []
    sizes = (turn.slots.get(slot) for slot in AREAS)
    told = next((f"{float(size):.10g}平方米" for size in sizes if size), "")
    follows = conclusion(told, faq) if told else ""
    made = faq_answer(faq, to_be_named(turn, matter))
    text = made.text.replace(faq.answer, "\n".join(filter(None, (faq.answer, follows))), 1)
    say.utter_message(response="utter_matters_answer", answer=text, source=made.source)
    return on_matter(matter, read_focus(turn).topic or "eligibility")


def _just_said(turn: Turn) -> Iterator[tuple[Matter, Faq]]:
    """Yield the questions answered right before whose answer holds a number."""
    texts = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    for matter in app().catalogue.matters.values():
        for faq in matter.faqs:
            is_said = any(faq.answer in text for text in texts)
            if is_said and any(map(str.isdigit, faq.answer)):
                yield matter, faq


def _says_terms(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the terms of the policy just told where they are asked for; no events for else."""
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    texts = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    is_told = known is not None and any(known.name in text for text in texts)
    is_free = turn.loop is None and turn.slots.get("focus") == POLICY and is_told
    names = ("matter", "industry", "project_type")
    if not is_free or known is None or any(map(turn.entity, names)) or not asks_terms(turn.text):
        return []
    if app().policy_finder.points.faq(turn.text, known) is not None:
        return []  # 裁员率有要求没, which has its own question
    part = field_text(known, Field.TERMS, app().catalogue, local_day(app().now()))
    if not part:
        return []
    say.utter_message(response=POINT, point=part)
    return keep_told(known)
