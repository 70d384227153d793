"""The whistle: a business is stuck; a ticket goes to a leading and assisting departments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import (
    NONE,
    asking,
    chosen,
    confirming,
    credit_code,
    district,
    free_text,
    phone,
    yes_no,
)
from actions._buttons import choice_button
from actions._focus import TICKET
from actions._form import Answer, Question, ValidateForm, Value
from actions._names import find_district
from actions._skill import SkillAction, finish_form, start_form
from actions._story import substance
from actions._turn import Turn
from bot.documents.dates import spoken_day
from bot.documents.labels import DISPATCH, DO_NOT_DISPATCH, JOIN_WHISTLE
from bot.documents.tickets_text import departments_line, due_line
from bot.services import tickets
from bot.services.identifiers import check_phone, mask_phone
from bot.services.local_time import local_day
from bot.services.similar_open import CannotJoin, join_whistle, own_similar

JOIN = "join:"
"""Before the number of the open whistle that the story is joined to."""

SLOTS = (
    "whistle_description",
    "whistle_company",
    "whistle_district",
    "whistle_phone",
    "whistle_confirmed",
)


class ActionStartWhistle(SkillAction):
    """Begins the whistle with what the first sentence already tells."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_whistle"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open the form afresh; company and phone of an earlier whistle are kept."""
        if turn.loop == "whistle_form":
            return []
        found = find_district(turn.entity("district"))
        say.utter_message(response="utter_whistle_start")
        return start_form(
            turn,
            "whistle_form",
            whistle_description=substance(turn.text),
            whistle_company=turn.entity("company_name") or turn.slots.get("whistle_company"),
            whistle_district=found.id if found else None,
            whistle_confirmed=None,
            whistle_credit_code=turn.slots.get("whistle_credit_code"),
            whistle_case_number=turn.entity("case_number"),
            whistle_phone=_phone(turn),
        )


class ValidateWhistleForm(ValidateForm):
    """Asks what is stuck, whose business it is, where, and how to reach them."""

    form = "whistle_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions in order; the last reads everything back."""
        return (
            free_text(
                "whistle_description",
                "utter_whistle_ask_description",
                label=("问题", "情况", "描述"),
                shortest=4,
                is_story=True,
            ),
            free_text(
                "whistle_company",
                "utter_whistle_ask_company",
                label=("企业", "公司", "名称"),
                entity="company_name",
            ),
            credit_code("whistle_credit_code", "utter_whistle_ask_credit_code"),
            district("whistle_district", "utter_whistle_ask_district"),
            phone("whistle_phone", "utter_whistle_ask_phone"),
            _confirmation(),
        )


class ActionSubmitWhistle(SkillAction):
    """Opens the ticket, or drops it when the applicant says no at the end."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_whistle"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Write the ticket once per message and say its number and due times."""
        if turn.slots.get("whistle_confirmed") in {None, "no"}:
            say.utter_message(response="utter_whistle_dropped")
            return [SlotSet("whistle_confirmed", None), *finish_form(turn, say)]
        if _join(turn):
            number = str(turn.slots["whistle_confirmed"]).removeprefix(JOIN)
            say.utter_message(response="utter_whistle_joined", number=number)
            return _finish(turn, say, number)
        application = app()
        ticket = tickets.open_whistle(
            application.unit_of_work,
            origin=turn.origin("whistle"),
            conversation_id=turn.conversation_id,
            business_name=_business(turn),
            phone=str(turn.slots["whistle_phone"]),
            district=str(turn.slots["whistle_district"]),
            description=str(turn.slots["whistle_description"]),
            case_number=turn.slots.get("whistle_case_number"),
            now=application.now(),
            calendar=application.calendar,
            catalogue=application.catalogue,
            rules=application.whistle_rules,
            router=application.router,
        )
        say.utter_message(
            response="utter_whistle_opened",
            number=ticket.number,
            departments=departments_line(
                ticket.departments, application.catalogue, is_proposed=ticket.is_proposed
            ),
            due=due_line(ticket.report_in_due, ticket.answer_due),
        )
        return _finish(turn, say, ticket.number)


def _finish(turn: Turn, say: CollectingDispatcher, number: str) -> list[EventType]:
    return [
        SlotSet("ticket_number", number),
        SlotSet("focus", TICKET),
        SlotSet("whistle_description", None),
        SlotSet("whistle_confirmed", None),
        *finish_form(turn, say),
    ]


def _join(turn: Turn) -> bool:
    """Join the story to the whistle that was chosen; False when there is none to join any more."""
    chosen_number = str(turn.slots["whistle_confirmed"])
    if not chosen_number.startswith(JOIN):
        return False
    try:
        join_whistle(
            app().unit_of_work,
            number=chosen_number.removeprefix(JOIN),
            conversation_id=turn.conversation_id,
            origin=turn.origin("whistle"),
            text=str(turn.slots["whistle_description"]),
            now=app().now(),
        )
    except CannotJoin:  # closed meanwhile: then it is a new one
        return False
    return True


def _confirmation() -> Question:
    """Return the last question; a button may also join the story to an open whistle."""
    asked = yes_no("whistle_confirmed", _read_back, why="utter_whistle_why_confirm")

    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, "whistle_confirmed")
        if pressed is not None and pressed.startswith(JOIN):
            return Value(pressed, exact=True)
        return asked.parse(turn)

    return replace(asked, parse=parse)


def _phone(turn: Turn) -> str | None:
    """Return the telephone that the sentence tells, else the one of an earlier whistle."""
    found = check_phone(turn.entity("phone") or "")
    return found.value if found.is_valid else turn.slots.get("whistle_phone")


def _business(turn: Turn) -> str:
    name, code = str(turn.slots["whistle_company"]), turn.slots.get("whistle_credit_code")
    return name if code in {None, NONE} else f"{name}（{code}）"


def _read_back(turn: Turn, say: CollectingDispatcher) -> None:
    place = app().catalogue.district(str(turn.slots["whistle_district"])).name
    similar = own_similar(
        app().unit_of_work,
        conversation_id=turn.conversation_id,
        text=str(turn.slots["whistle_description"]),
        router=app().router,
        rules=app().hot_rules,
    )
    buttons = confirming("whistle_confirmed", DISPATCH, DO_NOT_DISPATCH)(turn)
    if similar is not None:
        day = spoken_day(local_day(similar.opened_at))
        say.utter_message(response="utter_whistle_similar", number=similar.number, day=day)
        title = JOIN_WHISTLE.format(number=similar.number)
        join = choice_button("whistle_confirmed", f"{JOIN}{similar.number}", title)
        buttons = [join, *buttons]
    asking(
        "utter_whistle_ask_confirm",
        lambda _: buttons,
        description=turn.slots["whistle_description"],
        company=_business(turn),
        district=place,
        phone=mask_phone(str(turn.slots["whistle_phone"])),
    )(turn, say)
