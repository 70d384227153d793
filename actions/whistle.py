"""The whistle: a business is stuck; a ticket goes to a leading and assisting departments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.filing.story import substance
from actions.filing.story_firm import firm_behind
from actions.filing.story_form import StoryForm, joined, named_in_story, take_before
from actions.filing.ticket_side import business_side
from actions.filing.whistle_confirm import SEPARATE, confirmation, is_known, said_whistle
from actions.forms.ask import YES, business_name, credit_code, district, free_text, phone
from actions.forms.question import Question
from actions.forms.switched import while_on
from actions.turns.beside import value_meant
from actions.turns.focus import TICKET
from actions.turns.history import last_responses
from actions.turns.opens_form import start_form
from actions.turns.places import find_district
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.known_text import quoted
from bot.documents.tickets_text import departments_line, due_line
from bot.domain.places import District
from bot.services.reading.identifiers import check_phone
from bot.services.tickets.business import blow_whistle
from bot.services.tickets.tickets import WhistleIncomplete
from bot.services.words.form_remarks import confirms
from bot.services.words.remarks import clauses
from bot.services.words.ticket import takes_it_up_again

SLOTS = (
    "whistle_description",
    "whistle_company",
    "whistle_district",
    "whistle_phone",
    "whistle_confirmed",
)


COMPLAINT_ASKED = frozenset({"utter_feedback_ask_phone"})
"""Said while a complaint was open whose story is told."""


class ActionStartWhistle(SkillAction):
    """Begins the whistle with what the first sentence already tells."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_whistle"

    @while_on("whistle")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open the form afresh; company and phone of an earlier whistle are kept."""
        if turn.loop == "whistle_form":
            return []
        firm = turn.entity("company_name") or firm_behind(turn.text)
        found = find_district(turn.entity("district"))
        found = found or _place_of_firm(firm)
        say.utter_message(response="utter_whistle_start")
        before = _told_in_complaint(turn, say) or take_before(turn, say)
        told = substance(turn.text)
        if takes_it_up_again(turn.text):  # what was told before it was given up
            before = str(turn.slots.get("whistle_description") or "") or before
            told = told if before else None  # 还是吹吧 alone tells nothing
        return start_form(
            turn,
            "whistle_form",
            whistle_description=joined(before, told),
            whistle_company=firm or turn.slots.get("whistle_company"),
            whistle_district=found.id if found else None,
            whistle_confirmed=None,
            whistle_credit_code=turn.slots.get("whistle_credit_code"),
            whistle_case_number=turn.entity("case_number"),
            whistle_phone=_phone(turn),
            **named_in_story(turn),
        )


class ValidateWhistleForm(StoryForm):
    """Asks what is stuck, whose business it is, where, and how to reach them."""

    form = "whistle_form"
    story = "whistle_description"
    added = "utter_whistle_story_added"
    phone = "whistle_phone"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions in order; the last reads everything back."""
        return (
            replace(
                free_text(
                    "whistle_description",
                    "utter_whistle_ask_description",
                    label=("问题", "情况", "描述"),
                    shortest=4,
                    is_story=True,
                ),
                examples="utter_whistle_examples",
            ),
            replace(
                business_name(
                    "whistle_company", "utter_whistle_ask_company", ("企业", "公司", "名称", "名字")
                ),
                why="utter_whistle_why_company",
            ),
            credit_code("whistle_credit_code", "utter_whistle_ask_credit_code"),
            replace(
                district("whistle_district", "utter_whistle_ask_district"),
                why="utter_whistle_why_district",
            ),
            phone("whistle_phone", "utter_whistle_ask_phone"),
            confirmation(),
        )

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Take "13800138000，派吧" for the yes as well, when nothing else is open."""
        changes = {**_placed(slots, changes), **changes}
        missing = self.missing(turn, {**slots, **changes})
        is_last = missing is not None and missing.slot == "whistle_confirmed"
        told = replace(turn, slots={**slots, **changes})
        if is_last and changes and any(map(confirms, clauses(turn.text))) and not is_known(told):
            return {**changes, "whistle_confirmed": "yes"}
        return changes


def _placed(slots: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the district with which the name of a firm begins (阳谷老周豆腐坊), if none was told.

    It is read back like all the rest before anything is filed.
    """
    found = _place_of_firm(changes.get("whistle_company"))
    is_open = slots.get("whistle_district") is None
    return {"whistle_district": found.id} if found is not None and is_open else {}


def _place_of_firm(firm: str | None) -> District | None:
    """Return the district with whose name a firm's begins; None for the city or for no place."""
    known = app().catalogue.districts.values()
    named = ((one, name) for one in known for name in one.aliases if one.name.startswith(name))
    fits = (one for one, name in named if firm and len(name) > 1 and firm.startswith(name))
    return next(fits, None)


class ActionSubmitWhistle(SkillAction):
    """Opens the ticket, or drops it when the applicant says no at the end."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_whistle"

    @while_on("whistle")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Write the ticket once per message and say its number and due times."""
        if turn.slots.get("whistle_confirmed") not in {YES, SEPARATE}:
            say.utter_message(response="utter_whistle_dropped")
            return [SlotSet("whistle_confirmed", None), *finish_form(turn, say)]
        application = app()
        try:
            blown = blow_whistle(
                business_side(),
                said_whistle(turn),
                application.catalogue,
                is_separate=turn.slots.get("whistle_confirmed") == SEPARATE,
            )
        except WhistleIncomplete as error:
            slot = "whistle_company" if error.lacks_business else "whistle_description"
            return [
                SlotSet("whistle_confirmed", None),
                SlotSet(slot, None),
                FollowupAction("whistle_form"),
            ]
        ticket = blown.ticket
        values: dict[str, Any] = {
            "number": ticket.number,
            "departments": departments_line(
                ticket.departments, application.catalogue, is_proposed=ticket.is_proposed
            ),
            "due": due_line(ticket.report_in_due, ticket.answer_due),
            "url": application.settings.base_url + blown.path,
        }
        if blown.is_joined:
            say.utter_message(response="utter_whistle_joined", **values)
        else:
            say.utter_message(response="utter_whistle_opened", **values)
        return [
            SlotSet("ticket_number", ticket.number),
            SlotSet("ticket_shown", ticket.number),
            SlotSet("focus", TICKET),
            SlotSet("whistle_description", None),
            SlotSet("whistle_confirmed", None),
            *finish_form(turn, say),
        ]


def _told_in_complaint(turn: Turn, say: CollectingDispatcher) -> str | None:
    """Return what was told for a complaint that gives way to this whistle, and say it is kept."""
    told = turn.slots.get("feedback_text")
    if not told or not last_responses(turn) & COMPLAINT_ASKED:
        return None
    say.utter_message(response="utter_common_told_before", told=quoted(str(told)))
    return str(told)


def _phone(turn: Turn) -> str | None:
    """Return the telephone that the sentence tells, else the one of an earlier whistle."""
    found = check_phone(value_meant(turn, "phone") or "")
    return found.value if found.is_valid else turn.slots.get("whistle_phone")
