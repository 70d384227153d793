"""Deleting a saved plan in the chat: asked first, then gone for good."""

from rasa_sdk.executor import CollectingDispatcher

from actions.common import ActionInform
from actions.delete_plan import ActionDeletePlan
from actions.live_plan import ActionShowPlan
from bot.bootstrap import App
from bot.services.plans.reading import my_plans
from tests.actions.test_live_plan import MINE, Talk, talk
from tests.actions.trackers import message, responses, tracker

__all__ = ["talk"]


async def test_a_plan_is_deleted_only_after_a_yes(talk: Talk) -> None:
    await talk.say(ActionShowPlan(), "删掉我的方案", "ask_privacy")
    assert responses(talk.said) == ["utter_live_plan_ask_delete"]
    assert my_plans(talk.application.unit_of_work, MINE)

    await talk.press(ActionInform(), "确定删掉")

    assert responses(talk.said) == ["utter_live_plan_deleted"]
    assert not my_plans(talk.application.unit_of_work, MINE)


async def test_without_a_plan_nothing_is_deleted(application: App) -> None:
    say = CollectingDispatcher()
    await ActionDeletePlan().run(say, tracker(message("删掉我的方案", "ask_privacy")), {})
    assert responses(say) == ["utter_live_plan_none"]


async def test_a_plan_deleted_twice_is_gone_once(talk: Talk) -> None:
    await talk.say(ActionShowPlan(), "把方案删了", "ask_privacy")
    asked = talk.said
    await talk.press(ActionInform(), "确定删掉")
    talk.said = asked

    await talk.press(ActionInform(), "确定删掉")

    assert responses(talk.said) == ["utter_live_plan_none"]
