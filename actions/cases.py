"""Where a case stands, following it, and urging it; only for those it belongs to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.casework.answers import EXPLAIN, FOLLOW, SHOW, URGE, answer, say_list, unfollow
from actions.forms.ask import asking, choice_button, chosen, code_problem
from actions.forms.form import ValidateForm
from actions.forms.question import Answer, Problem, Question, Value
from actions.forms.resuming import PAUSED
from actions.plans.reminders import means_plan, remind
from actions.turns.focus import CASE, MATTER, TICKET, on_matter
from actions.turns.names import sure_matter
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.case_list_text import ACT, PAGE, QUIET
from bot.documents.dates import spoken_moment
from bot.documents.known_text import known_item
from bot.documents.labels import ALL_MY_CASES
from bot.services.cases import cases
from bot.services.cases.cases import CaseNotVerified, TooManyTries
from bot.services.cases.mine import identify
from bot.services.operating.numbers import plain_digits
from bot.services.privacy.identity import NotVerified
from bot.services.reading.identifiers import CodeCheck, PhoneFault, check_credit_code, check_phone
from bot.services.words.case import (
    asks_if_quicker,
    chooses_phone,
    has_no_number,
    names_only_paper,
    wants_list,
    wants_no_news,
)
from bot.services.words.case_asked import PARTS
from bot.services.words.remarks import asks_for_another
from bot.services.words.unwished import misses_promise

_LONG_NUMBER = re.compile(r"\d{8,}")
"""Digits that are meant for a case number."""

MINE = "mine"
"""In the place of a number: all cases of one applicant."""

SHORTEST_PHONE, LONGEST_PHONE = 7, 12
CREDENTIAL_LENGTH = 4
"""Last digits of telephone, credit code or identity number that prove whose case it is."""

_TAIL = re.compile(
    "(?:后四位|末四位|尾号)(?:数|字)?(?:就)?[是：: ]*(?P<tail>[0-9A-Za-z]{4})(?![0-9A-Za-z])"
)
"""Names the last four signs: 后四位是1114."""


class ActionStartCase(SkillAction):
    """Begins looking up a case, or lists one's own."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the number when the sentence holds one; a tail may fit several of one's own."""
        act = turn.entity(ACT) or ""
        number = _number(turn)
        if act.startswith(f"{PAGE}="):
            page = act.removeprefix(f"{PAGE}=")
            if say_list(turn, say, page=int(page) if page.isdecimal() else 0):
                return finish_form(turn, say)
        elif number is None:
            fitting = _fitting(turn)
            if len(fitting) > 1 and say_list(turn, say, numbers=fitting):
                return finish_form(turn, say)
            if wants_list(turn.text) and say_list(turn, say):
                return finish_form(turn, say)
        code = _credit_code(turn)
        if code is not None and not code.is_valid and number is None:
            problem = code_problem(code, None)
            say.utter_message(response=problem.response, **problem.values)
        elif (
            _number(turn) is None
            and _registered_phone(turn) is None
            and _LONG_NUMBER.search(turn.text)
        ):
            say.utter_message(response="utter_cases_number_bad")
        return [*_spoken_of(turn), *start_case(turn, act if act in {EXPLAIN, *PARTS} else SHOW)]


class ActionFollowCase(SkillAction):
    """Begins or ends following a case."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_follow_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask which case, unless one has just been shown; "到期提醒我" may mean a plan."""
        if turn.entity(ACT) == QUIET or wants_no_news(turn.text):
            unfollow(turn, say, _number(turn))
            return finish_form(turn, say)
        if not turn.slots.get("case_shown") and means_plan(turn):
            return remind(turn, say)
        events = start_case(turn, FOLLOW)
        if turn.loop == "case_form":
            is_mine = turn.slots.get("case_number") in {None, MINE}
            first = "utter_cases_follow_find_first" if is_mine else "utter_cases_follow_prove_first"
            say.utter_message(response=first)
        return [*_spoken_of(turn), *events]


class ActionUrgeCase(SkillAction):
    """Begins urging a case."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_urge_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask which case, unless one has just been shown."""
        is_free = turn.loop is None and turn.entity("case_number") is None
        if is_free and turn.slots.get("focus") == TICKET:  # what was filed last is meant
            return action_named("action_start_ticket").act(turn, say)
        if is_free and turn.slots.get("focus") == MATTER and asks_if_quicker(turn.text):
            asked = replace(turn, intent="ask_time_limit")  # 能快点不 after a time was said
            return action_named("action_answer_time_limit").act(asked, say)
        events = start_case(turn, URGE)
        if turn.loop == "case_form" and turn.slots.get("case_number") in {None, MINE}:
            say.utter_message(response="utter_cases_find_first")
        return [*_spoken_of(turn), *events]


class ValidateCaseForm(ValidateForm):
    """Asks which case, and for the proof whose it is; a case once proven needs none."""

    form = "case_form"

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Look by the telephone where that is chosen instead, and say how where none can be told.

        "那我拿手机号查" where the proof of a number is asked for; "旅馆证" where the number is;
        "编号找不到了" where the telephone is, which does without it.
        """
        is_typed = turn.choice is None and turn.loop == self.form
        is_by_number = turn.requested == "case_credential"
        is_by_number = is_by_number and turn.slots.get("case_number") != MINE
        if is_typed and is_by_number and chooses_phone(turn.text):
            return self._accept(turn, {"case_number": MINE}, say, None)
        is_of_paper = turn.requested == "case_number" and names_only_paper(turn.text)
        is_of_paper |= turn.requested == "case_phone" and has_no_number(turn.text)
        if is_typed and misses_promise(turn.text):  # 超过承诺时间还没办下来咋整
            say.utter_message(response="utter_cases_promised_time")
            return self._ask_again(turn, say)
        if is_typed and is_of_paper:
            say.utter_message(response="utter_cases_ways")
            return self._ask_again(turn, say)
        return super()._read(turn, say)

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return the way without a number: "编号忘了" answers, though it sounds like a skip."""
        is_asked = turn.requested == "case_number" and turn.slots.get("case_number") is None
        number = check_phone(turn.entity("phone") or "")
        if is_asked and number.is_valid:  # 我是替我弟查的 他电话13500001111
            return {"case_number": MINE, "case_phone": number.value}
        return {"case_number": MINE} if is_asked and has_no_number(turn.text) else {}

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the number, and what is still needed to prove it."""
        which = Question(
            "case_number",
            asking("utter_cases_ask_number", _way_without_number),
            _parse_number,
            label=("编号", "单号", "办件号", "号码", "那个号", "这个号", "这号", "那号", "号在"),
            entity="case_number",
            why="utter_cases_why_number",
            show=_known_number,
            examples="utter_common_examples_case_number",
        )
        number = slots.get("case_number")
        if number == MINE:
            return (which, _phone(), _credential("utter_cases_ask_code_tail"))
        if number is not None and cases.is_proven(
            app().unit_of_work, number=str(number), conversation_id=turn.conversation_id
        ):
            return (which,)
        return (which, _credential("utter_cases_ask_credential", number=str(number)))


class ActionShowCase(SkillAction):
    """Shows, follows or urges the case after the check of identity."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say the same for "does not exist" and "not yours"."""
        number = str(turn.slots["case_number"])
        try:
            open_them = _open_mine if number == MINE else _open_one
            shown = open_them(turn, say, number)
        except cases.PlatformPending:
            _say_pending(say, number)
            shown = None
        except TooManyTries as error:
            say.utter_message(response="utter_cases_locked", until=spoken_moment(error.until))
            shown = None
        except NotVerified as error:
            missed = "utter_cases_mine_not_found" if number == MINE else "utter_cases_not_found"
            say.utter_message(
                response=missed,
                number=number,
                tail=str(turn.slots.get("case_credential") or ""),
                left=error.tries_left,
            )
            shown = None
        events = _about(turn, *shown) if shown else [SlotSet("case_shown", None)]
        return [*_forget(), *events, *finish_form(turn, say)]


def _say_pending(say: CollectingDispatcher, number: str) -> None:
    if number == MINE:
        say.utter_message(response="utter_cases_mine_pending")
    else:
        say.utter_message(response="utter_cases_platform_pending", number=number)


def _about(turn: Turn, number: str, matter_name: str) -> list[EventType]:
    """Return the events after which a case, and the matter that it is of, is talked about.

    A form that waits below keeps the matter that it is for.
    """
    shown = [SlotSet("case_shown", number), SlotSet("focus", CASE)]
    known = app().catalogue.matters.values()
    own = next((one.id for one in known if one.name == matter_name), None)
    waits = bool(turn.slots.get("open_forms")) or (own is None and bool(turn.slots.get(PAUSED)))
    about = [] if waits else [SlotSet("matter_id", own), SlotSet("focus_topic", None)]
    return [*shown, *about]


def _open_one(turn: Turn, say: CollectingDispatcher, number: str) -> tuple[str, str] | None:
    application = app()
    given = turn.slots.get("case_credential")
    try:
        view = cases.find_case(
            application.unit_of_work,
            number=number,
            credential=str(given) if given is not None else None,
            conversation_id=turn.conversation_id,
            now=application.now(),
            calendar=application.calendar,
            platform=application.platform,
        )
    except cases.CredentialNeeded:
        raise CaseNotVerified(0) from None
    answer(str(turn.slots.get("case_purpose") or SHOW), view, turn, say)
    return number, view.matter_name


def _open_mine(turn: Turn, say: CollectingDispatcher, _number: str) -> tuple[str, str] | None:
    application = app()
    found = identify(
        application.unit_of_work,
        phone=str(turn.slots["case_phone"]),
        credential=str(turn.slots["case_credential"]),
        conversation_id=turn.conversation_id,
        now=application.now(),
        platform=application.platform,
    )
    if found.trouble is not None:
        say.utter_message(response="utter_cases_mine_partly")
    listed = say_list(turn, say)
    return (listed[0].number, listed[0].matter_name) if len(listed) == 1 else None


def start_case(turn: Turn, purpose: str) -> list[EventType]:
    """Look up a case to show, follow or urge it; asks for what the sentence does not say."""
    number = _number(turn)
    code = _credit_code(turn)
    is_coded = code is not None and code.is_valid
    phone = _registered_phone(turn)
    if number is None and (
        is_coded or phone is not None or wants_list(turn.text) or has_no_number(turn.text)
    ):
        number = MINE
    kept = str(turn.slots.get("case_phone") or "")
    is_left = turn.loop is None and turn.slots.get("case_number") == MINE and bool(kept)
    if number is None and is_left and not asks_for_another(turn.text):
        number, phone = MINE, kept  # the search gave way to something else
    shown = turn.slots.get("case_shown")
    # what was handed in here is meant without a number; any other case is asked for
    is_meant = turn.slots.get("focus") == CASE or shown == turn.slots.get("apply_sent")
    is_here = turn.loop == "case_form" and not asks_for_another(turn.text)
    if number is None and (is_here or (turn.loop == "case_form" and purpose != SHOW)):
        number = turn.slots.get("case_number")  # being proven just now
    if number is None and (purpose != SHOW or (is_meant and not asks_for_another(turn.text))):
        number = shown
    return start_form(
        turn,
        "case_form",
        case_purpose=purpose,
        case_number=number,
        case_phone=phone if number == MINE else None,
        case_credential=code.value[-CREDENTIAL_LENGTH:] if code and is_coded else None,
    )


def _registered_phone(turn: Turn) -> str | None:
    """Return the telephone that a text gives in the place of a case's number; None for none."""
    given = turn.entity("phone") if turn.loop is None else None
    found = check_phone(given) if given else None
    return found.value if found is not None and found.is_valid else None


def _spoken_of(turn: Turn) -> list[EventType]:
    """Return the events that keep the matter named, so that "那正常得几天" means it."""
    matter = sure_matter(turn.entity("matter"))
    return [] if matter is None else on_matter(matter)


def _number(turn: Turn) -> str | None:
    """Return the number that the turn names: a whole one, or the tail of a proven one."""
    given = cases.normalise_case_number(turn.entity("case_number") or turn.text)
    fitting = () if given else _fitting(turn)
    return given or (fitting[0] if len(fitting) == 1 else None)


def _fitting(turn: Turn) -> tuple[str, ...]:
    return cases.recall_by_tail(
        app().unit_of_work, text=turn.text, conversation_id=turn.conversation_id
    )


def _forget() -> list[EventType]:
    # what has been proven is kept in the database, not the proof in the conversation
    return [
        SlotSet("case_number", None),
        SlotSet("case_phone", None),
        SlotSet("case_credential", None),
    ]


def _phone() -> Question:
    return Question(
        "case_phone",
        asking("utter_cases_ask_phone"),
        _parse_phone,
        label=("电话", "手机"),
        entity="phone",
        why="utter_cases_why_phone",
    )


def _credential(response: str, **values: str) -> Question:
    return Question(
        "case_credential",
        asking(response, None, **values),
        _parse_credential,
        label=("后四位", "尾号"),
        named_in=_is_tail_beside,
        why="utter_cases_why_credential",
        examples="utter_common_examples_tail",
    )


def _is_tail_beside(turn: Turn) -> bool:
    """Tell whether the last four signs are named beside a telephone: 后四位是1114."""
    has_phone = turn.entity("phone") is not None
    return has_phone and _TAIL.search(plain_digits(turn.text)) is not None


def _known_number(number: str) -> str:
    """Return the number as it is read out among what is known; "" for none."""
    return "" if number == MINE else known_item("编号", number)


def _way_without_number(_turn: Turn) -> list[dict[str, str]]:
    return [choice_button("case_number", MINE, ALL_MY_CASES)]


def _parse_number(turn: Turn) -> Answer:
    if chosen(turn, "case_number") == MINE:
        return Value(MINE, exact=True)
    number = _number(turn)
    if number is not None:
        return Value(number)
    code = _credit_code(turn)
    if code is not None and code.is_valid:
        return Value(MINE, exact=True)
    if turn.requested == "case_number" and (wants_list(turn.text) or has_no_number(turn.text)):
        return Value(MINE, exact=True)
    if turn.requested == "case_number" and check_phone(turn.entity("phone") or "").is_valid:
        return Value(MINE)
    if code is not None:
        return code_problem(code, None)
    if any(char.isdigit() for char in turn.text):
        is_tail = cases.read_tail(turn.text) is not None
        return Problem("utter_cases_tail_unknown" if is_tail else "utter_cases_number_bad")
    return None


def _credit_code(turn: Turn) -> CodeCheck | None:
    """Return the credit code that stands in the place of a case number, None for none."""
    named = turn.entity("credit_code")
    return check_credit_code(named) if named else None


def _parse_phone(turn: Turn) -> Answer:
    found = check_phone(turn.entity("phone") or turn.text)
    if found.is_valid:
        return Value(found.value)
    # it is only compared with what was registered, which may be an old number
    digits = "".join(char for char in plain_digits(turn.text) if char.isdigit())
    if found.fault is PhoneFault.WRONG_LENGTH:  # a mobile with a digit too few or too many
        return Problem("utter_common_phone_bad", {"digits": found.digits})
    if SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE:
        return Value(digits)
    return Problem("utter_cases_phone_bad") if digits else None


def _parse_credential(turn: Turn) -> Answer:
    said = plain_digits(turn.text)  # 一一零二
    tail = _TAIL.search(said)
    if tail is not None:  # 电话是0635…，信用代码后四位1114
        return Value(tail["tail"].upper())
    if turn.slots.get("case_number") == MINE and check_phone(turn.entity("phone") or "").is_valid:
        return None  # another telephone, to be tried in the place of the one given
    characters = "".join(char for char in said if char.isascii() and char.isalnum())
    if len(characters) >= CREDENTIAL_LENGTH:
        return Value(characters[-CREDENTIAL_LENGTH:].upper())
    return Problem("utter_cases_credential_bad") if characters else None
