"""What a plan holds of one area: "消防那边用不用管", asked without the name of a matter."""

from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import EVENT, OFFER
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import LICENCE
from actions.finding.matter_named import STRONG
from actions.forms.facts import UNKNOWN
from actions.plans.planned import planned_steps
from actions.plans.planned_licence import planned_licence
from actions.plans.ruled_out_step import says_ruled_out
from actions.projects.answers import PREFIX, compose_project
from actions.questions.matter_faqs import (
    AMONG_FEW,
    SURE_TOPIC,
    asks_plain_topic,
    need_question,
    says_question_among,
    utter,
)
from actions.trades.start_answers import own_matters
from actions.turns.focus import on_matter, read_focus
from actions.turns.history import entities_before
from actions.turns.names import meant_matter, sure_matter
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer, source_line
from bot.documents.plan_area_text import area_text
from bot.domain.matters import Matter
from bot.services.plans.project_types import CHOICES
from bot.services.plans.steps import PlanStep
from bot.services.words.asked import wants_benefit
from bot.services.words.matter_remarks import (
    asks,
    asks_for_licence,
    asks_whether_needed,
    licence_about,
    licence_wanted,
)
from bot.services.words.paper_asked import paper_brought, paper_needed, plain_paper
from bot.services.words.plan_remarks import asks_after_area
from bot.services.words.remarks import clauses

NEARLY = 0.5
"""How well a question of the plan must fit where a matter beside it is named."""

OF_SPOKEN = 0.6
"""How well a question of the matter spoken of must fit to be asked with the name of an area."""

OF_AREA = 0.4
"""How well a question of a step must fit that names the area of the step."""

LONG_NAME = 4
"""Signs of the name of a paper that means no other: 验资报告."""

OF_ONE = frozenset({"ask_fee", "ask_legal_basis", "ask_time_limit"})
"""Questions about a matter that are none about what a plan holds of its area."""


def answer_area(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which steps of the plan belong to the area asked about; False when none is asked about.

    The plan is the one that is being made, or the one spoken of last; what depends on answers that
    are still open is said to.
    """
    words = app().dialogue_words
    area = words.area_in(turn.text)
    if _says_if_planned(turn, say) or says_where_wanted(turn, say):
        return True
    if area is None or not asks_after_area(turn.text) or turn.entity("policy"):
        return False
    is_topic = turn.intent in OF_ONE and turn.confidence >= SURE_TOPIC
    is_topic &= turn.entity("matter") is not None  # 环评要收审批费吗, and not 要不要交税
    if is_topic or words.topics_in(turn.text) or wants_benefit(turn.text):
        return False
    if not _is_all_of(turn.entity("matter"), words.areas[area]):
        return False
    return say_area(area, turn, say)


def answer_area_of_trade(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what a trade that was named wants of an area, while a matter of another is spoken of.

    "一共八百平，消防那边也得查吧" after the licence of a bath house. No events for anything else.
    """
    spoken = read_focus(turn).matter
    area = app().dialogue_words.area_in(turn.text)
    last = (clauses(turn.text) or [turn.text])[-1]
    if spoken is None or area is None or turn.loop is not None or not asks_after_area(last):
        return []
    words = app().dialogue_words.areas[area]
    trades = [turn.entity("industry"), *entities_before(turn, "industry")]
    trade = next(filter(None, map(trade_of, filter(None, trades))), None)
    if turn.entity("matter") or is_of_area(spoken, spoken.department, words):
        return []
    if app().question_finder.among(turn.text, [spoken], OF_SPOKEN) is not None:
        return []  # 公安那边要备案吗, of which the matter spoken of knows
    if trade is not None:
        own = [m for m in own_matters(trade) if is_of_area(m, m.department, words)]
    else:  # the one licence that bears the name of the area
        known = app().catalogue.matters.values()
        own = [m for m in known if any(word in m.name for word in words)]
    # what is built for it is no licence of the trade
    licences = [m for m in own if m.category == LICENCE]
    found = licences[0] if len(licences) == 1 or (licences and trade is not None) else None
    if found is None:
        return []
    say_answer("eligibility", found, say)
    return on_matter(found, "eligibility")


def say_area(area: str, turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which steps of the plan belong to an area; False when there is no plan."""
    steps = steps_talked_about(turn)
    if not steps:
        return False
    words = app().dialogue_words.areas[area]
    found = [step for step in steps if belongs(step, words)]
    found = found or [s for s in steps if any(word in s.planned.step.name for word in words)]
    planned = [step.matter for step in steps if step.matter]
    # 要先交税吗: no step of the plan, and still answered
    if found or not says_question_among(turn.text, planned, say, AMONG_FEW):
        _say(area, found, say)
    # 门口想挂块六米的招牌，要审批吗: no step as yet, and a matter all the same
    other = sure_matter(turn.text) if not found else None
    is_needed = any(map(asks_whether_needed, clauses(turn.text)))
    if other is not None and (is_needed or _is_surely(turn)):
        say_answer("eligibility", other, say)
    return True


def says_question_of_area(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what is asked of an area of the plan: "消防那个没拿到我先营业，有啥后果".

    Its steps go before other matters of the area, which the plan may hold when it is known better.
    """
    words = app().dialogue_words
    area = words.area_in(turn.text)
    is_plain = asks_plain_topic(turn) or turn.entity("matter") is not None
    if area is None or is_plain or not asks(turn.text) or asks_after_area(turn.text):
        return False
    meant = words.areas[area]
    steps = [s.matter for s in steps_talked_about(turn) if belongs(s, meant)]
    if not steps:
        return False
    beside = (m for m in app().catalogue.matters.values() if is_of_area(m, m.department, meant))
    return says_question_among(turn.text, filter(None, steps), say, OF_AREA) or (
        says_question_among(turn.text, beside, say, OF_AREA)
    )


def says_no_area(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that the plan has nothing of an area of which something is asked: 消防那块多久."""
    area = app().dialogue_words.area_in(turn.text)
    pointed = licence_about(turn.text)
    steps = steps_talked_about(turn) if area is not None and pointed is not None else ()
    words = app().dialogue_words.areas[area] if area is not None else ()
    if area is None or not steps or any(belongs(step, words) for step in steps):
        return False
    _say(area, [], say)
    return True


def only_matter_of_area(turn: Turn) -> Matter | None:
    """Return the one matter of the plan in the area that a text names; None for none or several."""
    words = app().dialogue_words
    area = words.area_in(turn.text)
    steps = steps_talked_about(turn) if area is not None else ()
    found = [s.matter for s in steps if belongs(s, words.areas[str(area)])]
    return found[0] if len(found) == 1 else None


def _is_surely(turn: Turn) -> bool:
    """Tell whether a question means its matter beyond doubt: 能顺道抵押给银行吗."""
    return asks(turn.text) and app().matter_resolver.rank(turn.text, 1)[0].score >= STRONG


def matter_in_question(turn: Turn) -> Matter | None:
    """Return the matter of which "图审还要不要" asks between the questions of a plan."""
    named = turn.entity("matter")
    if turn.loop is None:
        return None
    if named is not None:
        return meant_matter(named, turn.text) if asks_whether_needed(turn.text) else None
    is_area = app().dialogue_words.area_in(turn.text) is not None
    asks_it = asks_for_licence(turn.text) or asks_whether_needed(turn.text)
    is_paper = turn.entity("material") is not None and not _means_step(turn)
    is_of_us = asks_it and not is_area and not is_paper
    matter = sure_matter(turn.text) if is_of_us and not wants_benefit(turn.text) else None
    if matter is None and licence_wanted(turn.text) is not None:
        return planned_licence(turn, None)  # 也得办放射的证啊
    if matter is None or asks_for_licence(turn.text):
        return matter
    planned = {step.matter.id for step in steps_talked_about(turn) if step.matter}
    return matter if matter.id in planned else None  # 负责人要不要本人来 is about no other matter


def says_of_step(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say whether a plan that stands has the step that is asked after beside a paper; else False.

    "图纸还要送去审不" means that the drawings are looked at, in a plan that may not have it.
    """
    best = next(iter(app().matter_resolver.rank(turn.text, 1)), None)
    if turn.entity("matter") is not None or best is None or best.score < OF_SPOKEN:
        return False
    matter = app().catalogue.matter(best.matter_id)
    faq = need_question(matter)
    if faq is None:
        return False
    planned = [step for step in steps_talked_about(turn) if step.matter == matter]
    name = matter.name.partition("（")[0]
    if planned:
        _say(name, planned, say)
    else:
        say.utter_message(response="utter_live_plan_not_needed", paper=name)
    utter(faq_answer(faq, matter), say)
    return True


def _means_step(turn: Turn) -> bool:
    """Tell whether a step of the plan is meant and no paper: 图纸要不要送审."""
    best = next(iter(app().matter_resolver.rank(turn.text, 1)), None)
    planned = {step.matter.id for step in steps_talked_about(turn) if step.matter}
    return best is not None and best.score >= OF_SPOKEN and best.matter_id in planned


def _says_if_planned(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say whether the matter in question is a step of the plan; False when none is."""
    matter = matter_in_question(turn)
    steps = steps_talked_about(turn) if matter is not None else ()
    if matter is None or not steps:
        return False
    named = turn.entity("matter") or app().matter_resolver.label(matter)
    planned = [step for step in steps if step.matter and step.matter.id == matter.id]
    others = [step.matter for step in steps if step.matter]
    if not planned and says_ruled_out(turn, matter, named, say):
        return True
    if not planned and says_question_among(turn.text, others, say, NEARLY):
        return True  # 食品证要重办吗, while the shop changes hands
    _say(named, planned, say)
    if not planned:
        say_answer("eligibility", matter, say)
    elif asks_whether_needed(turn.text):
        _say_more(turn.text, [matter], say)
    return True


def _say_more(text: str, matters: Sequence[Matter], say: CollectingDispatcher) -> None:
    """Say what the catalogue holds on who needs a step that is asked after, or what it asks for.

    That a step stands in the plan does not tell whether "图纸要不要送审" holds for everybody.
    """
    needed = [(faq, one) for one in matters if (faq := need_question(one)) is not None]
    if len(needed) == 1:  # 图纸要不要审 asks not who pays for it
        utter(faq_answer(needed[0][0], needed[0][1]), say)
    elif not asks_whether_needed(text):
        says_question_among(text, matters, say, OF_AREA)
    else:  # 环评要做吗 asks not who makes it
        says_question_among(text, matters, say, OF_SPOKEN)


def says_where_wanted(turn: Turn, say: CollectingDispatcher, *, is_first: bool = False) -> bool:
    """Say which steps of a plan in the making want a paper ("用不用健康证"); False for none.

    Args:
        turn: The message.
        say: Where it is said.
        is_first: Something else may answer it, so that it is said only where a step wants it.
    """
    is_needed = asks_whether_needed(turn.text) and not is_first
    paper = turn.entity("material") if is_needed else None
    brought = paper_brought(turn.text)
    paper = brought or paper_needed(turn.text) or paper
    if turn.loop is None or paper is None or (brought is None and _means_step(turn)):
        return False
    if is_first and brought is None and sure_matter(plain_paper(paper)) is not None:
        return False  # 要卫生许可证不 asks for a licence
    known = steps_talked_about(turn)
    wanted = app().paper_kinds.wanted
    said = plain_paper(paper)
    steps = [s for s in known if s.matter and wanted(said, s.matter.materials)]
    if not steps and (is_first or sure_matter(paper) is not None):
        return False
    others = [s.matter for s in known if s.matter]
    if not steps and says_question_among(turn.text, others, say, NEARLY):
        return True  # 备案得交可研报告不
    if not steps and says_of_step(turn, say):
        return True  # 设计图还得拿去审吗
    _say(paper, steps, say)
    if steps:
        _say_of_paper(said, turn.text, [s.matter for s in steps if s.matter], say)
    return True


def _say_of_paper(
    paper: str, text: str, matters: Sequence[Matter], say: CollectingDispatcher
) -> None:
    """Say what the catalogue holds on a paper beside the steps that want it: 验资报告要不要交."""
    if says_question_among(text, matters, say, OF_AREA):
        return
    is_exact = len(paper) >= LONG_NAME
    told = ((faq, one) for one in matters for faq in one.faqs if is_exact and paper in faq.answer)
    for faq, matter in list(told)[:1]:
        utter(faq_answer(faq, matter), say)


def _say(name: str, found: Sequence[PlanStep], say: CollectingDispatcher) -> None:
    if not found:
        say.utter_message(response="utter_plan_area_none", area=name)
        return
    known = [s.matter.provenance if s.matter else s.duration for s in found]
    weakest = min(known, key=lambda p: p.verified)
    say.utter_message(
        response="utter_plan_area",
        area=name,
        steps=area_text(found),
        source=source_line(weakest),
    )


def _is_all_of(matter: str | None, words: tuple[str, ...]) -> bool:
    """Tell whether no more than the area is named: 消防验收 is a matter of its own."""
    return matter is None or any(matter.removesuffix("证") in word for word in words)


def steps_talked_about(turn: Turn) -> Sequence[PlanStep]:
    """Return the steps of the plan that is talked about, else of the one that was just offered."""
    journey = read_focus(turn).journey
    if journey == "plan_project" and compose_project(turn.slots) is None:
        # the type is open still: what holds in the usual case is a better answer than none
        usual = {PREFIX + name: UNKNOWN for name in CHOICES}
        known = {name: value for name, value in turn.slots.items() if value is not None}
        return planned_steps({**usual, **known, "journey": journey})
    if journey is not None:
        return planned_steps({**turn.slots, "journey": journey})
    offered = turn.slots.get(OFFER)
    if turn.loop is not None or offered not in app().catalogue.life_events:
        return ()
    return planned_steps({**turn.slots, EVENT: offered, "journey": "life_event"})


def belongs(step: PlanStep, words: tuple[str, ...]) -> bool:
    """Tell whether a step is a matter of the area that these words mean."""
    return step.matter is not None and is_of_area(step.matter, step.department, words)


def is_of_area(matter: Matter, department: str, words: tuple[str, ...]) -> bool:
    """Tell whether a matter, or the department that leads it, is of the area of these words."""
    forms = app().catalogue.enterprise_types.values()
    is_founding = matter.id in {form.matter_id for form in forms}  # 门头房办照 is no sign
    said = () if is_founding else matter.aliases
    names = (matter.name, *said, department)
    return any(word in name for word in words for name in names)
