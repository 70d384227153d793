"""What is said in the place of what was said before, or of a form, is taken as it is meant."""

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.booking import ActionStartBooking
from actions.bookings.questions import ValidateBookingForm
from actions.changes.life_ends import event_told_of
from actions.common import ActionRepeat
from actions.finding.several_named import without_had
from actions.forms.leaving import pauses
from actions.matters import ActionAnswerEligibility
from actions.questions.faq_asked import answers_faq_inside, talked_about
from actions.questions.found_question import found_question
from actions.questions.sure_question import sure_question
from actions.steering.closed import closes
from actions.steering.not_recorded import answer_not_recorded
from actions.turns.beside import value_meant
from actions.turns.forms_named import find_enterprise_type, form_said
from actions.turns.names import ending_of, is_of_another_form
from actions.turns.turn import Clause, Turn, read_turn
from actions.whistle import ValidateWhistleForm
from bot.bootstrap import App
from tests.actions.trackers import entity, message, responses, tracker

pytestmark = pytest.mark.usefixtures("application")

BOOKED = {
    "booking_purpose": "new",
    "booking_district": "371502",
    "booking_date": "2026-12-04",
    "booking_name": "秦海燕",
    "booking_phone": "18906358832",
}


def _turn(text: str, intent: str, *named: tuple[str, str], **state: Any) -> Turn:
    found = [entity(*one) for one in named]
    return read_turn(tracker(message(text, intent, entities=found), **state))


def _slots(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {e["name"]: e["value"] for e in events if e["event"] == "slot"}


def _in_booking(text: str) -> dict[str, Any]:
    turn = _turn(text, "go_back", form="booking_form", requested="booking_mode", slots=BOOKED)
    return _slots(ValidateBookingForm().answer(turn, CollectingDispatcher(), is_fresh=True))


def test_a_name_is_mended_while_another_question_is_open() -> None:
    assert _in_booking("不对，名字写错了，是覃海燕，西早覃。")["booking_name"] == "覃海燕"


def test_what_is_to_be_said_again_is_asked_next() -> None:
    asked = _in_booking("名字写错了")
    assert (asked["booking_name"], asked["requested_slot"]) == (None, "booking_name")


def test_a_booking_says_back_who_is_to_come() -> None:
    say = CollectingDispatcher()
    turn = _turn("预约帮办，联系人秦海燕", "book_appointment")
    ActionStartBooking().act(turn, say)
    noted = [m for m in say.messages if m.get("response") == "utter_common_noted_as"]
    assert [one["items"] for one in noted] == ["秦海燕"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("13963570012哎不对是13963570021", "13963570021"),
        ("13963570012或13963570021", "13963570012"),
    ],
)
def test_of_two_numbers_the_mended_one_is_meant(text: str, meant: str) -> None:
    both = (("phone", "13963570012"), ("phone", "13963570021"))
    assert value_meant(_turn(text, "inform", *both), "phone") == meant


def test_who_hands_in_takes_no_leave() -> None:
    state: dict[str, Any] = {"form": "whistle_form", "requested": "whistle_confirmed"}
    assert not pauses(_turn("行吧就这些没别的了交上去吧", "goodbye", **state))
    assert pauses(_turn("行吧 先这样", "goodbye", **state))


@pytest.mark.parametrize(("text", "stays"), [("那就先不填了呗", True), ("算了不填了", False)])
def test_agreeing_to_leave_one_answer_out_leaves_no_form(text: str, *, stays: bool) -> None:
    said = tracker(
        message(text, "stop"),
        form="whistle_form",
        requested="whistle_phone",
        slots={"whistle_description": "一个月没通电", "whistle_company": "好又来"},
    )
    before = {"event": "user", **message("记不住那个"), "metadata": {"message_id": 6}}
    left = {"event": "bot", "metadata": {"utter_action": "utter_common_left_out"}}
    said.events[:0] = [before, left]
    made = ValidateWhistleForm().answer(read_turn(said), CollectingDispatcher(), is_fresh=True)
    assert ("form_failures" in _slots(made)) is stays  # else Rasa's rule closes the form


@pytest.mark.parametrize(
    ("text", "closed"), [("来客人了 回头说", True), ("来客人了 咋办", False), ("来了个单子", False)]
)
def test_who_is_called_away_is_let_go(text: str, *, closed: bool) -> None:
    assert closes(_turn(text, "nlu_fallback"), CollectingDispatcher()) is closed


def test_whose_business_it_is_begins_no_new_one() -> None:
    named = (("industry", "烧烤店"), ("enterprise_type", "个体"), ("district", "冠县"))
    said = tracker(
        message("烧烤店 个体的 冠县", "start_business", entities=[entity(*n) for n in named])
    )
    assert event_told_of(read_turn(said)) is None
    before = {"event": "user", **message("店不干了 执照咋销"), "metadata": {"message_id": 6}}
    said.events.insert(0, before)
    event = event_told_of(read_turn(said))
    assert event is not None
    assert "exit-individual" in event.matter_ids


def test_a_form_of_business_ends_by_its_own_matter(application: App) -> None:
    known, person = application.catalogue.matter, find_enterprise_type("个体户")
    assert ending_of(known("exit-simple"), person) is known("exit-individual")
    assert is_of_another_form(known("exit-individual"), find_enterprise_type("公司"))
    assert not is_of_another_form(known("exit-simple"), find_enterprise_type("公司"))
    assert not is_of_another_form(known("chg-name"), person)


def test_the_form_named_before_narrows_the_end_that_was_offered() -> None:
    said = tracker(message("欠税能销不", "ask_eligibility"), slots={"life_event_offer": "close"})
    assert form_said(read_turn(said)) is None
    named = message("个体的", entities=[entity("enterprise_type", "个体")])
    said.events.insert(0, {"event": "user", "parse_data": named, "metadata": {"message_id": 6}})
    assert "exit-simple" not in {matter.id for matter in talked_about(read_turn(said))[1]}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("营业执照已经有了，还差什么证", 0),
        ("刚拿到营业执照，税务那边要做什么", 0),
        ("营业执照没有，要办吗", 1),
        ("有营业执照吗", 1),
        ("营业执照有了，营业执照还要年检吗", 1),
    ],
)
def test_a_licence_that_one_has_is_not_asked_about(text: str, left: int) -> None:
    turn = _turn(text, "ask_eligibility", ("matter", "营业执照"))
    assert len(without_had(turn).entities) == left


def test_what_else_is_wanted_beside_a_licence_begins_no_business() -> None:
    say = CollectingDispatcher()
    text = "眼镜店想增加隐形眼镜和护理液，营业执照已经有了，还差什么证？"
    named = (("industry", "眼镜店"), ("matter", "营业执照"))
    ActionAnswerEligibility().act(_turn(text, "ask_eligibility", *named), say)
    assert "utter_start_business_offer" not in responses(say)
    assert "第三类医疗器械" in str(say.messages[0]["answer"])


def test_renewing_papers_is_no_question_about_the_procedure() -> None:
    assert sure_question(_turn("续期要交哪些东西来着", "ask_materials")) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("迁移那个要交什么", "经营主体跨区迁移登记"),
        ("烟的那个要交什么", None),
        ("要交什么", None),
    ],
)
def test_an_answer_is_said_again_by_its_name(text: str, answer: str | None) -> None:
    say = CollectingDispatcher()
    whole = message(f"{text} 刚划过去了 再发遍", "repeat")
    said = tracker(whole, form="policy_form", requested="policy_answer")
    said.events.insert(0, {"event": "slot", "name": "matter_id", "value": "chg-migrate"})
    clause = Clause(text, "ask_materials", 0.9)
    ActionRepeat().act(replace(read_turn(said), clauses=(clause,)), say)
    assert [answer in str(m["answer"]) for m in say.messages] == ([True] if answer else [])


def test_what_happens_to_who_does_not_is_read_out() -> None:
    say = CollectingDispatcher()
    spoken = {"focus": "matter", "matter_id": "tax-newbiz"}
    answer_not_recorded(_turn("要是不去会怎么样？", "out_of_scope", slots=spoken), say)
    assert "不去税务会怎样" in str(say.messages[0].get("answer"))


def test_a_pause_is_asked_about_and_not_the_end_that_it_denies() -> None:
    spoken = {"focus": "matter", "matter_id": "exit-simple"}
    text = "算了先不注销 停一阵子行不行"
    asked = sure_question(_turn(text, "ask_eligibility", slots=spoken))
    found = found_question(_turn(text, "out_of_scope", slots=spoken))
    assert {one.matter.id for one in (asked, found) if one} <= {"suspend-biz"}


def test_a_form_named_in_a_booking_has_its_own_rule_of_closing() -> None:
    say = CollectingDispatcher()
    named = (("enterprise_type", "个体"), ("matter", "注销"))
    state: dict[str, Any] = {"form": "booking_form", "requested": "booking_mode"}
    assert answers_faq_inside(_turn("个体注销也要公示20天？", "nlu_fallback", *named, **state), say)
    assert "无需公示" in str(say.messages[0]["answer"])
