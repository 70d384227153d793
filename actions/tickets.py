"""How far a whistle, complaint or suggestion is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.filing.ticket_side import business_side, says_who_sees_to_it
from actions.forms.ask import asking, free_text
from actions.forms.form import ValidateForm
from actions.forms.question import Answer, Problem, Question, Value
from actions.turns.focus import TICKET
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.case_list_text import ACT
from bot.documents.dates import spoken_moment
from bot.documents.tickets_text import SUPPLEMENT, add_button, show_button, ticket_text
from bot.services.operating.numbers import NumberKind
from bot.services.tickets import lookup as ticket_lookup
from bot.services.tickets.business import TicketOver, add_words, make_link
from bot.services.tickets.lookup import TicketNotVerified, TooManyTries
from bot.services.tickets.tickets import UnknownTicket
from bot.services.words.ticket import added_words, asks_who_sees_to_it, wants_to_add

OWN = "own"
MOST_OTHERS = 4
"""Other tickets of a conversation that are offered below the one shown."""

TAIL_LENGTH = 4


class ActionStartTicket(SkillAction):
    """Begins looking up a ticket; one's own latest needs neither number nor proof."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_ticket"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the number from the sentence, else the latest of this conversation."""
        number = ticket_lookup.normalise_ticket_number(turn.entity("ticket_number") or turn.text)
        own = ticket_lookup.numbers_of(app().reading, conversation_id=turn.conversation_id)
        if number is None and not own and "哨" in turn.text and asks_who_sees_to_it(turn.text):
            says_who_sees_to_it(say)
            return []
        if number is None and own:
            number = own[0]
        adds = turn.entity(ACT) == SUPPLEMENT or wants_to_add(turn.text)
        if adds and number and not number.startswith(NumberKind.WHISTLE.value):
            about = replace(turn, slots={**turn.slots, "ticket_number": number, "focus": TICKET})
            return action_named("action_start_complaint").act(about, say)
        return start_form(
            turn,
            "ticket_form",
            ticket_number=number,
            ticket_credential=OWN if number in own else None,
            ticket_purpose=SUPPLEMENT if adds else None,
            ticket_addition=added_words(turn.text),
        )


class ValidateTicketForm(ValidateForm):
    """Asks for the number and, when it is not one's own, for the telephone's last digits."""

    form = "ticket_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return both questions, and what is to be added if something is."""
        addition = replace(
            free_text(
                "ticket_addition",
                "utter_whistle_ask_addition",
                label=("补充",),
                shortest=2,
                is_story=True,
            ),
            ask=_ask_addition,
        )
        return (
            *self._whose(),
            *((addition,) if slots.get("ticket_purpose") == SUPPLEMENT else ()),
        )

    def _whose(self) -> Sequence[Question]:
        return (
            Question(
                "ticket_number",
                asking("utter_whistle_ask_number"),
                _parse_number,
                label=("编号", "单号"),
                entity="ticket_number",
                examples="utter_common_examples_ticket_number",
            ),
            Question(
                "ticket_credential",
                asking("utter_whistle_ask_credential"),
                _parse_credential,
                label=("后四位", "尾号"),
                why="utter_cases_why_credential",
                examples="utter_common_examples_tail",
            ),
        )


class ActionShowTicket(SkillAction):
    """Shows each step that the ticket has taken."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_ticket"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say the same for "does not exist" and "not yours"."""
        application = app()
        number = str(turn.slots["ticket_number"])
        credential = turn.slots.get("ticket_credential")
        try:
            view = ticket_lookup.find(
                application.unit_of_work,
                number=number,
                conversation_id=turn.conversation_id,
                phone_tail=None if credential == OWN else str(credential),
                now=application.now(),
            )
        except TooManyTries as error:
            say.utter_message(response="utter_cases_locked", until=spoken_moment(error.until))
            return [SlotSet("ticket_credential", None), *finish_form(turn, say)]
        except TicketNotVerified:
            say.utter_message(response="utter_whistle_not_found", number=number)
            return [
                SlotSet("ticket_number", None),
                SlotSet("ticket_credential", None),
                *finish_form(turn, say),
            ]
        if turn.slots.get("ticket_purpose") == SUPPLEMENT:
            return [*self._add(turn, say, number), *finish_form(turn, say)]
        text = ticket_text(view, application.catalogue)
        path = make_link(business_side(), number=number, conversation_id=turn.conversation_id)
        if path is None:
            say.utter_message(response="utter_whistle_shown", ticket=text)
        else:
            url = application.settings.base_url + path
            say.utter_message(
                response="utter_whistle_shown_with_page",
                ticket=text,
                url=url,
                buttons=self._buttons(turn, number, is_final=view.is_final),
            )
        return [
            SlotSet("ticket_shown", number),
            SlotSet("focus", TICKET),
            SlotSet("ticket_credential", None),
            *finish_form(turn, say),
        ]

    def _buttons(self, turn: Turn, number: str, *, is_final: bool) -> list[dict[str, str]]:
        """Return the buttons to add something, and to see the other ones of this conversation."""
        own = ticket_lookup.numbers_of(app().reading, conversation_id=turn.conversation_id)
        others = [show_button(one) for one in own if one != number][:MOST_OTHERS]
        return others if is_final else [add_button(number), *others]

    def _add(self, turn: Turn, say: CollectingDispatcher, number: str) -> list[EventType]:
        """Add to the ticket once per message, and say how it goes on."""
        path = make_link(business_side(), number=number, conversation_id=turn.conversation_id)
        url = app().settings.base_url + (path or "")
        try:
            add_words(
                business_side(),
                number=number,
                text=str(turn.slots.get("ticket_addition") or ""),
                origin=turn.origin("addition"),
            )
        except (TicketOver, UnknownTicket):
            say.utter_message(response="utter_whistle_over", number=number)
        else:
            say.utter_message(response="utter_whistle_added", number=number, url=url)
        return [
            SlotSet("ticket_shown", number),
            SlotSet("focus", TICKET),
            SlotSet("ticket_credential", None),
            SlotSet("ticket_purpose", None),
            SlotSet("ticket_addition", None),
        ]


def _ask_addition(turn: Turn, say: CollectingDispatcher) -> None:
    """Ask what is to be added, with the page that takes photographs and papers."""
    number = str(turn.slots.get("ticket_number") or "")
    path = make_link(business_side(), number=number, conversation_id=turn.conversation_id)
    if path is None:  # not proven yet: the words are taken, the page is handed over after that
        say.utter_message(response="utter_whistle_ask_addition")
    else:
        url = app().settings.base_url + path
        say.utter_message(response="utter_whistle_ask_addition_with_page", url=url)


def _parse_number(turn: Turn) -> Answer:
    number = ticket_lookup.normalise_ticket_number(turn.entity("ticket_number") or turn.text)
    if number is not None:
        return Value(number)
    if turn.entity("phone") is not None:
        return Problem("utter_whistle_no_number", is_sure=True)
    if any(char.isdigit() for char in turn.text):
        return Problem("utter_whistle_number_bad")
    return None


def _parse_credential(turn: Turn) -> Answer:
    digits = "".join(char for char in turn.text if char.isdigit())
    if len(digits) >= TAIL_LENGTH:
        return Value(digits[-TAIL_LENGTH:])
    return Problem("utter_cases_credential_bad") if digits else None
