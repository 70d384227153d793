"""Says whether goods may be sold and what that wants: 啤酒能卖不, 血压计跟隐形眼镜能搁一块卖不."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.planned import planned_matters
from actions.questions.matter_faqs import utter
from actions.trades.start_answers import TRADE, trade_matters
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import texts_before
from actions.turns.intent_groups import JOURNEYS
from actions.turns.turn import Turn
from bot.documents.matter_text import MatterAnswer, answer, faq_answer, source_line
from bot.domain.facts import Faq
from bot.domain.goods import Goods
from bot.services.finding.goods_finder import GoodsAsked

FITS = 0.5
"""From this fit on a question of the matter spoken of, or of the goods' own, goes before."""

START, TOPIC = "start_business", "eligibility"


def answer_goods_asked(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for each of the goods that a text asks to sell; no events for anything else."""
    is_else = turn.choice is not None or turn.entity("policy") is not None
    is_else |= turn.intent in JOURNEYS and turn.loop is None  # 开个驿站 顺便卖点水 要什么证
    asked = () if is_else else _asked(turn)
    spoken = matter_in_focus(turn) if asked else None
    if spoken is not None and app().question_finder.among(turn.text, [spoken], FITS) is not None:
        return []
    for one in asked:
        _say(turn, one, say)
    known = [one.kind.matter_id for one in asked if one.kind.matter_id is not None]
    if not known:
        return [SlotSet("focus_topic", read_focus(turn).topic)] if asked else []
    return on_matter(app().catalogue.matter(known[-1]), TOPIC)


def _asked(turn: Turn) -> tuple[GoodsAsked, ...]:
    """Return what is asked to be sold; "烟花呢" goes on with such a question."""
    finder = app().goods_finder
    before = [*texts_before(turn)][-1:]
    return finder.asked(turn.text) or (finder.gone_on(before[0], turn.text) if before else ())


def _say(turn: Turn, asked: GoodsAsked, say: CollectingDispatcher) -> None:
    kind = asked.kind
    if kind.matter_id is None:
        assert kind.provenance is not None
        utter(MatterAnswer(kind.text, source_line(kind.provenance)), say)
        return
    matter = app().catalogue.matter(kind.matter_id)
    say.utter_message(response="utter_start_business_goods", thing=asked.name, matter=matter.name)
    faq = _faq(turn, kind)
    utter(answer(TOPIC, matter) if faq is None else faq_answer(faq), say)


def _faq(turn: Turn, kind: Goods) -> Faq | None:
    """Return the question that tells of the goods, for the shop spoken of where there is one."""
    known = app().catalogue.matters
    own = [known[one] for one in {kind.matter_id, *(a.matter_id for a in kind.answers)} if one]
    said = app().question_finder.among(turn.text, own, FITS)
    meant = kind.answer_for(_wanted(turn))
    if said is not None or meant is None:
        return None if said is None else said.faq
    return next(faq for faq in known[meant.matter_id].faqs if faq.question == meant.question)


def _wanted(turn: Turn) -> frozenset[str]:
    """Return the matters that the shop of the plan wants, or may want while it is begun."""
    trade = turn.slots.get(TRADE)
    planned = planned_matters({**turn.slots, "journey": START}) if trade else []
    return frozenset(one.id for one in (planned or (trade_matters(str(trade)) if trade else [])))
