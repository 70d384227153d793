"""Handing in an application through the form, on the committed catalogue."""

from datetime import date
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.apply import ActionApplyOnline, ActionSubmitApplication, ValidateApplyForm
from actions.apply_changes import ActionSubmitApplicationChange, ValidateApplicationForm
from actions.applying.draft import draft_of
from actions.common import ActionInform, ActionStop
from actions.finding.freezes import warn_frozen
from actions.matter_fee import ActionAnswerFee
from bot.bootstrap import App
from bot.services.applications import desk as application_desk
from bot.services.applications.applications import open_applications
from bot.services.applications.single_form import fill
from bot.services.operating.freezes import freeze_matter
from tests.actions.trackers import entity, message, pressed, responses, slots_set, tracker
from tests.application_factories import FOOD, window
from tests.form_factories import CREDIT_CODE, GENERAL, checks, committed_forms

CHAT = "conversation-1"
VALUES = {**GENERAL}
READY: dict[str, Any] = {
    "apply_target": FOOD,
    "apply_draft": "conversation-1:3:draft",
    "apply_values": VALUES,
    "apply_filled": "yes",
    "apply_papers": {},
    "apply_papers_done": "yes",
    "apply_consent": "yes",
    "apply_confirmed": "yes",
}


async def turn(
    said: dict[str, Any], form: str = "apply_form", **state: Any
) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    kind = ValidateApplyForm if form == "apply_form" else ValidateApplicationForm
    events = await kind().run(say, tracker(said, form=form, **state), {})
    return slots_set(events), say


async def start(
    said: dict[str, Any], slots: dict[str, Any] | None = None
) -> tuple[dict[str, Any], CollectingDispatcher]:
    say = CollectingDispatcher()
    events = await ActionApplyOnline().run(say, tracker(said, slots=slots), {})
    return slots_set(events), say


async def submit(slots: dict[str, Any], message_id: int = 9) -> tuple[dict[str, Any], list[str]]:
    say = CollectingDispatcher()
    said = tracker(pressed("apply_confirmed=yes"), slots=slots, message_id=message_id)
    return slots_set(await ActionSubmitApplication().run(say, said, {})), responses(say)


@pytest.mark.usefixtures("application")
async def test_a_named_matter_is_taken_from_the_sentence() -> None:
    said = message(
        "我要申请食品经营许可", "apply_online", entities=[entity("matter", "食品经营许可")]
    )

    slots, say = await start(said)

    assert slots["apply_target"] == FOOD
    assert responses(say) == ["utter_apply_intro"]


@pytest.mark.usefixtures("application")
async def test_what_the_conversation_knows_is_filled_in() -> None:
    slots, _ = await start(
        message("整个开办一起申请", "apply_online"),
        {"start_business_enterprise_type": "individual", "start_business_district": "371502"},
    )

    assert slots["apply_target"] == "opening"
    assert slots["apply_values"]["enterprise_type"] == "individual"
    assert slots["apply_values"]["district"] == "371502"
    assert slots["apply_filled"] is None


@pytest.mark.usefixtures("application")
async def test_without_a_matter_it_asks_which() -> None:
    slots, _ = await start(message("我要申请", "apply_online"))
    assert slots["apply_target"] is None


@pytest.mark.usefixtures("application")
async def test_several_fields_are_taken_from_one_sentence_and_read_back_masked() -> None:
    said = message(f"企业，名称聊城甲有限公司，信用代码{CREDIT_CODE}，电话13800138000")

    slots, say = await turn(
        said,
        requested="apply_filled",
        slots={"apply_target": FOOD, "apply_values": {"applicant_kind": "enterprise"}},
    )

    assert slots["apply_values"]["applicant_name"] == "聊城甲有限公司"
    assert slots["apply_values"]["credit_code"] == CREDIT_CODE
    noted = next(m for m in say.messages if m["response"] == "utter_apply_noted")
    assert "138****8000" in noted["items"]
    assert "13800138000" not in noted["items"]
    assert slots["requested_slot"] == "apply_filled"


@pytest.mark.usefixtures("application")
async def test_a_wrong_value_is_named_and_the_good_ones_are_kept() -> None:
    said = message("联系人李雷，电话1380013")

    slots, say = await turn(
        said,
        requested="apply_filled",
        slots={"apply_target": FOOD, "apply_values": {"applicant_kind": "enterprise"}},
    )

    assert slots["apply_values"]["contact_name"] == "李雷"
    assert "phone" not in slots["apply_values"]
    assert "utter_apply_faults" in responses(say)


@pytest.mark.usefixtures("application")
async def test_a_wrong_check_digit_may_be_insisted_on() -> None:
    wrong = CREDIT_CODE[:-1] + "0"
    state: dict[str, Any] = {
        "apply_target": FOOD,
        "apply_values": {"applicant_kind": "enterprise"},
    }
    _, say = await turn(message(f"信用代码{wrong}"), requested="apply_filled", slots=state)
    faults = next(m for m in say.messages if m["response"] == "utter_apply_faults")
    assert "校验位" in faults["faults"]
    assert [button["title"] for button in faults["buttons"]] == ["核对过了，就是这个"]

    slots, _ = await turn(
        pressed(f"apply_filled=insist={wrong}"), requested="apply_filled", slots=state
    )

    assert slots["apply_values"]["credit_code"] == wrong


@pytest.mark.usefixtures("application")
async def test_the_last_answer_completes_the_form_and_leads_to_the_papers() -> None:
    values = {name: value for name, value in VALUES.items() if name != "address"}

    slots, say = await turn(
        message("柳园路1号"),
        requested="apply_filled",
        slots={"apply_target": FOOD, "apply_values": values},
    )

    assert slots["apply_filled"] == "yes"
    assert slots["requested_slot"] == "apply_papers_done"
    assert responses(say)[-1] == "utter_apply_ask_papers"


@pytest.mark.usefixtures("application")
async def test_a_paper_that_comes_later_is_noted() -> None:
    state = {**READY, "apply_papers_done": None, "apply_consent": None, "apply_confirmed": None}

    slots, say = await turn(
        message("从业人员健康证明后补"), requested="apply_papers_done", slots=state
    )

    assert slots["apply_papers"] == {"从业人员健康证明": "later"}
    assert "utter_apply_papers_noted" in responses(say)
    assert slots["requested_slot"] == "apply_papers_done"


@pytest.mark.usefixtures("application")
async def test_without_a_paper_that_must_be_there_it_does_not_go_on() -> None:
    state = {**READY, "apply_papers_done": None, "apply_consent": None, "apply_confirmed": None}
    must = next(
        one.number
        for one in draft_of(state).lines
        if one.choice.value == "have" and not {o.value for o in one.options} & {"later", "commit"}
    )

    slots, say = await turn(
        message(f"{must}没有，其他都有"), requested="apply_papers_done", slots=state
    )

    assert "utter_apply_paper_required" in responses(say)
    assert slots["requested_slot"] == "apply_papers_done"


@pytest.mark.usefixtures("application")
async def test_a_correction_before_sending_changes_the_form() -> None:
    slots, say = await turn(
        message("电话改成13900139000", "go_back"),
        requested="apply_confirmed",
        slots={**READY, "apply_confirmed": None},
    )

    assert slots["apply_values"]["phone"] == "13900139000"
    assert slots["requested_slot"] == "apply_confirmed"
    assert responses(say) == ["utter_apply_noted", "utter_apply_ask_confirm"]


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize("said", ["提交", "交吧！"])
async def test_typing_submit_is_a_yes(said: str) -> None:
    slots, _ = await turn(
        message(said, "apply_online"),
        requested="apply_confirmed",
        slots={**READY, "apply_confirmed": None},
    )
    assert slots["apply_confirmed"] == "yes"


async def test_a_confirmed_application_is_handed_in_and_can_be_asked_for(application: App) -> None:
    slots, said = await submit(READY)

    (opened,) = open_applications(application.unit_of_work, CHAT)
    assert said == ["utter_apply_done"]
    assert slots["case_number"] == slots["apply_sent"] == opened.case.number
    assert slots["apply_values"] is None


async def test_pressing_submit_twice_hands_in_once(application: App) -> None:
    await submit(READY, message_id=9)
    await submit(READY, message_id=10)

    assert len(open_applications(application.unit_of_work, CHAT)) == 1


async def test_pressing_submit_after_it_was_sent_says_so(application: App) -> None:
    slots, _ = await submit(READY)
    say = CollectingDispatcher()

    await ActionInform().run(say, tracker(pressed("apply_confirmed=yes"), slots=slots), {})

    assert responses(say) == ["utter_apply_already_sent"]


async def test_the_same_matter_again_leads_to_the_one_under_way(application: App) -> None:
    await submit(READY)

    _, said = await submit({**READY, "apply_draft": "conversation-1:20:draft"})

    assert said == ["utter_apply_under_way"]


async def test_without_consent_nothing_is_sent(application: App) -> None:
    _, said = await submit({**READY, "apply_consent": "no"})

    assert said == ["utter_apply_dropped"]
    assert open_applications(application.unit_of_work, CHAT) == ()


async def test_a_frozen_matter_is_not_begun_and_not_sent(application: App) -> None:
    freeze(application)

    slots, say = await start(
        message("申请食品经营许可", "apply_online", entities=[entity("matter", "食品经营许可")])
    )
    _, said = await submit(READY)

    assert slots == {}
    assert responses(say) == ["utter_apply_frozen"]
    assert "办法正在修订" in say.messages[0]["freeze"]
    assert said == ["utter_apply_frozen"]


async def test_every_answer_on_a_frozen_matter_says_so(application: App) -> None:
    freeze(application)
    say = CollectingDispatcher()
    said = message("食品经营许可多少钱", "ask_fee", entities=[entity("matter", "食品经营许可")])

    await ActionAnswerFee().run(say, tracker(said), {})

    assert responses(say) == ["utter_matters_answer", "utter_apply_freeze_notice"]


async def test_a_matter_that_is_not_frozen_is_not_warned_of(application: App) -> None:
    freeze(application)
    say = CollectingDispatcher()

    warn_frozen(["biz-company"], say)

    assert say.messages == []


async def test_missing_papers_are_handed_in_through_the_chat(application: App) -> None:
    await submit(READY)
    (opened,) = open_applications(application.unit_of_work, CHAT)
    desk = window(application.unit_of_work, now=application.now())  # type: ignore[arg-type]
    application_desk.ask_for_papers(
        desk, number=opened.case.number, papers=["租赁合同", "平面图"], reason="不清楚"
    )

    slots, _ = await start(message("我来补材料", "apply_online"))
    given, _ = await turn(
        message("租赁合同补好了"), "application_form", requested="application_given", slots=slots
    )
    say = CollectingDispatcher()
    done = tracker(message("x"), slots={**slots, **given})
    await ActionSubmitApplicationChange().run(say, done, {})

    assert given["application_given"] == ["租赁合同"]
    assert responses(say) == ["utter_apply_supplemented_in_part"]
    assert say.messages[0]["rest"] == "平面图"


async def test_an_application_is_taken_back_after_a_question(application: App) -> None:
    await submit(READY)

    slots, _ = await start(message("撤回申请", "apply_online"))
    asked, _ = await turn(
        pressed("application_confirmed=yes"),
        "application_form",
        requested="application_confirmed",
        slots=slots,
    )
    say = CollectingDispatcher()
    done = tracker(message("x"), slots={**slots, **asked})
    await ActionSubmitApplicationChange().run(say, done, {})

    assert responses(say) == ["utter_apply_withdrawn"]
    assert open_applications(application.unit_of_work, CHAT) == ()


@pytest.mark.usefixtures("application")
async def test_a_bare_withdrawal_outside_a_form_means_what_was_handed_in() -> None:
    await submit(READY)

    events = await ActionStop().run(CollectingDispatcher(), tracker(message("撤回", "stop")), {})

    assert slots_set(events)["application_purpose"] == "withdraw"


@pytest.mark.usefixtures("application")
async def test_taking_back_where_nothing_was_sent_says_so() -> None:
    slots, say = await start(message("撤回申请", "apply_online"))

    assert slots == {}
    assert responses(say) == ["utter_apply_nothing_sent"]


def test_the_general_form_is_the_one_that_these_values_fill() -> None:
    assert fill(committed_forms()["general"], VALUES, checks()).is_complete


def freeze(application: App, until: date | None = None) -> None:
    freeze_matter(
        application.unit_of_work,
        matter_id=FOOD,
        reason="办法正在修订",
        until=until,
        by="operator",
        agent_id=None,
        now=application.now(),
        catalogue=application.catalogue,
    )


async def test_a_policy_is_claimed_with_its_facts_filled_in_and_becomes_a_case(
    application: App,
) -> None:
    claim = "policy:job-start-subsidy"
    said = message(
        f'/apply_online{{"choice": "apply_target={claim}"}}',
        "apply_online",
        1.0,
        [entity("choice", f"apply_target={claim}")],
    )
    facts = {"first_time_founder": True, "months_operating": 14.0}
    begun, _ = await start(said, {"policy_profile": facts})
    assert begun["apply_values"]["basis"] == "是否首次领取营业执照创业：是；正常经营月数：14"
    assert "matter_id" not in begun

    values = {**VALUES, **begun["apply_values"]}
    slots, said_back = await submit({**READY, "apply_target": claim, "apply_values": values})
    assert said_back == ["utter_apply_done"]
    with application.unit_of_work() as uow:
        case = uow.cases.by_number(slots["apply_sent"])
    assert case is not None
    assert (case.matter_id, case.department_id) == (claim, "human-resources")
    assert case.matter_name == "一次性创业补贴（山东）"
