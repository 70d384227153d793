"""The last question of a whistle: all of it read back, and whether it is one that is open."""

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.filing.ticket_side import business_side
from actions.forms.ask import NO, NONE, YES, asking, choice_button, chosen, confirming, yes_no
from actions.forms.question import Answer, Question, Value
from actions.turns.turn import Turn
from bot.documents.dates import spoken_day
from bot.documents.labels import DISPATCH, DO_NOT_DISPATCH, JOIN_TICKET, SEPARATE_TICKET
from bot.domain.tickets import TICKET_STATE_LABELS, Ticket
from bot.services.reading.answers import read_yes_no
from bot.services.reading.identifiers import mask_phone
from bot.services.tickets.business import known_whistle
from bot.services.tickets.tickets import Whistle
from bot.services.times.local_time import local_day
from bot.services.words.ticket import Sameness, adds_no_more, read_sameness

SLOT = "whistle_confirmed"
GATHERED = ("whistle_description", "whistle_company", "whistle_district", "whistle_phone")
"""What is known before the last question comes."""

SEPARATE = "separate"
"""Slot value: it is another thing than the open ticket that was shown."""

MEANT = {Sameness.SAME: YES, Sameness.ANOTHER: SEPARATE, Sameness.DROP: NO}

QUOTED = 40
"""Characters of an earlier whistle that are read back."""


def confirmation() -> Question:
    """Return the question; the slot keeps "yes", "no", or "separate"."""
    plain = yes_no(SLOT, _read_back, why="utter_whistle_why_confirm")

    def parse(turn: Turn) -> Answer:
        if chosen(turn, SLOT) == SEPARATE:
            return Value(SEPARATE, exact=True)
        if turn.requested == SLOT and chosen(turn, SLOT) is None:
            is_yes = read_yes_no(turn.text, turn.intent)
            meant = read_sameness(turn.text, is_yes=is_yes)
            if meant is not None and _known(turn) is not None:
                return Value(MEANT[meant], exact=True)
        if turn.requested == SLOT and chosen(turn, SLOT) is None and adds_no_more(turn.text):
            return Value(YES, exact=True)  # 没问题就派单？没有了
        return plain.parse(turn)

    return replace(plain, parse=parse)


def said_whistle(turn: Turn) -> Whistle:
    """Return what the form has gathered."""
    case_number = turn.slots.get("whistle_case_number")
    return Whistle(
        origin=turn.origin("whistle"),
        conversation_id=turn.conversation_id,
        business_name=_business(turn),
        phone=str(turn.slots["whistle_phone"]),
        district=str(turn.slots["whistle_district"]),
        description=str(turn.slots["whistle_description"]),
        case_number=str(case_number) if case_number else None,
    )


def is_known(turn: Turn) -> bool:
    """Tell whether the whistle may be about what is open already: then it has to be asked."""
    return _known(turn) is not None


def _known(turn: Turn) -> Ticket | None:
    if any(turn.slots.get(slot) is None for slot in GATHERED):  # one was taken back meanwhile
        return None
    return known_whistle(business_side(), said_whistle(turn))


def _business(turn: Turn) -> str:
    name, code = str(turn.slots["whistle_company"]), turn.slots.get("whistle_credit_code")
    return name if code in {None, NONE} else f"{name}（{code}）"


def _read_back(turn: Turn, say: CollectingDispatcher) -> None:
    known = _known(turn)
    if known is not None:
        _ask_same(known, turn, say)
        return
    place = app().catalogue.district(str(turn.slots["whistle_district"])).name
    asking(
        "utter_whistle_ask_confirm",
        confirming(SLOT, DISPATCH, DO_NOT_DISPATCH),
        description=turn.slots["whistle_description"],
        company=_business(turn),
        district=place,
        phone=mask_phone(str(turn.slots["whistle_phone"])),
    )(turn, say)


def _ask_same(known: Ticket, turn: Turn, say: CollectingDispatcher) -> None:
    text = known.description
    asking(
        "utter_whistle_ask_same",
        lambda _: [
            choice_button(SLOT, YES, JOIN_TICKET),
            choice_button(SLOT, SEPARATE, SEPARATE_TICKET),
            choice_button(SLOT, NO, DO_NOT_DISPATCH),
        ],
        number=known.number,
        day=spoken_day(local_day(known.opened_at)),
        state=TICKET_STATE_LABELS[known.state],
        earlier=text if len(text) <= QUOTED else f"{text[:QUOTED]}…",
        description=turn.slots["whistle_description"],
    )(turn, say)
