"""Following a plan in the chat, on the committed catalogue."""

import asyncio
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa_sdk.executor import CollectingDispatcher

from actions.cases import ActionFollowCase
from actions.live_plan import ActionMarkDone, ActionRemindPlan, ActionShowPlan
from actions.live_plan_form import ActionOpenPlan, ValidateLivePlanForm
from actions.matters import ActionAnswerDeferral
from actions.plan_project import ActionSubmitPlanProject
from actions.start_business import ActionSubmitStartBusiness
from bot.bootstrap import App
from bot.domain.plan_life import PlanLife
from bot.services.plans.reading import my_plans
from bot.services.times.local_time import local_day
from tests.actions.trackers import entity, message, responses, slots_set, tracker

RESTAURANT = {
    "start_business_trade": "bundle:ot-restaurant",
    "start_business_enterprise_type": "company",
    "start_business_district": "371502",
    "start_business_hires_staff": "no",
    "start_business_area_m2": 120.0,
    "start_business_has_kitchen": "yes",
}
MINE = "conversation-1"
NASTY = (
    *(
        "核名",
        "注册",
        "昨天",
        "明天",
        "办完了",
        "还没有",
        "身份证",
        "标错了",
        "材料",
        "提前",
        "三天",
    ),
    *("2月30号", "改名叫", "FA-", "/plans/", "消防", "，", "🦊", "<b>", "{{7*7}}", "\u202e"),
)
"""Pieces of sentences about plans, good and bad."""


class Talk:
    """One conversation: keeps slots and message ids, remembers what was said last."""

    def __init__(self, application: App) -> None:
        self.application = application
        self.slots: dict[str, Any] = {}
        self.said = CollectingDispatcher()
        self.count = 0

    async def run(self, action: Any, said: dict[str, Any], **slots: Any) -> list[Any]:
        self.count += 1
        self.said = CollectingDispatcher()
        state = {**self.slots, **slots}
        given = tracker(said, slots=state, message_id=self.count)
        events: list[Any] = await action.run(self.said, given, {})
        self.slots.update(slots_set(events))
        return events

    async def say(self, action: Any, text: str, intent: str, **slots: Any) -> str:
        await self.run(action, message(text, intent), **slots)
        return self.answer()

    async def press(self, action: Any, title: str) -> str:
        payload = next(b["payload"] for b in self.buttons() if b["title"].startswith(title))
        intent, _, rest = payload.removeprefix("/").partition("{")
        choice = json.loads("{" + rest)["choice"]
        pressed = message(payload, intent, 1.0, [entity("choice", choice)])
        await self.run(action, pressed)
        return self.answer()

    def buttons(self) -> list[dict[str, str]]:
        return [b for m in self.said.messages for b in m.get("buttons") or []]

    def answer(self) -> str:
        values = [str(v) for m in self.said.messages for k, v in m.items() if k in SPOKEN]
        return "\n".join(values)

    def plan(self, index: int = 0) -> PlanLife:
        return my_plans(self.application.unit_of_work, MINE)[index]


SPOKEN = {"answer", "plan", "papers", "plans", "number"}


@pytest.fixture
async def talk(application: App) -> Talk:
    """A conversation in which a plan for a restaurant has just been made."""
    made = Talk(application)
    await made.run(ActionSubmitStartBusiness(), message("x"), **RESTAURANT)
    return made


async def test_a_new_plan_gets_a_number_and_buttons_to_follow_it(talk: Talk) -> None:
    assert talk.plan().number in talk.answer()
    titles = [button["title"] for button in talk.buttons()]
    assert titles == ["看方案", "材料清单", "到期提醒我", "留个手机号，换设备也能看"]
    assert talk.plan().name == "公司 · 开餐饮店“一件事” · 东昌府区"


async def test_a_construction_plan_is_followed_as_well(application: App) -> None:
    talk = Talk(application)
    await talk.run(ActionSubmitPlanProject(), message("x"), plan_project_type="soc-small-lowrisk")
    assert "utter_live_plan_saved" in responses(talk.said)
    assert len(talk.plan().dates) >= 8


async def test_marking_by_words_with_a_day_moves_what_follows(talk: Talk) -> None:
    answer = await talk.say(ActionMarkDone(), "核名过了 注册也办完了", "mark_done")
    assert "企业名称自主申报" in answer
    assert "公司设立登记" in answer
    assert "进度 2/" in answer
    assert {"biz-name", "biz-company"} == set(talk.plan().done)


async def test_yesterday_is_yesterday(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "昨天核名通过了", "mark_done")
    today = local_day(talk.application.now())
    assert talk.plan().done == {"biz-name": today - timedelta(days=1)}


async def test_a_day_said_afterwards_corrects_the_last_mark(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "核名过了", "mark_done")
    await talk.say(ActionMarkDone(), "前天拿到的", "mark_done")
    today = local_day(talk.application.now())
    assert talk.plan().done == {"biz-name": today - timedelta(days=2)}


async def test_the_buttons_under_a_mark_correct_it_and_take_it_back(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "核名过了", "mark_done")
    await talk.press(ActionMarkDone(), "是昨天")
    today = local_day(talk.application.now())
    assert talk.plan().done == {"biz-name": today - timedelta(days=1)}
    await talk.press(ActionMarkDone(), "标错了，撤回")
    assert talk.plan().done == {}


async def test_words_take_the_last_mark_back(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "核名过了", "mark_done")
    await talk.say(ActionMarkDone(), "刚才标错了", "mark_done")
    assert talk.plan().done == {}


async def test_a_step_that_waits_offers_to_mark_what_comes_before(talk: Talk) -> None:
    answer = await talk.say(ActionMarkDone(), "营业执照拿到了", "mark_done")
    assert "要等这些办完：企业名称自主申报" in answer
    assert talk.plan().done == {}
    await talk.press(ActionMarkDone(), "前面的也都办完了")
    assert set(talk.plan().done) == {"biz-name", "biz-company"}


async def test_marking_twice_says_so(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "核名过了", "mark_done")
    answer = await talk.say(ActionMarkDone(), "核名办完了", "mark_done")
    assert "已经标过了" in answer


async def test_a_day_to_come_changes_nothing(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "明天核名办完", "mark_done")
    assert responses(talk.said) == ["utter_live_plan_future"]
    assert talk.plan().version == 1


async def test_two_steps_of_one_name_are_asked_back(application: App) -> None:
    talk = Talk(application)
    await talk.run(ActionSubmitPlanProject(), message("x"), plan_project_type="soc-civil")
    await talk.say(ActionMarkDone(), "消防过了", "mark_done")
    assert responses(talk.said) == ["utter_live_plan_which_step"]
    assert len(talk.buttons()) == 2


async def test_an_unknown_step_is_asked_back_with_what_can_be_done_now(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "那个弄完了", "mark_done")
    assert responses(talk.said) == ["utter_live_plan_which_step"]
    assert [b["title"] for b in talk.buttons()] == ["办完了：企业名称自主申报"]


async def test_several_documents_are_ticked_at_once(talk: Talk) -> None:
    answer = await talk.say(ActionMarkDone(), "身份证和章程有了", "mark_done")
    assert "勾上了：" in answer
    assert talk.plan().papers == {"principal-id": True, "articles": True}
    assert talk.plan().done == {}


async def test_documents_are_gone_through_one_by_one(talk: Talk) -> None:
    await talk.say(ActionShowPlan(), "方案的材料清单", "show_plan")
    first = await talk.press(ActionShowPlan(), "一件一件对")
    second = await talk.press(ActionMarkDone(), "有了")
    third = await talk.press(ActionMarkDone(), "还没有")
    assert len({first.splitlines()[-1], second.splitlines()[-1], third.splitlines()[-1]}) == 3
    assert sorted(talk.plan().papers.values()) == [False, True]


async def test_the_list_of_documents_shows_what_is_ticked(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "章程有了", "mark_done")
    answer = await talk.say(ActionShowPlan(), "方案的材料清单", "show_plan")
    assert "☑ 公司章程" in answer
    assert "☐ 食品经营许可申请书" in answer
    assert "前面的步骤办完就有，不用另备\n营业执照" in answer
    assert "未核实，以窗口答复为准" in answer


async def test_one_step_says_who_provides_what_and_until_when_it_may_follow(talk: Talk) -> None:
    await talk.say(ActionShowPlan(), "我的方案", "show_plan")
    assert "拟用名称及备选" in await talk.press(ActionShowPlan(), "要交啥：企业名称自主申报")

    choice = f"live_plan=step:{talk.plan().plan_id}:lic-food-operate"
    await talk.run(ActionShowPlan(), message("/x", "show_plan", 1.0, [entity("choice", choice)]))
    answer = talk.answer()
    assert "· 食品经营许可申请书" in answer
    assert "· 从业人员健康证明（复印件，体检机构提供，可容缺）" in answer
    assert "今天受理的话最晚" in answer
    assert "责令限期整改" in answer


async def test_a_missing_lease_is_answered_for_the_plan(talk: Talk) -> None:
    said = message("房产证还没下来", "ask_deferral", entities=[entity("material", "房产证")])
    await talk.run(ActionAnswerDeferral(), said)
    answer = talk.answer()
    assert "现在就能办，用不着它：企业名称自主申报" in answer
    assert "可以签承诺书代替：公司设立登记" in answer
    assert "责令限期整改" in answer


async def test_a_named_matter_is_still_asked_about_itself(talk: Talk) -> None:
    entities = [entity("matter", "食品经营许可"), entity("material", "健康证")]
    said = message("食品经营许可缺健康证能办吗", "ask_deferral", entities=entities)
    await talk.run(ActionAnswerDeferral(), said)
    # what the catalogue holds on the paper stands beside it
    assert set(responses(talk.said)) == {"utter_matters_answer"}


async def test_the_plan_is_shown_renamed_and_listed(talk: Talk) -> None:
    await talk.say(ActionShowPlan(), "方案改名叫老街火锅店", "show_plan")
    assert talk.plan().name == "老街火锅店"
    answer = await talk.say(ActionShowPlan(), "我的方案", "show_plan")
    assert answer.startswith("【我的方案】老街火锅店（FA-")
    assert "到期提醒：没开" in answer
    await talk.run(ActionSubmitPlanProject(), message("x"), plan_project_type="soc-civil")
    answer = await talk.say(ActionShowPlan(), "我有哪些方案", "show_plan")
    assert answer.count("办理中") == 2
    answer = await talk.say(ActionShowPlan(), "打开老街火锅店", "show_plan")
    assert "老街火锅店" in answer


async def test_reminders_are_asked_for_changed_and_stopped(talk: Talk) -> None:
    answer = await talk.say(ActionRemindPlan(), "方案提前三天提醒", "remind_plan")
    assert "到期前3天和当天" in answer
    answer = await talk.press(ActionRemindPlan(), "只在当天")
    assert "到期当天" in answer
    await talk.say(ActionRemindPlan(), "别提醒了", "remind_plan")
    assert responses(talk.said) == ["utter_live_plan_reminders_off"]


async def test_due_days_in_the_words_of_following_a_case_mean_the_plan(talk: Talk) -> None:
    await talk.say(ActionFollowCase(), "到期前提醒我", "follow_case")
    assert responses(talk.said) == ["utter_live_plan_reminders_on"]


async def test_news_in_the_words_of_following_mean_a_case(talk: Talk) -> None:
    events = await talk.run(ActionFollowCase(), message("有进展了通知我", "follow_case"))
    assert slots_set(events)["case_purpose"] == "follow"


@pytest.mark.parametrize(
    ("action", "intent", "text"),
    [
        (ActionShowPlan(), "show_plan", "我的方案"),
        (ActionMarkDone(), "mark_done", "注册办完了"),
    ],
)
async def test_without_a_plan_the_way_to_one_is_shown(
    application: App, action: Any, intent: str, text: str
) -> None:
    talk = Talk(application)
    await talk.say(action, text, intent)
    assert responses(talk.said) == ["utter_live_plan_none"]


@pytest.mark.parametrize(
    ("action", "intent", "text"),
    [
        (ActionRemindPlan(), "remind_plan", "每个环节过了都提醒我一下"),
        (ActionMarkDone(), "mark_done", "办妥了告诉俺"),
    ],
)
async def test_without_a_plan_a_wish_to_be_told_is_about_a_case(
    application: App, action: Any, intent: str, text: str
) -> None:
    talk = Talk(application)
    events = await talk.run(action, message(text, intent))
    assert slots_set(events)["case_purpose"] == "follow"


async def test_a_plan_is_opened_elsewhere_by_number_and_telephone(talk: Talk) -> None:
    number = talk.plan().number
    kept = {"live_plan_purpose": "keep", "live_plan_phone": "13800138000"}
    await talk.run(ActionOpenPlan(), message("13800138000"), **kept)
    assert talk.plan().phone_tail == "8000"

    other = Talk(talk.application)
    asked = tracker(message(f"打开{number}", "show_plan"))
    asked.sender_id = "conversation-2"
    events = await ActionShowPlan().run(other.said, asked, {})
    assert slots_set(events)["live_plan_number"] == number

    given = tracker(
        message("8000"),
        slots={"live_plan_number": number, "live_plan_credential": "8000"},
    )
    given.sender_id = "conversation-2"
    await ActionOpenPlan().run(other.said, given, {})
    assert "utter_live_plan_status" in responses(other.said)


async def test_wrong_digits_are_refused_and_then_locked(talk: Talk) -> None:
    slots = {"live_plan_number": talk.plan().number, "live_plan_credential": "0000"}
    seen = []
    for _ in range(4):
        await talk.run(ActionOpenPlan(), message("0000"), **slots)
        seen += responses(talk.said)
    assert seen == ["utter_live_plan_not_verified"] * 3 + ["utter_live_plan_locked"]


@pytest.mark.parametrize(
    ("text", "requested", "slot", "value"),
    [
        ("fa-20261123-1", "live_plan_number", "live_plan_number", "FA-20261123-0001"),
        ("尾号 8000", "live_plan_credential", "live_plan_credential", "8000"),
    ],
)
async def test_the_form_reads_number_and_digits(
    application: App, text: str, requested: str, slot: str, value: str
) -> None:
    say = CollectingDispatcher()
    state = {"live_plan_purpose": "open", "live_plan_number": None}
    if requested == "live_plan_credential":
        state["live_plan_number"] = "FA-20261123-0001"
    given = tracker(message(text), form="live_plan_form", requested=requested, slots=state)
    events = await ValidateLivePlanForm().run(say, given, {})
    assert slots_set(events)[slot] == value


async def test_a_button_of_a_plan_that_is_not_ones_own_does_nothing(talk: Talk) -> None:
    payload = '/mark_done{"choice": "live_plan=done:4711:biz-name"}'
    said = message(payload, "mark_done", 1.0, [entity("choice", "live_plan=done:4711:biz-name")])
    await talk.run(ActionMarkDone(), said)
    assert responses(talk.said) == ["utter_live_plan_none"]
    assert talk.plan().done == {}


@pytest.mark.parametrize("choice", ["live_plan=", "live_plan=done", "live_plan=done:1", "x=y"])
async def test_a_broken_button_is_harmless(talk: Talk, choice: str) -> None:
    said = message("/mark_done{}", "mark_done", 1.0, [entity("choice", choice)])
    await talk.run(ActionMarkDone(), said)
    assert "utter_common_action_failed" not in responses(talk.said)
    assert talk.plan().done == {}


async def test_the_same_message_worked_off_twice_marks_once(talk: Talk) -> None:
    await talk.say(ActionMarkDone(), "核名过了", "mark_done")
    talk.count -= 1
    await talk.say(ActionMarkDone(), "核名过了", "mark_done")
    assert responses(talk.said) == ["utter_live_plan_marked"]
    assert talk.plan().version == 2


def test_no_sentence_about_a_plan_raises(application: App) -> None:
    """Texts and buttons of every kind, while there is a plan: always an answer, never a failure."""
    talk = Talk(application)
    asyncio.run(talk.run(ActionSubmitStartBusiness(), message("x"), **RESTAURANT))
    actions = {
        "show_plan": ActionShowPlan(),
        "mark_done": ActionMarkDone(),
        "remind_plan": ActionRemindPlan(),
        "ask_deferral": ActionAnswerDeferral(),
    }
    words = st.sampled_from(NASTY)
    parts = st.sampled_from(["done", "undo", "have", "lack", "ask", "step", "on", "off", "keep"])
    tails = st.sampled_from(["1", "0", "x", "", "biz-name", "2026-13-40", "2026-11-20", "again"])

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(
        intent=st.sampled_from(sorted(actions)),
        said=st.one_of(st.lists(words, max_size=6).map("".join), st.text(max_size=30)),
        choice=st.one_of(st.none(), st.tuples(parts, st.lists(tails, max_size=4))),
    )
    def check(intent: str, said: str, choice: tuple[str, list[str]] | None) -> None:
        given_ = message(said or "x", intent)
        if choice is not None:
            value = f"live_plan={':'.join([choice[0], *choice[1]])}"
            given_ = message(f"/{intent}{{}}", intent, 1.0, [entity("choice", value)])
        asyncio.run(talk.run(actions[intent], given_))
        failed = [name for name in responses(talk.said) if "action_failed" in name]
        assert failed == []

    check()


async def test_a_link_pasted_into_the_chat_opens_the_plan(talk: Talk) -> None:
    from bot.services.plans.plans import share_latest_plan  # noqa: PLC0415 - only here a link is made

    shared = share_latest_plan(
        talk.application.unit_of_work,
        conversation_id=MINE,
        now=datetime(2026, 11, 23, tzinfo=timezone.utc),
    )
    assert shared is not None
    other = tracker(message(f"看这个 http://x{shared.path}", "show_plan"))
    other.sender_id = "conversation-9"
    say = CollectingDispatcher()
    await ActionShowPlan().run(say, other, {})
    assert responses(say) == ["utter_live_plan_status"]
    other = tracker(message("看 /plans/" + "x" * 32, "show_plan"))
    say = CollectingDispatcher()
    await ActionShowPlan().run(say, other, {})
    assert responses(say) == ["utter_live_plan_bad_link"]


async def test_while_a_form_is_open_a_plans_button_is_left_to_its_rule(talk: Talk) -> None:
    choice = f"live_plan=papers:{talk.plan().plan_id}"
    said = message(
        f'/show_plan{{"choice": "{choice}"}}', "show_plan", 1.0, [entity("choice", choice)]
    )
    given = tracker(said, form="live_plan_form", requested="live_plan_number", slots={})
    events = await ValidateLivePlanForm().run(CollectingDispatcher(), given, {})
    assert slots_set(events) == {"requested_slot": "live_plan_number"}


async def test_a_number_or_link_is_understood_whatever_the_model_thinks(talk: Talk) -> None:
    from actions.misunderstood import ActionFallback  # noqa: PLC0415 - only here

    await talk.say(ActionFallback(), talk.plan().number, "nlu_fallback")
    assert responses(talk.said) == ["utter_live_plan_status"]
