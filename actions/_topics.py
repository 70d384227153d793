"""Opens what a bare name stands for, and guesses when the model did not understand."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions._ask import choice_button
from actions._names import find_matters, find_project_types, find_trade, sure_matter
from actions._plan_opening import open_named_plan
from actions._skill import start_form
from actions._turn import Turn
from bot.services.cases import normalise_case_number
from bot.services.ticket_lookup import normalise_ticket_number

LONGEST_NAME = 14
"""Characters up to which a text without a known intent can be a bare name."""


def open_topic(turn: Turn, say: CollectingDispatcher, *, sure: bool) -> list[EventType] | None:
    """Open the skill that a name in the text belongs to; None when it names nothing.

    Args:
        turn: The message.
        say: Where the answer goes.
        sure: True when the model took the text for a name; False when it did not understand.
    """
    case = normalise_case_number(turn.entity("case_number") or turn.text)
    if case is not None:
        return start_form(
            turn, "case_form", case_purpose="show", case_number=case, case_credential=None
        )
    ticket = normalise_ticket_number(turn.entity("ticket_number") or turn.text)
    if ticket is not None:
        return start_form(turn, "ticket_form", ticket_number=ticket, ticket_credential=None)
    plan = open_named_plan(turn, say)
    if plan is not None:
        return plan
    if not sure and len(turn.text) > LONGEST_NAME:
        return None
    matter = sure_matter(turn.entity("matter") or turn.text)
    if matter is not None:
        say.utter_message(response="utter_matters_what_about", matter=matter.name)
        return [SlotSet("matter_id", matter.id)]
    trade = find_trade(turn.entity("industry"))
    if trade is not None:
        say.utter_message(response="utter_start_business_offer", trade=turn.entity("industry"))
        return [SlotSet("start_business_trade", trade)]
    projects = find_project_types(turn.entity("project_type"))
    if projects:
        say.utter_message(response="utter_plan_project_offer", project=turn.entity("project_type"))
        return []
    return None


def suggest_matters(turn: Turn, say: CollectingDispatcher) -> bool:
    """Offer the matters that the text may mean; False when there is no guess."""
    found = find_matters(turn.text, 4)
    if not found:
        return False
    buttons = [choice_button("topic_matter", matter.id, matter.name) for matter, _ in found]
    say.utter_message(response="utter_common_suggest_matters", buttons=buttons)
    return True
