"""Answers what was just asked of one matter for another, or for one more case of it.

"换成公司呢，走简易的", "二类的呢，也是许可吗", "小微企业也得交？": the matter stands in a row with
the one spoken of, or is that one.
"""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import offered_plan
from actions.questions.faq_asked import FEE, event_matters
from actions.questions.matter_faqs import AMONG_FEW, say_question, says_question_among, utter
from actions.questions.sure_question import FITS
from actions.steering.not_recorded import say_recorded
from actions.trades.start_answers import STARTUP, own_matters, trade_matters
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import Focus, matter_in_focus, on_matter, read_focus
from actions.turns.forms_named import find_enterprise_type
from actions.turns.history import slot_values, typed_before
from actions.turns.names import (
    CLEAR_SCORE,
    COMPANY,
    ENDS,
    ending_of,
    is_of_another_form,
    is_of_form,
)
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.services.finding.record_lines import is_of_row
from bot.services.words.follow_up import (
    asks_if_counts,
    asks_if_same,
    asks_of_one,
    asks_to_pay,
    asks_to_refrain,
    kind_asked,
    speaks_of_duty,
)
from bot.services.words.matter_remarks import asks_whether_needed
from bot.services.words.remarks import asks_the_same_of, clauses, thing_asked_of

SURE = 0.4
"""How well what was asked before must fit a licence of another trade."""

KIND = 2
"""Signs of a name that say what it is about: 消防 in 消防验收."""

_WHOM = re.compile("(?:找|归|去|由)[^，,]{1,8}(?:吗|不|么|管|办|批)")
"""Asks whom to turn to."""

LATELY = 3
"""Matters spoken of before that one may still mean."""


def answer_of_form(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how a business of the form that is named ends, after that of another: 那个体户呢."""
    kind = find_enterprise_type(turn.entity("enterprise_type"))
    event = app().catalogue.life_events.get(offered_plan(turn) or "")
    first, *more = clauses(turn.text) or [turn.text]
    if kind is None or not asks_the_same_of(first):
        return []
    among = event_matters(turn, event) if event is not None else _endings_spoken_of(turn, kind)
    of_form = [one for one in among if is_of_form(one, kind)]
    told = [one for one in of_form if any(_shares_kind(part, one.name) for part in more)]
    own = next(iter([*told, *of_form]), None)  # 换成公司呢，走简易的
    if own is None:
        return []
    before = turn.text if more else typed_before(turn)  # 换成个体户呢，也得公示二十天
    asked = app().question_finder.among(before, [own], FITS) if before else None
    if asked is not None:  # 换成个体户呢, after 公示几天
        say_question(turn, asked, say)
    else:
        say_answer("procedure", own, say)
    return on_matter(own, "procedure")


def _endings_spoken_of(turn: Turn, kind: EnterpriseType) -> list[Matter]:
    """Return how a business of a form ends, where that of another form was spoken of before."""
    known = app().catalogue.matters
    spoken = [known[one] for one in slot_values(turn, "matter_id")[-LATELY:] if one in known]
    return [ending_of(one, kind) for one in reversed(spoken) if is_of_another_form(one, kind)]


def answer_of_its_kind(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what was just asked for the one matter beside it in its row: 三类呢."""
    spoken = read_focus(turn)
    word = turn.entity("matter")
    is_free = turn.loop is None and not spoken.is_plan
    is_free &= word is None or (spoken.matter is not None and word in spoken.matter.name)
    first, *more = clauses(turn.text) or [turn.text]
    kind = kind_asked(first)  # 那登记表那种要等几天
    is_same = asks_the_same_of(first) or asks_of_one(first) or kind is not None
    if spoken.matter is None or not is_free or not is_same:
        return []
    thing = kind or thing_asked_of(first)
    if spoken.topic and not more and _is_part_of(thing, spoken.matter):  # 要是做报告书呢
        say_answer(spoken.topic, spoken.matter, say)
        return on_matter(spoken.matter, spoken.topic)
    other = _in_its_row(thing, spoken.matter) or (_clearly(thing) if more else None)
    if other is None or other.id == spoken.matter.id:
        return []
    topic = spoken.topic or "eligibility"
    if more or kind:  # 二类的呢，也是许可吗
        usual = "place" if _WHOM.search(turn.text) else "eligibility"  # 也是找供电公司吗
        topic = next(iter(app().dialogue_words.topics_in(turn.text)), usual)
    if not (more or kind) or not says_question_among(turn.text, [other], say, FITS):
        say_answer(topic, other, say)
    return on_matter(other, topic)


def says_for_form(
    turn: Turn, spoken: Focus, kind: EnterpriseType, say: CollectingDispatcher
) -> bool:
    """Say of a matter that is for any form of business that another form changes nothing.

    换成个体户呢, after the papers of a licence; False where the form has a matter of its own.
    """
    known, is_named = spoken.matter, turn.entity("matter") or turn.entity("industry")
    if known is None or is_named or len(clauses(turn.text)) > 1:
        return False
    if known.category in {STARTUP, ENDS} or ending_of(known, kind) is not known:
        return False
    is_for_some = any("公司" in one or "企业" in one for one in known.applicants)
    if is_for_some and kind.id != COMPANY:
        say_answer("eligibility", known, say)
        return True
    say_answer(spoken.topic or "eligibility", known, say)
    say.utter_message(response="utter_matters_same_for_form", form=kind.name)
    return True


def answer_of_trade(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what was just asked for the licences of another trade: 教跳舞的培训班也一样不."""
    before, trade = typed_before(turn), trade_of(turn.entity("industry"))
    if before is not None and turn.loop is None and (same := _of_its_licence(turn, before, say)):
        return same
    if before is None or trade is None or turn.loop is not None or not asks_if_same(turn.text):
        return []
    asked = app().question_finder.among(before, own_matters(trade), SURE)
    if asked is None:
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, "eligibility")


def _of_its_licence(turn: Turn, before: str, say: CollectingDispatcher) -> list[EventType]:
    """Say what another trade wants that wants the licence just asked about: 洗脚房呢, 足疗的呢."""
    spoken = matter_in_focus(turn)
    is_same = turn.text.rstrip("?？").endswith("呢") and asks_whether_needed(before)
    if spoken is None or not is_same or turn.entity("matter"):
        return []
    word = turn.entity("industry") or thing_asked_of(turn.text).removesuffix("的")
    trade = trade_of(word) if len(word) >= KIND else None
    if trade is None or [one.id for one in own_matters(trade)] != [spoken.id]:
        return []
    matters = ITEM_MARK.join(dict.fromkeys(one.name for one in trade_matters(trade)))
    say.utter_message(response="utter_start_business_needs", trade=word, matters=matters)
    return on_matter(spoken, "eligibility")


def answer_if_paid(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the fee again to who asks, right after it, if they too pay: 小微企业也得交吗."""
    spoken = read_focus(turn)
    is_free = turn.entity("matter") is None and (turn.loop is not None or not spoken.is_plan)
    matter = spoken.matter if turn.loop is None else matter_in_focus(turn)
    if matter is None or spoken.topic != FEE or not is_free or not asks_to_pay(turn.text):
        return []
    if asks_to_refrain(turn.text):  # 公积金能不能不交 is a duty, and no fee of its registration
        duty = next((faq for faq in matter.faqs if speaks_of_duty(faq.question)), None)
        if duty is None:
            return say_recorded(turn, matter, say)
        utter(faq_answer(duty), say)
        return on_matter(matter, FEE)
    if not says_question_among(turn.text, [matter], say, FITS):
        say_answer(FEE, matter, say)
    return on_matter(matter, FEE)


def answer_if_counted(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say who needs the matter spoken of where it is asked if a thing belongs to it."""
    spoken = matter_in_focus(turn)
    if spoken is None or turn.entity("matter") is not None or not asks_if_counts(turn.text):
        return []
    if app().dialogue_words.topics_in(turn.text):  # 补的时候钱咋算
        return []
    if not says_question_among(turn.text, [spoken], say, AMONG_FEW):
        say_answer("eligibility", spoken, say)
    return on_matter(spoken, "eligibility")


def _clearly(thing: str) -> Matter | None:
    """Return the matter that a bare word means clearly: 燃气, after power; None for none."""
    best = next(iter(app().matter_resolver.rank(thing, 1)), None)
    return app().catalogue.matter(best.matter_id) if best and best.score >= CLEAR_SCORE else None


def _is_part_of(thing: str, known: Matter) -> bool:
    """Tell whether a name holds what is named beside others: 报告书 of 报告书/报告表."""
    part = re.sub("^(?:[做办走编]|[定算]成?)", "", thing).removesuffix("的")
    return "/" in known.name and len(part) > KIND and part in known.name


def _in_its_row(thing: str, known: Matter) -> Matter | None:
    """Return the one matter whose name differs from another's by what is named: 第三类医疗器械."""
    thing = thing.removesuffix("的")
    if len(thing) < KIND or thing in known.name:
        return None
    named = [one for one in app().catalogue.matters.values() if thing in one.name]
    near = [one for one in named if is_of_row(known.name, one.name)]
    return near[0] if len(near) == 1 else None


def _shares_kind(text: str, name: str) -> bool:
    """Tell whether two signs in a row of a name stand in a text: 简易."""
    return any(name[at : at + KIND] in text for at in range(len(name) - KIND + 1))
