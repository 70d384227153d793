"""Questions that several forms ask: yes or no, options, district, telephone, free text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.question import Answer, Problem, Question, Value
from actions.turns.beside import value_meant
from actions.turns.buttons import ITEM_MARK, choice_button
from actions.turns.focus import PLANNING
from actions.turns.history import typed_before
from actions.turns.places import district_in, find_district
from actions.turns.turn import Turn
from bot.documents.known_text import known_item
from bot.documents.labels import INSIST, PHONE
from bot.domain.places import District
from bot.services.reading.answers import (
    option_begun,
    read_option,
    read_verb,
    read_yes_no,
    read_yes_no_part,
)
from bot.services.reading.called_names import may_be_called, may_be_insisted_on, may_name_firm
from bot.services.reading.identifiers import (
    CodeCheck,
    CodeFault,
    PhoneFault,
    check_credit_code,
    check_phone,
)
from bot.services.reading.numerals import NotANumber, read_number
from bot.services.reading.spoken_names import (
    as_typed,
    is_department,
    names_nothing,
    spoken_name,
    told_name,
)
from bot.services.words.form_remarks import confirms, leaves_to_us
from bot.services.words.remarks import clauses, urges_on
from bot.services.words.story import asks_something
from bot.services.words.ticket import agrees_to_file
from bot.services.words.told import thing_done

__all__ = [
    "NO",
    "NONE",
    "YES",
    "asking",
    "business_name",
    "choice_button",
    "chosen",
    "code_problem",
    "confirming",
    "credit_code",
    "district",
    "free_text",
    "left_to_us",
    "number",
    "option",
    "phone",
    "yes_no",
]

MAX_FREE_TEXT = 1000
"""Characters of free text that are kept in a slot; the whole message stays in the transcript."""

YES, NO = "yes", "no"
NEVER_A_NAME = frozenset(
    {"credit_code", "date", "district", "id_number", "phone", "service_mode", "time"}
)
"""Entities that answer other questions than one for a name."""

NEVER_A_STORY = frozenset({"credit_code", "id_number", "phone"})
"""Entities that alone tell nothing of what happened."""

MARKED = "mark_done"
NONE = "none"
"""Slot value of an optional answer that was left out."""

_GIVEN_NUMBER = re.compile(r"(电话|手机|联系方式)[^，,。\d]{0,6}[，,：: ]?1\d{6,13}(?!\d)")
"""A word of a telephone and digits that look like one, some of which may be missing."""

_OF_PLACE = "区县市"
"""A name that begins so was cut behind the place that stands in it."""

SHORTEST_CODE = 10
"""Letters and digits from which a text is taken for an attempt at a credit code."""


def chosen(turn: Turn, slot: str) -> str | None:
    """Return the value of a button of this slot, if that is what was pressed."""
    return turn.choice[1] if turn.choice and turn.choice[0] == slot else None


def confirming(slot: str, yes: str, no: str) -> Callable[[Turn], list[dict[str, str]]]:
    """Return the two buttons under what was read back, with titles of their own."""
    return lambda _: [choice_button(slot, YES, yes), choice_button(slot, NO, no)]


def asking(
    response: str,
    buttons: Callable[[Turn], Sequence[Mapping[str, str]]] | None = None,
    **values: Any,
) -> Callable[[Turn, CollectingDispatcher], None]:
    """Return an `ask` that utters one response, with buttons made for the turn."""

    def ask(turn: Turn, say: CollectingDispatcher) -> None:
        made = [dict(button) for button in buttons(turn)] if buttons else []
        say.utter_message(response=response, buttons=made, **values)

    return ask


def yes_no(
    slot: str,
    ask: Callable[[Turn, CollectingDispatcher], None],
    *,
    label: tuple[str, ...] = (),
    when_unknown: str | None = None,
    why: str = "utter_common_why",
    verbs: str = "",
) -> Question:
    """Return a question answered by yes or no, or one of its verbs; the slot keeps yes or no."""

    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, slot)
        if pressed is not None:
            return Value(pressed, exact=True) if pressed in {YES, NO} else None
        # "拿到手了" marks a step of a plan, unless it answers whether something is there
        is_other = turn.loop in PLANNING and thing_done(turn.text)  # 施工队找好了
        is_marked = turn.intent == MARKED and not slot.endswith("_confirmed")
        intent = "affirm" if is_marked else turn.intent
        answer = read_yes_no(turn.text, "inform" if is_other else intent)
        if answer is None and turn.requested == slot:
            answer = True if confirms(turn.text) else read_yes_no_part(clauses(turn.text))
            answer = read_verb(turn.text, verbs) if answer is None else answer
        # where another question is open, only bare words are an answer to this one
        if answer is None or (turn.requested != slot and turn.intent != "inform"):
            return None
        return Value(YES if answer else NO, exact=True)

    return Question(
        slot,
        ask,
        parse,
        label=label,
        when_unknown=when_unknown,
        why=why,
        show=(lambda value: _yes_or_no(label[0], value)) if label else None,
        yes_no=True,
        examples="utter_common_examples_yes_no",
    )


def _yes_or_no(label: str, value: object) -> str:
    """Return "雇人：否"; "" for an answer that was left out."""
    return known_item(label, value) if value in {YES, NO} else ""


def number(
    slot: str,
    ask: Callable[[Turn, CollectingDispatcher], None],
    *,
    read: Callable[[str], float] = read_number,
    label: tuple[str, ...] = (),
    when_unknown: float | None = None,
    why: str = "utter_common_why",
) -> Question:
    """Return a question answered by an amount greater than zero."""

    def parse(turn: Turn) -> Answer:
        try:
            amount = read(chosen(turn, slot) or turn.text)
        except NotANumber:
            return None
        if not 0 < amount < 1e9:  # noqa: PLR2004 - larger than any plot of land in square metres
            return Problem("utter_common_amount_bad")
        return Value(amount)

    return Question(
        slot,
        ask,
        parse,
        label=label,
        when_unknown=when_unknown,
        why=why,
        examples="utter_common_examples_number",
    )


def option(
    slot: str,
    ask: Callable[[Turn, CollectingDispatcher], None],
    options: Mapping[str, str],
    *,
    label: tuple[str, ...] = (),
    when_unknown: str | None = None,
    why: str = "utter_common_why",
) -> Question:
    """Return a question answered by one of several options (key to the name people see)."""

    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, slot)
        if pressed is not None:
            return Value(pressed, exact=True) if pressed in options else None
        key = read_option(turn.text, options)
        if key is None and turn.requested == slot:
            key = option_begun(turn.text, options)
        return None if key is None else Value(key, exact=len(turn.text) <= len(options[key]) + 2)

    return Question(
        slot,
        ask,
        parse,
        label=label,
        when_unknown=when_unknown,
        why=why,
        show=lambda key: options.get(str(key), ""),
        examples="utter_common_examples_option",
        example_values={"options": ITEM_MARK.join(options.values())},
    )


def left_to_us(
    question: Question, usual: str, unless: Callable[[str], bool] = lambda _: False
) -> Question:
    """Return a question that must be answered, and that "随便" answers with the usual value.

    Args:
        question: The question.
        usual: The value that it takes then.
        unless: Tells whether such a text leaves another question to us: "哪天都行".
    """

    def is_left(turn: Turn) -> bool:
        is_open = turn.requested == question.slot and not unless(turn.text)
        return is_open and any(map(leaves_to_us, (turn.text, *clauses(turn.text))))

    def parse(turn: Turn) -> Answer:
        answer = question.parse(turn)
        return Value(usual, exact=True) if answer is None and is_left(turn) else answer

    return replace(question, parse=parse, named_in=is_left)


def district(slot: str, response: str, *, when_unknown: str | None = None) -> Question:
    """Return a question answered by a county, district or functional zone; keeps its code."""

    def buttons(_: Turn) -> list[dict[str, str]]:
        places = app().catalogue.districts.values()
        return [choice_button(slot, place.id, place.name) for place in places]

    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, slot)
        if pressed is not None:
            known = {place.id for place in app().catalogue.districts.values()}
            return Value(pressed, exact=True) if pressed in known else None
        for text in (turn.entity("district"), turn.text):
            found = find_district(text)
            if found is not None:
                return Value(found.id, exact=len(turn.text) <= len(found.name) + 2)
        named = district_in(turn) or (_place_begun(turn.text) if turn.requested == slot else None)
        return Value(named.id) if named is not None else None

    def show(place_id: str) -> str:
        places = app().catalogue.districts.values()
        return next((place.name for place in places if place.id == place_id), "")

    return Question(
        slot,
        asking(response, buttons),
        parse,
        label=("地区", "区县", "地方", "地界", "地儿", "哪个区", "地点", "地址"),
        entity="district",
        named_in=lambda turn: district_in(turn) is not None,
        when_unknown=when_unknown,
        show=show,
        examples="utter_common_examples_district",
    )


def _place_begun(text: str) -> District | None:
    """Return the only place of which a short text says the beginning: 高新 for 高新区."""
    places = {place.id: place for place in app().catalogue.districts.values()}
    names = {(one.id, name): name for one in places.values() for name in one.aliases}
    begun = option_begun(text, {"\n".join(key): name for key, name in names.items()})
    return None if begun is None else places[begun.partition("\n")[0]]


def _gives_number(turn: Turn) -> bool:
    """Tell whether a telephone is given, though it may be none: "电话留我的吧 1385350671"."""
    return _GIVEN_NUMBER.search(turn.text) is not None


def phone(slot: str, response: str) -> Question:
    """Return a question answered by a telephone number."""

    def parse(turn: Turn) -> Answer:
        found = check_phone(value_meant(turn, "phone") or turn.text)
        if found.is_valid:
            return Value(found.value)
        if turn.entity("case_number"):
            return None  # its digits are no mistyped telephone
        if found.fault is PhoneFault.NO_DIGITS:
            return None
        if found.fault is PhoneFault.MISSING_AREA_CODE:
            return Problem("utter_common_phone_area_code")
        return Problem("utter_common_phone_bad", {"digits": found.digits})

    return Question(
        slot,
        asking(response),
        parse,
        label=("电话", "手机", "号码", "联系方式", "匿名"),
        entity="phone",
        named_in=_gives_number,
        show=lambda value: known_item(PHONE, value),
        why="utter_common_why_phone",
        examples="utter_common_examples_phone",
    )


def business_name(slot: str, response: str, label: tuple[str, ...]) -> Question:
    """Return a question for the name of a business; who says that there is none is told more."""
    named = free_text(slot, response, label=label, entity="company_name", is_name=True)

    def parse(turn: Turn) -> Answer:
        if turn.requested == slot and names_nothing(turn.text):
            return Problem("utter_common_own_name")
        return named.parse(turn)

    return replace(named, parse=parse)


def _is_no_name(turn: Turn, *, is_own: bool) -> bool:
    """Tell whether a text is no name: 同意 and 那吹吧, or, for one's own, 食品证变更."""
    text = turn.text
    if read_yes_no(text) is not None or urges_on(text) or agrees_to_file(text):
        return True
    return is_own and turn.entity("matter") is not None and told_name(turn.text) is None


def _may_be_name(turn: Turn, said: str, *, is_own: bool) -> bool:
    """Tell whether what was said where a name is asked for can be one: 材料我都备齐了 cannot."""
    if turn.entity("company_name") is not None:
        return True
    if may_be_insisted_on(said) and typed_before(turn) == (turn.typed or turn.text):
        return True  # 高不乐, for the second time
    name = told_name(turn.text) or said
    if is_own:
        return (len(name) == 1 and name != turn.text) or may_be_called(name)
    return turn.entity("industry") is not None or may_name_firm(name)


def credit_code(slot: str, response: str) -> Question:
    """Return a question answered by a unified social credit code; it may be left out.

    A wrong code is refused with the place of the fault; one that only fails its check digit may be
    insisted on, because a few early codes do.
    """

    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, slot)
        check = check_credit_code(pressed or turn.entity("credit_code") or turn.text)
        if check.is_valid or (pressed and check.may_insist):
            return Value(check.value)
        signs = sum(sign.isalnum() and not "\u4e00" <= sign <= "\u9fff" for sign in turn.text)
        is_tried = min(check.length, signs) >= SHORTEST_CODE
        return code_problem(check, slot) if is_tried else None

    return Question(
        slot,
        asking(response),
        parse,
        label=("信用代码", "代码"),
        skipped="utter_common_left_out",
        is_optional=True,
        entity="credit_code",
        when_unknown=NONE,
        why="utter_common_why_credit_code",
        examples="utter_common_examples_credit_code",
    )


def code_problem(check: CodeCheck, slot: str | None) -> Problem:
    """Return what is wrong with a credit code; a button insists on it where a slot takes it."""
    if check.fault is CodeFault.WRONG_LENGTH:
        return Problem("utter_common_credit_code_length", {"length": check.length})
    values = {"position": check.position, "found": check.found, "expected": check.expected}
    if check.fault is CodeFault.WRONG_CHECK_DIGIT:
        insist = (choice_button(slot, check.value, INSIST),) if slot else ()
        return Problem("utter_common_credit_code_check_digit", values, insist)
    if check.expected is None:
        return Problem("utter_common_credit_code_character", values)
    return Problem("utter_common_credit_code_look_alike", values)


def _tells_more(turn: Turn) -> bool:
    """Tell whether a text is more than a number or another answer: no story is a telephone."""
    rest = turn.text
    for entity in turn.entities:
        rest = rest.replace(entity.value, "") if entity.name in NEVER_A_STORY else rest
    return any(map(str.isalnum, rest))


def _is_cut_short(turn: Turn, name: str) -> bool:
    """Tell whether a name was cut behind a number in it: 示例五号餐饮店 is one name, and no day."""
    found = next((e for e in turn.entities if e.value == name), None)
    if name.startswith(tuple(_OF_PLACE)):  # 东昌府 | 区老王大酒店
        return turn.text.endswith(name) and len(clauses(turn.text)) == 1
    is_end = found is not None and turn.text.endswith(name) and len(clauses(turn.text)) == 1
    dates = (e for e in turn.entities if e.name in {"date", "time"})
    return is_end and found is not None and any(e.end == found.start for e in dates)


def free_text(
    slot: str,
    response: str,
    *,
    label: tuple[str, ...] = (),
    when_unknown: str | None = None,
    shortest: int = 2,
    entity: str | None = None,
    buttons: Callable[[Turn], Sequence[Mapping[str, str]]] | None = None,
    is_story: bool = False,
    is_name: bool = False,
) -> Question:
    """Return a question answered by whatever is said; a story may be long and tell of wishes.

    Of a name only the name is kept, and what tells other things only is no answer.
    """

    def parse(turn: Turn) -> Answer:
        named = turn.entity(entity) if entity else None
        if is_name and named and _is_cut_short(turn, named):
            named = turn.text
        # "甲公司，开发区的" tells more than the name that is asked for
        is_beside = turn.requested != slot or len(turn.entities) > 1 or len(clauses(turn.text)) > 1
        if is_story and not _tells_more(turn):
            return None
        whole = (turn.typed or turn.text) if is_story else turn.text
        text = named if entity and (is_beside and (named or turn.requested != slot)) else whole
        if is_name and turn.requested == slot and _is_no_name(turn, is_own=entity is None):
            return None
        if is_name and turn.requested == slot and not named and asks_something(turn.text):
            return None  # "能带老伴一起吗" is a question
        if is_name and turn.requested == slot and text == turn.text:
            said = spoken_name(text, [e.value for e in turn.entities if e.name in NEVER_A_NAME])
            if said is not None and is_department(said):
                return Problem("utter_common_own_name", is_sure=True)
            if said is None or not _may_be_name(turn, said, is_own=entity is None):
                return None
            text = said
        if not text or len(text) < shortest or not any(char.isalnum() for char in text):
            return Problem("utter_common_say_more") if turn.requested == slot else None
        return Value((as_typed(text, turn.typed) if is_name else text)[:MAX_FREE_TEXT])

    return Question(
        slot,
        asking(response, buttons),
        parse,
        label=label,
        entity=entity,
        free_text=True,
        is_story=is_story,
        examples="utter_common_examples_text",
        skipped="utter_common_left_out",
        when_unknown=when_unknown,
    )
