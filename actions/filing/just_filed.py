"""Answers a yes to what was just filed: it is handed in already, under this number."""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.misread import UNCLEAR, asks_where_filed, is_about_ticket
from actions.turns.focus import TICKET
from actions.turns.history import last_responses, services_spoken_of
from actions.turns.offers import standing_offer, waiting
from actions.turns.registry import action_named
from actions.turns.turn import QUESTION_INTENTS, Entity, Turn
from bot.documents.case_list_text import ACT
from bot.documents.tickets_text import SUPPLEMENT
from bot.services.bookings import bookings
from bot.services.feedback.feedback import FeedbackKind
from bot.services.operating.numbers import NumberKind
from bot.services.words.closing import Closing, closing
from bot.services.words.form_remarks import confirms
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.ticket import (
    files_own,
    goes_on_behind,
    goes_on_with_trouble,
    mends_filed,
    tells_where_and_when,
    tells_wrong,
    wants_to_add,
)

FEEDBACK_FILED = "utter_feedback_filed"
NUMBER_WRONG = "utter_feedback_number_wrong"
"""Asks for the right telephone of what was filed."""

TICKETS = frozenset({FEEDBACK_FILED, "utter_whistle_opened", "utter_whistle_joined"})
OF_TICKETS = frozenset({"feedback", "whistle"})
"""Services whose responses speak of what was filed."""

FILED = frozenset({"utter_common_filed_already", "utter_common_filed_under"})
"""Said to a yes behind what was filed."""

ADDS = "补充 "
"""Begins what is added to a whistle."""

OTHERS = frozenset(
    {"utter_booking_changed", "utter_booking_done", "utter_review_bad", "utter_review_thanks"}
)
"""Said when something was handed in: a yes to it hands in nothing more."""

REVIEWED_BADLY = "utter_review_bad"
REVIEWED = "utter_review_more"
"""Said to who tells more of what was reviewed; it can only be filed."""

BOOKED = frozenset({"utter_booking_changed", "utter_booking_done"})

TAKES_LEAVE = frozenset({Closing.THANKS, Closing.LEAVES})
"""没别的了 恁忙吧 confirms nothing."""

LONGEST = 16
"""Characters; a longer text says more than yes."""

_OTHERWISE = re.compile("(?:别|不|甭|懒得)(?:用|想|再)?(?:去|来|跑|上门|到|出门)|改|换|还是|要不")
"""Says that help is wanted otherwise than it was booked."""

_CONTACT = re.compile("(?:电话|手机|号码?|不对|这个|联系|[改换写错成了是我俺的打，, 。：:])")

_OF_CONTACT = re.compile("电话|手机|号码?|联系|错|不对|留|补")
_LEFT_CONTACT = re.compile(
    "(?:那|还是|我|俺|想|要|能|可以|再|现在|忘了?|刚才|[，, ])*(?:补|留|加)(?:个|一个|上|下)?"
    "(?:我的|俺的)?(?:电话|手机号?|联系方式)(?:了|吧|行不|吗|不|么|可以吗)*[?？]?"
)
"""Wants to leave a telephone after all: 我想留电话了."""

_WRONG_CONTACT = re.compile(
    "(?:哎呀?|诶|不好意思|刚才|我|俺|那个|[，, ])*(?:电话|手机号?|号码?|联系方式)"
    "(?:我|俺|好像|给|刚才)*"
    "(?:填|留|写|报|打|说|给|弄|输)?(?:错|岔|反)了?(?:咋办|咋改|怎么改|能改[吗不]|咋弄)?[了啊吧呀]?[?？。]?"
)
"""Says that the telephone told is wrong, and not what is right."""

LONGEST_WAY = 20
"""Characters; a longer text tells more than how help is to be given."""


def says_filed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that all is handed in, when a text right after that only says yes; else False."""
    said = last_responses(turn)
    if turn.loop is None and said & BOOKED and _only_contact(turn):
        say.utter_message(response="utter_booking_contact_stays")
        return True
    if turn.loop is None and REVIEWED_BADLY in said and _tells_more(turn):
        say.utter_message(response=REVIEWED)
        return True
    is_wrong = FEEDBACK_FILED in said and any(
        one.fullmatch(turn.text) for one in (_WRONG_CONTACT, _LEFT_CONTACT)
    )
    if turn.loop is None and is_wrong and turn.slots.get("ticket_number"):
        say.utter_message(response=NUMBER_WRONG, number=turn.slots["ticket_number"])
        return True
    if turn.loop is not None or not said & (TICKETS | OTHERS) or not _only_agrees(turn):
        return False
    number = turn.slots.get("ticket_number") if said & TICKETS else None
    if number:
        say.utter_message(response="utter_common_filed_under", number=number)
    else:
        say.utter_message(response="utter_common_filed_already")
    return True


def _tells_more(turn: Turn) -> bool:
    """Tell whether a text behind a bad review tells where and when it was: 今天上午 社保窗口."""
    return turn.choice is None and not asks(turn.text) and tells_where_and_when(turn.text)


def adds_to_filed(turn: Turn) -> bool:
    """Tell whether a text right behind a complaint or a suggestion adds to it: 对了 是茌平的."""
    is_told = turn.intent in UNCLEAR | {"affirm", "go_back", "inform"} and not asks(turn.text)
    is_told |= turn.intent == "book_appointment"  # 就今天上午 东昌府大厅 3号窗
    return is_told and turn.loop is None and is_behind_filed(turn)


def is_mended(turn: Turn) -> bool:
    """Tell whether a text puts right what was filed: 我说错了 不是市场监管是税务."""
    return bool(turn.slots.get("ticket_number")) and mends_filed(turn.text)


def is_behind_filed(turn: Turn) -> bool:
    """Tell whether a text goes on with a complaint or a suggestion that was filed right before."""
    said = last_responses(turn)
    if turn.slots.get("focus") == TICKET and is_mended(turn):
        return True
    if NUMBER_WRONG in said:
        return turn.entity("phone") is not None
    if FEEDBACK_FILED not in said or (_is_suggested(turn) and files_own(turn.text)):
        return False  # 这可得告他一状, behind a suggestion
    is_more = turn.intent == "complain" and goes_on_with_trouble(turn.text)
    is_more |= goes_on_behind(turn.text) or tells_where_and_when(turn.text)
    return gives_contact(turn) or is_more


def _is_suggested(turn: Turn) -> bool:
    """Tell whether what was filed last was a suggestion, to which a complaint adds nothing."""
    return turn.slots.get("feedback_kind") == FeedbackKind.SUGGESTION.value


def gives_contact(turn: Turn) -> bool:
    """Tell whether a text gives a telephone and little else: 电话给错了 应该是13963501177."""
    number = turn.entity("phone")
    rest = len(turn.text) - len(number or "")
    return number is not None and rest <= LONGEST and _OF_CONTACT.search(turn.text) is not None


def changes_way(turn: Turn) -> bool:
    """Tell whether a text wants what is booked another way: 打电话就行，不去了."""
    is_named = turn.entity("service_mode") is not None and turn.intent not in QUESTION_INTENTS
    is_other = _OTHERWISE.search(turn.text) is not None  # not 到时候打我电话就行
    is_wish = is_named and is_other and len(turn.text) <= LONGEST_WAY
    if not is_wish or turn.loop is not None:
        return False
    unit_of_work = app().unit_of_work
    return bool(bookings.my_bookings(unit_of_work, turn.conversation_id, only_open=True))


def _only_contact(turn: Turn) -> bool:
    """Tell whether a text only gives a telephone, as who wants another one noted."""
    number = turn.entity("phone")
    return number is not None and not _CONTACT.sub("", turn.text.replace(number, ""))


def _only_agrees(turn: Turn) -> bool:
    """Tell whether a text confirms and neither asks, names, thanks nor takes up an offer."""
    if turn.choice is not None or turn.entities or asks(turn.text) or len(turn.text) > LONGEST:
        return False
    if standing_offer(turn) is not None or waiting(turn) or closing(turn.text) in TAKES_LEAVE:
        return False
    return turn.intent == "affirm" or any(map(confirms, clauses(turn.text)))


def takes_addition(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Ask what is to be added to what was filed, or said right in it: 我说错了; None for neither.

    A telephone told wrong with a complaint is asked for by `says_filed`.
    """
    is_filed = turn.loop is None and turn.slots.get("focus") == TICKET and turn.choice is None
    if is_filed and is_mended(turn):
        number = str(turn.slots.get("ticket_number"))
        if number.startswith(NumberKind.WHISTLE.value):
            return _add(turn, f"{ADDS}{turn.text}", say)
        return action_named("action_start_complaint").act(turn, say)
    said = last_responses(turn)
    if is_filed and FEEDBACK_FILED in said and _is_suggested(turn) and files_own(turn.text):
        own = replace(turn, intent="complain")
        return action_named("action_start_complaint").act(own, say)
    is_behind = bool(services_spoken_of(turn) & OF_TICKETS or said & FILED)
    is_wrong = is_behind and tells_wrong(turn.text) and not said & {FEEDBACK_FILED, *OTHERS}
    if not is_filed or not (is_wrong or wants_to_add(turn.text)):
        return None
    return _add(turn, turn.text, say)


def _add(turn: Turn, text: str, say: CollectingDispatcher) -> list[EventType]:
    """Open what was filed for an addition, with a text in which it may be told already."""
    entities = (*turn.entities, Entity(ACT, SUPPLEMENT, 0, len(turn.text)))
    told = replace(turn, text=text, entities=entities, intent="query_ticket")
    return action_named("action_start_ticket").act(told, say)


def answer_of_ticket(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Take what adds to what was just filed, or answer what is asked of it; None for neither."""
    if adds_to_filed(turn):
        return action_named("action_start_complaint").act(turn, say)
    is_filed = turn.slots.get("focus") == TICKET
    if is_filed and gives_contact(turn):
        return _add(turn, f"{ADDS}{turn.text}", say)
    if not is_filed or not (is_about_ticket(turn) or asks_where_filed(turn)):
        return None
    return action_named("action_start_ticket").act(replace(turn, intent="query_ticket"), say)
