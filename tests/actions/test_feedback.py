"""A doubted answer is kept with what the bot had said; filing it gives the challenge its number."""

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.feedback import ActionStartDispute, ActionSubmitFeedback, ValidateFeedbackForm
from actions.misunderstood import ActionFallback
from bot.bootstrap import App
from bot.domain.reports import Sign
from bot.services.learning.challenges import list_challenges
from tests.actions.trackers import message, responses, slots_set, tracker

FOOD = "lic-food-operate"


async def doubt(text: str = "你说的不对，现在不收费了") -> list[str]:
    slots: dict[str, Any] = {"matter_id": FOOD, "focus": "matter", "focus_topic": "fee"}
    state = tracker(message(text, "dispute_answer"), slots=slots)
    before = [
        {"event": "user", "text": "多少钱", "metadata": {"message_id": 6}},
        {"event": "bot", "text": "要收 100 元。"},
        {"event": "bot", "text": "依据：收费目录。"},
    ]
    state.events[:0] = before
    say = CollectingDispatcher()
    await ActionStartDispute().run(say, state, {})
    return responses(say)


async def test_a_doubt_keeps_the_answer_and_the_fact_that_it_is_about(application: App) -> None:
    assert await doubt() == [
        "utter_feedback_stand_by",
        "utter_matters_answer",
        "utter_feedback_offer_check",
    ]

    (kept,), _ = list_challenges(application.unit_of_work, is_open=True)
    assert kept.new.answer == "要收 100 元。\n依据：收费目录。"
    assert kept.new.said == "你说的不对，现在不收费了"
    assert (kept.new.matter_id, kept.new.topic) == (FOOD, "fee")


async def test_a_doubt_that_names_nothing_is_not_filed_as_a_complaint(application: App) -> None:
    assert application
    state = tracker(message("你说的不对", "dispute_answer"))
    say = CollectingDispatcher()
    events = await ActionStartDispute().run(say, state, {})

    assert responses(say) == ["utter_feedback_doubted_in_general"]
    assert events == []


async def test_the_doubt_is_what_is_filed_when_it_is_to_be_checked(application: App) -> None:
    assert application
    state = tracker(message("/dispute_answer", "dispute_answer"))
    doubted = {"intent": {"name": "dispute_answer"}}
    state.events[:0] = [
        {"event": "user", "text": "不对，别人没交钱", "parse_data": doubted},
        {"event": "bot", "text": "不收费"},
    ]
    say = CollectingDispatcher()
    events = await ActionStartDispute().run(say, state, {})

    assert responses(say) == ["utter_feedback_start_dispute"]
    assert slots_set(events)["feedback_text"] == "不对，别人没交钱"


async def test_who_doubted_nothing_is_asked_what_is_to_be_checked(application: App) -> None:
    state = tracker(message("请人核实一下", "dispute_answer"))
    events = await ActionStartDispute().run(CollectingDispatcher(), state, {})

    assert slots_set(events)["feedback_text"] is None
    assert list_challenges(application.unit_of_work, is_open=True)[1] == 1


async def test_the_same_message_again_keeps_one_doubt(application: App) -> None:
    await doubt()
    await doubt()

    assert list_challenges(application.unit_of_work, is_open=True)[1] == 1


async def test_what_is_filed_afterwards_belongs_to_the_doubt(application: App) -> None:
    await doubt()
    slots = {
        "feedback_kind": "suggestion",
        "feedback_text": "食品证去年起就不收费了",
        "feedback_phone": None,
    }
    state = tracker(message("不留", "skip"), slots=slots, message_id=9)

    await ActionSubmitFeedback().run(CollectingDispatcher(), state, {})

    (kept,), _ = list_challenges(application.unit_of_work, is_open=True)
    assert kept.number
    assert kept.new.said == "食品证去年起就不收费了"


async def test_what_is_not_understood_is_counted_once_a_message(application: App) -> None:
    for _ in range(2):
        said = message("嘎嘎嘎嘎", "nlu_fallback", 0.3)
        said["intent_ranking"] = [{"name": "nlu_fallback", "confidence": 0.3}]
        await ActionFallback().run(CollectingDispatcher(), tracker(said), {})

    with application.unit_of_work() as unit:
        signs = unit.talk_counts.signs(0, before=application.now().replace(year=2100), limit=9)
    assert [sign.kind for sign in signs] == [Sign.NOT_UNDERSTOOD]


async def test_a_complaint_after_a_doubt_is_not_taken_for_its_words(application: App) -> None:
    await doubt()
    slots = {
        "feedback_kind": "complaint",
        "feedback_text": "窗口排队太久",
        "feedback_phone": None,
    }
    state = tracker(message("不留", "skip"), slots=slots, message_id=9)

    await ActionSubmitFeedback().run(CollectingDispatcher(), state, {})

    (kept,), _ = list_challenges(application.unit_of_work, is_open=True)
    assert kept.number == ""


async def told_on(text: str) -> tuple[dict[str, Any], list[str]]:
    slots = {"feedback_kind": "complaint", "feedback_text": "窗口让我跑三趟"}
    state = tracker(message(text), form="feedback_form", requested="feedback_phone", slots=slots)
    say = CollectingDispatcher()
    events = await ValidateFeedbackForm().run(say, state, {})
    return slots_set(events), responses(say)


async def test_what_is_told_on_while_the_number_is_asked_is_not_lost(application: App) -> None:
    assert application
    slots, said = await told_on("那天是12号窗口，下午三点左右")
    assert slots["feedback_text"] == "窗口让我跑三趟；那天是12号窗口，下午三点左右"
    assert said == ["utter_feedback_added", "utter_feedback_ask_phone"]

    slots, _ = await told_on("1380635")
    assert slots.get("feedback_text") in {None, "窗口让我跑三趟"}
