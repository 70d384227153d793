"""What people take away, from the buttons under a finished plan."""

import re
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.papers import ActionTakePapers
from actions.start_business import ActionSubmitStartBusiness
from bot.bootstrap import App
from bot.domain.plans import PlanKind
from bot.services.papers.short_links import MAX_OPEN_LINKS, plan_by_code
from bot.services.papers.signing import signatures_of
from bot.services.plans.form import fill_form_of_plan
from bot.services.plans.plans import get_plan_by_token, latest_plan, save_plan
from tests.actions.trackers import entity, message, responses, tracker
from tests.form_factories import STARTING, checks
from tests.paper_factories import HOT_POT_ANSWERS, a_saved_plan

CONVERSATION = "conversation-1"


@pytest.fixture
def planned(application: App) -> App:
    save_plan(
        application.unit_of_work,
        origin="m1:plan",
        conversation_id=CONVERSATION,
        kind=PlanKind.START_BUSINESS,
        answers=HOT_POT_ANSWERS,
        snapshot=a_saved_plan().snapshot,
        now=application.now(),
    )
    return application


async def press(paper: str, message_id: int = 7) -> dict[str, Any]:
    """Press a button; returns the one message that was uttered."""
    text = f'/take_papers{{"paper": "{paper}"}}'
    said = message(text, "take_papers", 1.0, [entity("paper", paper)])
    say = CollectingDispatcher()
    await ActionTakePapers().run(say, tracker(said, message_id=message_id), {})
    (uttered,) = say.messages
    return dict(uttered)


@pytest.mark.parametrize("paper", ["notice", "form", "picture", "calendar"])
async def test_each_button_answers_with_a_link_under_the_plan(planned: App, paper: str) -> None:
    said = await press(paper)
    assert said["response"] == f"utter_papers_{paper}"
    token = said["path"].rpartition("/")[2]
    plan = get_plan_by_token(planned.unit_of_work, token)
    assert plan == latest_plan(planned.unit_of_work, CONVERSATION)


async def test_without_a_plan_the_way_to_one_is_said(application: App) -> None:
    assert (await press("notice"))["response"] == "utter_papers_no_plan"


@pytest.mark.parametrize("paper", ["moon", ""])
async def test_an_unknown_button_offers_the_known_ones(planned: App, paper: str) -> None:
    assert (await press(paper))["response"] == "utter_papers_offer"


async def test_a_short_link_is_made_and_switched_off(planned: App) -> None:
    said = await press("link")
    code = said["url"].rpartition("/")[2]
    found = plan_by_code(planned.unit_of_work, code=code, client="", now=planned.now())
    assert found == latest_plan(planned.unit_of_work, CONVERSATION)
    off = await press("revoke")
    assert (off["response"], off["count"]) == ("utter_papers_links_off", "1")


async def test_too_many_short_links_lead_to_switching_off(planned: App) -> None:
    for _ in range(MAX_OPEN_LINKS):
        await press("link")
    assert (await press("link"))["response"] == "utter_papers_too_many_links"


async def test_before_signing_the_missing_fields_are_named(planned: App) -> None:
    said = await press("sign")
    assert said["response"] == "utter_papers_form_first"
    assert "企业（店铺）名称" in said["missing"]


async def test_a_complete_form_gets_a_code_and_a_second_one_has_to_wait(planned: App) -> None:
    plan = latest_plan(planned.unit_of_work, CONVERSATION)
    assert plan is not None
    fill_form_of_plan(
        planned.unit_of_work,
        plan,
        STARTING,
        forms=planned.forms,
        checks=checks(),
        now=planned.now(),
    )
    said = await press("sign")
    assert said["response"] == "utter_papers_sign"
    assert re.fullmatch(r"\d{6}", said["code"])
    assert said["path"].count("/plans/") == 1
    assert (await press("sign", message_id=8))["response"] == "utter_papers_wait_for_code"
    assert signatures_of(planned.unit_of_work, plan) == ()


async def test_a_finished_plan_offers_what_can_be_taken_away(application: App) -> None:
    say = CollectingDispatcher()
    said = tracker(message("好"), slots=dict(HOT_POT_ANSWERS))
    await ActionSubmitStartBusiness().run(say, said, {})
    assert "utter_papers_offer" in responses(say)
