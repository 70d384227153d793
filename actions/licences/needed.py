"""Whether a paper is needed for what was just planned or found: "那健康证要不要办"."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.funding.said import say_spoken
from actions.plans.area import says_of_step
from actions.plans.spoken_of import PLAN, find_plan, papers, read
from actions.questions.matter_faqs import need_question, to_be_named, utter
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import PLAN as PLAN_FOCUS
from actions.turns.focus import POLICY
from actions.turns.history import typed_before
from actions.turns.names import named_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.domain.plan_errors import NotLive
from bot.domain.plans import UnknownPlan
from bot.services.plans.mentions import find_mentions
from bot.services.plans.papers import PlanPapers
from bot.services.plans.reading import Reading
from bot.services.reading.wording import normalise
from bot.services.words.matter_remarks import asks_whether_needed
from bot.services.words.remarks import clauses, thing_asked_of

MOST_STEPS = 3


def answer_needed(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Say whether the plan, or the policy, that is talked about wants a paper; None for neither."""
    if turn.loop is not None or not asks_whether_needed(turn.text):
        return None
    named = [entity.value for entity in turn.entities if entity.name in {"matter", "material"}]
    if len(named) != 1:
        return None
    if turn.slots.get("focus") == POLICY and turn.slots.get("policy_found"):
        return say_spoken(turn, say)
    if turn.slots.get("focus") != PLAN_FOCUS or not turn.slots.get("journey"):
        return None
    life = find_plan(turn)
    if life is None or not life.is_open:
        return None
    if says_of_step(turn, say):  # 图纸还要送去审不 asks for no paper
        return [SlotSet(PLAN, str(life.plan_id))]
    try:
        reading = read(turn, life)
    except (UnknownPlan, NotLive):
        return None
    where = _where(named[0], reading, papers(reading))
    if where:
        steps = ITEM_MARK.join(where[:MOST_STEPS])
        say.utter_message(response="utter_live_plan_needed", paper=named[0], where=steps)
    else:
        say.utter_message(response="utter_live_plan_not_needed", paper=named[0])
    return [SlotSet(PLAN, str(life.plan_id))]


def _where(name: str, reading: Reading, known: PlanPapers) -> list[str]:
    """Return the names of the steps that are, or want, what is called so."""
    plan = reading.plan
    matter = named_matter(name)
    found = find_mentions(name, plan, known, {})
    ids = [s.id for s in plan.steps if matter and s.step.matter and s.step.matter.id == matter.id]
    ids += found.steps
    said = normalise(name)
    wanted = [p for p in known.papers if p.key in found.papers or said in normalise(p.name)]
    ids += [use.step_id for paper in wanted for use in paper.uses]
    steps = (plan.step(step_id) for step_id in dict.fromkeys(ids))
    return [step.name for step in steps if step is not None]


def says_if_needed_too(turn: Turn, other: Matter, say: CollectingDispatcher) -> bool:
    """Answer who needs a matter that is only named, where that was asked of one before.

    "施工许可证呢" behind "光做内装，规划许可证用办不". False for anything else.
    """
    is_bare = thing_asked_of(turn.text) == turn.entity("matter")
    last = clauses(typed_before(turn) or "")[-1:] if is_bare else []
    faq = need_question(other) if any(map(asks_whether_needed, last)) else None
    if faq is not None:
        utter(faq_answer(faq, to_be_named(turn, other)), say)
    return faq is not None
