"""Takes what is told between two questions of a plan and answers none: 房子租好了, 村里同意了.

Such a clause is heard, and the open question follows again. It is no yes to it, skips nothing,
changes no trade and opens nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.question import AREA, Question, Value
from actions.funding.kinds import OWNER, of_kind
from actions.funding.listed import LOAN
from actions.plans.area import steps_talked_about
from actions.questions.each_question import as_one
from actions.questions.found_question import says_likeliest
from actions.questions.matter_faqs import say_question, utter
from actions.trades.start_answers import TRADE
from actions.turns.beside import clause_turn
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import JOURNEY_FORMS
from actions.turns.names import is_founding, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.eligibility import Standing, Truth, evaluate
from bot.domain.policies import Policy
from bot.services.times.local_time import local_day
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.told import (
    BEGUN_WITHOUT,
    FROM_ELSEWHERE,
    Remark,
    Told,
    is_work,
    person_told,
    question_without,
    remark_in,
    thing_lacked,
)

FOUNDER, MOST = "创业", 2
"""Stands in what helps a founder, and how many policies are named."""

SURE_ASKED = 0.8
"""How well a question of the catalogue must fit what is lacking."""

SHOPS = JOURNEY_FORMS["start_business"]
"""Form of who opens a business, whom founders' policies may help."""

LEFT = "呢"
"""Ends what is told, and sounds like a question."""

ToldBy = Callable[[Turn], Mapping[str, Any]]


def told_apart(turn: Turn, opened: Question | None, told: ToldBy) -> list[Remark]:
    """Return what the clauses tell that answer nothing, if no clause does anything else.

    Args:
        turn: The message.
        opened: The open question.
        told: Reads what a clause answers by the way.
    """
    if turn.choice is not None or opened is None or opened.free_text:
        return []
    found = [_remark(turn, part, opened, told) for part in clauses(turn.text) or [turn.text]]
    return [one for one in found if one is not None] if all(found) else []


def without_told(turn: Turn, opened: Question | None, told: ToldBy) -> Turn:
    """Return the message without the clauses that only tell, where the rest answers.

    "装修完了，一百二十平" tells an area, and no other trade. Who lacks what is asked for leaves it
    out (地方还没定呢).
    """
    parts = clauses(turn.text)
    if turn.choice is not None or opened is None or opened.free_text:
        return turn
    if len(parts) == 1:
        is_left = not opened.yes_no and opened.is_called(thing_lacked(turn.text))
        return (
            replace(turn, intent="skip", confidence=1.0, text=parts[0].removesuffix(LEFT))
            if is_left
            else turn
        )
    rest = [part for part in parts if _remark(turn, part, opened, told) is None]
    if not rest or len(rest) == len(parts) or any(map(asks, rest)):
        return turn
    said = as_one(turn, "，".join(rest))
    is_answer = bool(told(said)) or isinstance(opened.parse(said), Value)
    return said if is_answer else turn


def _remark(turn: Turn, part: str, opened: Question, told: ToldBy) -> Remark | None:
    """Return what a clause only tells; None where it answers, or may be anything else."""
    remark = remark_in(part)
    said = replace(clause_turn(turn, part), intent="inform", confidence=1.0)
    if remark is None or _is_answer(said, remark, opened):
        return None
    is_new = any(turn.slots.get(slot) != value for slot, value in told(said).items())
    return None if is_new else remark  # 已经盖了一半了, of what is built anew


def _is_answer(said: Turn, remark: Remark, opened: Question) -> bool:
    """Tell whether a clause speaks of what is asked, or answers it in other words."""
    if remark.kind in {Told.DONE, Told.LACKS} and opened.is_called(remark.thing):
        return True  # 面积还没量
    is_counted = opened.slot.endswith(AREA)  # 押金交了三千
    if opened.slot == TRADE or is_counted or remark.kind is Told.HEARD:
        return False
    if opened.yes_no and (remark.kind is Told.OTHERS or is_work(remark.thing)):
        return False  # 正装修呢, where it is asked if works on the rooms are special
    return isinstance(opened.parse(said), Value)


def say_told(turn: Turn, told: Sequence[Remark], say: CollectingDispatcher) -> None:
    """Say what there is to say to what was told: a licence got, help for a founder, else a nod."""
    if any(_says(turn, one, say) for one in told):
        return
    is_heard = any(one.kind is Told.HEARD for one in told)
    is_lacking = any(one.kind in {Told.LACKS, Told.MONEY} for one in told)
    nod = "utter_plan_go_on" if is_heard else "utter_plan_heard"
    say.utter_message(response="utter_plan_lacks_no_matter" if is_lacking else nod)


def _says(turn: Turn, told: Remark, say: CollectingDispatcher) -> bool:
    """Say what there is to say to one remark; False where a nod is all."""
    if told.kind is Told.ANYBODY:
        return turn.loop == SHOPS and _says_who_may(say)
    if told.kind is Told.BEGUN:
        return _answers(BEGUN_WITHOUT.get(str(turn.loop), ""), turn, say)
    if told.kind is Told.PERSON:
        return _says_policies(for_group(turn.text), say)
    if told.kind is Told.MONEY:
        return turn.loop == SHOPS and _says_policies(loans(), say)
    if told.kind is Told.LACKS:
        return _says_without(turn, told.thing, say)
    return told.kind is Told.DONE and _says_done(turn, told.thing, say)


def _says_without(turn: Turn, thing: str, say: CollectingDispatcher) -> bool:
    """Say what the catalogue holds on a thing that is lacking: 没有房产证; False for nothing."""
    return _answers(question_without(thing), turn, say) or says_likeliest(turn, say)


def _says_who_may(say: CollectingDispatcher) -> bool:
    """Say that nobody is kept from opening a shop by age or place; False for nothing recorded."""
    kinds = app().catalogue.enterprise_types.values()
    matters = [app().catalogue.matter(kind.matter_id) for kind in kinds]
    known = ((one, faq) for one in matters for faq in one.faqs if FROM_ELSEWHERE in faq.question)
    found = next(known, None)
    if found is not None:
        utter(faq_answer(found[1], found[0]), say)
    return found is not None


def _answers(question: str, turn: Turn, say: CollectingDispatcher) -> bool:
    asked = app().question_finder.best_of_all(question)
    if asked is None or asked.score < SURE_ASKED:
        return False
    say_question(turn, asked, say)
    return True


def _says_done(turn: Turn, thing: str, say: CollectingDispatcher) -> bool:
    """Say how a licence that is there already is counted; False where it is none of the plan."""
    planned = [step.matter for step in steps_talked_about(turn) if step.matter]
    kinds = {kind.matter_id for kind in app().catalogue.enterprise_types.values()}
    named = sure_matter(thing)
    meant = [one for one in planned if one == named or (is_founding(thing) and one.id in kinds)]
    matter = next(iter(meant), None)
    if matter is None:
        return False
    say.utter_message(response="utter_plan_done_before", matter=matter.name, thing=thing)
    return True


def _says_policies(found: Sequence[Policy], say: CollectingDispatcher) -> bool:
    if found:
        names = ITEM_MARK.join(f"“{one.name}”" for one in found[:MOST])
        say.utter_message(response="utter_plan_policies_beside", policies=names)
    return bool(found)


def for_group(text: str) -> list[Policy]:
    """Return the policies in force that a founder of the group that a text tells may get."""
    group = next(filter(None, map(person_told, clauses(text))), None)
    if group is None:
        return []
    today = local_day(app().now())
    seen = (evaluate(one, {OWNER: group}, today) for one in app().catalogue.policies.values())
    return [
        one.policy
        for one in seen
        if one.standing in {Standing.IN_FORCE, Standing.NEEDS_CHECK}
        and any(c.criterion.field == OWNER and c.truth is Truth.MET for c in one.clauses)
    ]


def loans() -> list[Policy]:
    """Return the loans that are made for founders."""
    return [one for one in of_kind(FOUNDER, LOAN) if FOUNDER in one.name]
