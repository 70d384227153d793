"""What a booking is for, as far as it was said."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.beside import without_denied
from actions.turns.names import meant_matter, registration_of, sure_matter
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import asks

NOTE = "booking_note"
"""Slot: what it is for in the words of who books, where that is no matter."""

WAYS = {"exit-simple": "简易", "exit-normal": "一般"}
"""Ways of ending a company to the word that names each."""

CHANGE = "变更"
"""Says that what is there already is to be another."""

IN_GENERAL = "exit-onething"
"""The matter of ending a company, in whatever way."""


def matter_booked(turn: Turn) -> Matter | None:
    """Return the matter that the first sentence of a booking names, None for none."""
    named = in_general(sure_matter(without_denied(turn).entity("matter")), turn.text)
    form = turn.entity("enterprise_type")  # 办个体户营业执照
    return registration_of(named, form, turn.text) if named is not None else None


def in_general(matter: Matter | None, text: str) -> Matter | None:
    """Return the matter without a way that nobody named: 我要注销公司 chooses none."""
    if matter is None or WAYS.get(matter.id, "") in text:
        return matter
    return app().catalogue.matters.get(IN_GENERAL, matter)


def is_other_change(matter: Matter, text: str) -> bool:
    """Tell whether a text names a change, and the matter is none: 营业执照变更的事, a lost one."""
    return CHANGE in text and CHANGE not in matter.name


def says_which_change(turn: Turn, say: CollectingDispatcher) -> bool:
    """Ask which change help is wanted for, where none of them is named; False for other texts."""
    named = turn.entity("matter") if turn.choice is None and not asks(turn.text) else None
    matter = meant_matter(named, turn.text) if named else None
    if matter is None or not is_other_change(matter, turn.text):
        return False
    say.utter_message(response="utter_booking_which_change")
    return True
