"""Every one-thing bundle through the form to its saved plan."""

import json
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.start_business import (
    ActionStartBusiness,
    ActionSubmitStartBusiness,
    ValidateStartBusinessForm,
)
from actions.turns.trades_named import find_trade
from bot.bootstrap import App
from bot.domain.plans import PlanKind
from bot.services.plans.plans import latest_plan
from bot.services.plans.snapshot import read_snapshot
from tests.actions.trackers import entity, message, pressed, responses, slots_set, tracker
from tests.catalogue_files import committed_catalogue

FORM = "start_business_form"
MOST_QUESTIONS = 20
BUNDLES = list(committed_catalogue().one_things)


async def finished(slots: dict[str, Any]) -> dict[str, Any]:
    """Answer what the form asks: the first button of each question, or a size."""
    requested = None
    for _ in range(MOST_QUESTIONS):
        say = CollectingDispatcher()
        state = tracker(
            message(""), form=FORM, requested=requested, slots=slots, after_action="action_repeat"
        )
        new = slots_set(await ValidateStartBusinessForm().run(say, state, {}))
        slots, requested = {**slots, **new}, new["requested_slot"]
        if requested is None:
            return slots
        buttons = say.messages[-1]["buttons"]
        payload = buttons[0]["payload"].removeprefix("/inform") if buttons else "{}"
        choice = str(json.loads(payload).get("choice", "")) if payload.startswith("{") else ""
        said = pressed(choice) if choice.startswith(f"{requested}=") else message("120平")
        state = tracker(said, form=FORM, requested=requested, slots=slots)
        new = slots_set(await ValidateStartBusinessForm().run(CollectingDispatcher(), state, {}))
        slots = {**slots, **new}
    raise AssertionError(f"still asking for {requested}")


@pytest.mark.parametrize("bundle_id", BUNDLES)
async def test_a_bundle_leads_from_its_name_to_a_saved_plan(
    bundle_id: str, application: App
) -> None:
    bundle = application.catalogue.one_thing(bundle_id)
    name = next(a for a in bundle.aliases if find_trade(a) == f"bundle:{bundle_id}")
    opened = message(name, "start_business", entities=[entity("industry", name)])
    slots = slots_set(await ActionStartBusiness().run(CollectingDispatcher(), tracker(opened), {}))
    assert slots["start_business_trade"] == f"bundle:{bundle_id}"

    slots = await finished(slots)
    say = CollectingDispatcher()
    await ActionSubmitStartBusiness().run(say, tracker(message(""), slots=slots), {})

    assert responses(say)[:2] == ["utter_start_business_plan", "utter_start_business_link"]
    saved = latest_plan(application.unit_of_work, "conversation-1", PlanKind.START_BUSINESS)
    assert saved is not None
    assert bundle.name in read_snapshot(saved.snapshot).title
