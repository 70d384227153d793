"""Looking up, following, urging and listing cases in the chat."""

from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.cases import (
    ActionFollowCase,
    ActionShowCase,
    ActionStartCase,
    ActionUrgeCase,
    ValidateCaseForm,
)
from bot.bootstrap import App
from bot.domain.cases import Case, CaseState
from bot.services.cases import cases
from tests.actions.trackers import entity, message, pressed, responses, slots_set, tracker
from tests.casework_factories import CREDIT_CODE, PHONE, case

ASKER = "conversation-1"
S = CaseState


@pytest.fixture
def made(application: App) -> Case:
    return case(application.unit_of_work, (S.ACCEPTED, application.now()))


def prove(application: App, number: str) -> None:
    cases.find_case(
        application.unit_of_work,
        number=number,
        credential=PHONE[-4:],
        conversation_id=ASKER,
        now=application.now(),
        calendar=application.calendar,
    )


async def ask(said: dict[str, Any], **slots: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    """Let the form read a message while the number is asked for."""
    say = CollectingDispatcher()
    requested = slots.pop("requested", "case_number")
    state = tracker(said, form="case_form", requested=requested, slots=slots)
    return slots_set(await ValidateCaseForm().run(say, state, {})), say


async def show(application: App, **slots: Any) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    events = await ActionShowCase().run(say, tracker(message(""), slots=slots), {})
    return slots_set(events), say


@pytest.mark.parametrize(
    "text",
    [
        "{number}",
        "编号是 {number}，麻烦看看",
        "https://example.invalid/progress?no={number}&t=20261123",
        "办件号：{number} 2026-11-23 受理",
    ],
)
async def test_a_number_is_read_from_words_and_from_a_scanned_code(made: Case, text: str) -> None:
    slots, _ = await ask(message(text.format(number=made.number), "query_case"))

    assert slots["case_number"] == made.number
    assert slots["requested_slot"] == "case_credential"


async def test_a_number_that_is_spoken_digit_by_digit_is_read(made: Case) -> None:
    spoken = "".join("零一二三四五六七八九"[int(digit)] for digit in made.number)

    slots, _ = await ask(message(spoken))

    assert slots["case_number"] == made.number


@pytest.mark.parametrize("text", ["尾号{tail}那个", "{tail}那件", "尾号是{tail}"])
async def test_the_tail_of_a_proven_case_is_enough(application: App, made: Case, text: str) -> None:
    prove(application, made.number)

    slots, _ = await ask(message(text.format(tail=made.number[-4:])))

    assert slots["case_number"] == made.number
    assert slots["requested_slot"] is None  # no proof is asked for again


async def test_a_tail_of_somebody_elses_case_says_how_to_go_on(made: Case) -> None:
    slots, say = await ask(message(f"尾号{made.number[-4:]}那个"))

    assert responses(say)[0] == "utter_cases_tail_unknown"
    assert slots["requested_slot"] == "case_number"


async def test_without_a_number_the_telephone_is_asked_for() -> None:
    for said in (pressed("case_number=mine"), message("编号忘了"), message("没有编号")):
        slots, say = await ask(said)
        assert (slots["case_number"], slots["requested_slot"]) == ("mine", "case_phone")
        assert responses(say) == ["utter_cases_ask_phone"]


async def test_a_case_is_shown_with_a_line_of_steps_and_what_can_be_done(
    application: App, made: Case
) -> None:
    slots, say = await show(application, case_number=made.number, case_credential=PHONE[-4:])

    (shown,) = say.messages
    assert shown["response"] == "utter_cases_shown"
    assert "●收件━◐受理━○审查━○办结" in shown["case"]
    assert [button["title"] for button in shown["buttons"]] == [
        "有进展通知我",
        "催一下",
        "天数怎么算的",
    ]
    assert slots["case_shown"] == made.number
    assert slots["case_credential"] is None  # the proof does not stay in the conversation


async def test_not_existing_and_not_yours_are_answered_alike(application: App, made: Case) -> None:
    _, wrong = await show(application, case_number=made.number, case_credential="0000")
    _, missing = await show(application, case_number="371500202611239999", case_credential="0000")

    assert responses(wrong) == responses(missing) == ["utter_cases_not_found"]
    assert [set(one) for one in wrong.messages] == [set(one) for one in missing.messages]


async def test_after_three_wrong_tries_even_the_right_proof_waits(
    application: App, made: Case
) -> None:
    for _ in range(3):
        await show(application, case_number=made.number, case_credential="0000")

    _, say = await show(application, case_number=made.number, case_credential=PHONE[-4:])

    assert responses(say) == ["utter_cases_locked"]


async def test_all_cases_are_listed_after_telephone_and_code(application: App, made: Case) -> None:
    other = case(application.unit_of_work, origin="second")
    proof = {"case_phone": PHONE, "case_credential": CREDIT_CODE[-4:]}

    _, say = await show(application, case_number="mine", **proof)

    (listed,) = say.messages
    assert listed["response"] == "utter_cases_mine"
    assert made.number in listed["list"]
    assert other.number in listed["list"]
    assert len(listed["buttons"]) == 2


async def test_the_tail_of_the_telephone_does_not_open_the_list(
    application: App, made: Case
) -> None:
    proof = {"case_phone": PHONE, "case_credential": PHONE[-4:]}

    _, say = await show(application, case_number="mine", **proof)

    assert responses(say) == ["utter_cases_mine_not_found"]


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13800138000", "13800138000"),
        ("手机 138 0013 8000", "13800138000"),
        ("0635-0000101", "06350000101"),
        ("零六三五 0000101", "06350000101"),
    ],
)
async def test_a_registered_telephone_is_read(text: str, phone: str) -> None:
    slots, _ = await ask(message(text), case_number="mine", requested="case_phone")

    assert (slots["case_phone"], slots["requested_slot"]) == (phone, "case_credential")


async def test_a_long_list_has_pages(application: App) -> None:
    for index in range(7):
        prove(application, case(application.unit_of_work, origin=f"case-{index}").number)
    say = CollectingDispatcher()
    said = message('/query_case{"case_act": "page=1"}', "query_case", 1.0)
    said["entities"] = [entity("case_act", "page=1")]

    await ActionStartCase().run(say, tracker(said), {})

    (listed,) = say.messages
    assert listed["list"].count("\n") == 1
    assert [button["title"] for button in listed["buttons"]][-1] == "上一页"


async def test_following_and_ending_it(application: App, made: Case) -> None:
    prove(application, made.number)
    _, say = await show(application, case_number=made.number, case_purpose="follow")
    assert responses(say) == ["utter_cases_followed"]

    quiet = CollectingDispatcher()
    said = message("别通知我了", "follow_case")
    await ActionFollowCase().run(quiet, tracker(said), {})

    assert responses(quiet) == ["utter_cases_unfollowed"]
    assert quiet.messages[0]["numbers"] == made.number
    again = CollectingDispatcher()
    await ActionFollowCase().run(again, tracker(said), {})
    assert responses(again) == ["utter_cases_not_followed"]


async def test_not_to_forget_to_tell_is_no_wish_to_hear_no_more(application: App) -> None:
    say = CollectingDispatcher()

    await ActionFollowCase().run(say, tracker(message("别忘了通知我", "follow_case")), {})

    assert responses(say) == []  # the form asks which case


async def test_a_closed_case_is_neither_followed_nor_urged(application: App) -> None:
    now = application.now()
    number = case(application.unit_of_work, (S.ACCEPTED, now), (S.COMPLETED, now)).number
    prove(application, number)

    _, follow = await show(application, case_number=number, case_purpose="follow")
    _, urge = await show(application, case_number=number, case_purpose="urge")

    assert responses(follow) == ["utter_cases_follow_closed"]
    assert responses(urge) == ["utter_cases_urge_closed"]


async def test_urging_a_case_that_waits_for_the_applicant_names_the_papers(
    application: App,
) -> None:
    made = case(application.unit_of_work, (S.RECTIFICATION, application.now()))
    prove(application, made.number)

    _, say = await show(application, case_number=made.number, case_purpose="urge")

    assert responses(say) == ["utter_cases_urge_yours"]
    assert say.messages[0]["papers"] == "从业人员健康证明"


async def test_urging_takes_the_case_that_was_just_shown(application: App, made: Case) -> None:
    say = CollectingDispatcher()
    state = tracker(message("催一下", "urge_case"), slots={"case_shown": made.number})

    slots = slots_set(await ActionUrgeCase().run(say, state, {}))

    assert (slots["case_purpose"], slots["case_number"]) == ("urge", made.number)


async def test_the_days_are_explained(application: App, made: Case) -> None:
    prove(application, made.number)

    _, say = await show(application, case_number=made.number, case_purpose="explain")

    assert responses(say) == ["utter_cases_explained"]
    assert "受理当天，从第二天开始算" in say.messages[0]["days"]
