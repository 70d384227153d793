"""Questions about the plan that is being made: which licences it has, what goes side by side."""

import re
from collections.abc import Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.plans.area import belongs, steps_talked_about
from actions.plans.fit_out import says_fit_out_first
from actions.plans.order_of_areas import areas_in_order, say_order, says_before
from actions.plans.planned_licence import LICENCE
from actions.questions.matter_faqs import AMONG_FEW, says_question_among, utter
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import MATTER, read_focus
from actions.turns.names import find_matters, likely_first
from actions.turns.turn import Turn
from bot.documents.matter_text import answer as matter_answer
from bot.documents.matter_text import record_answer
from bot.domain.matters import Matter
from bot.services.finding.record_lines import lines_about
from bot.services.plans.steps import PlanStep
from bot.services.words.asked import (
    asks_first_step,
    asks_for_list,
    asks_of_person,
    asks_together,
    asks_whole_order,
)
from bot.services.words.matter_remarks import asks, asks_which_licences, names_papers
from bot.services.words.remarks import asks_the_same_of, clauses

BUSINESS_LICENCE = "营业执照"
"""What a registration gives."""

_WHOLE = re.compile("到底|一共|总共|总的|统共|拢共|得办|要办")
"""Asks for all of them."""

_ALSO = re.compile("还(?:要|得|用|需要)|要是|如果|先问|问个别")
"""Asks for more than is planned, or for something else."""

ALSO_MEANT = 0.45
"""How well a matter that is none of the plan must fit to be what is asked for more."""

_ALL = re.compile("一共|总共|总的|统共|拢共")
"""Asks for all of them, whatever is told before."""

MOST_NAMED = 14
"""Matters of a plan that are named in one line."""


def answer_plan_question(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer a question on the whole of the plan, or on one of its areas; False for none."""
    if turn.choice is not None or not turn.text:
        return False
    if asks_together(turn.text):
        return _says_together(turn, say)
    if asks_of_person(turn.text):
        return _says_of_person(turn, say)
    if _wants_list(turn) and not turn.entity("matter"):
        return _says_told(turn, say) or _says_other(turn, say) or say_list(turn, say)
    return _same_of_area(turn, say)


def _says_of_person(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what those who work there must have, and not what the plan has: 司机得有啥证."""
    planned = [step.matter for step in steps_talked_about(turn) if step.matter]
    licences = [one for one in planned if one.category == LICENCE]
    if says_question_among(turn.text, licences, say, AMONG_FEW):
        return True
    lines = [(one, told) for one in licences if (told := lines_about(turn.text, one))]
    for matter, told in lines[:1]:
        utter(record_answer(matter, told), say)
    if not lines:
        say.utter_message(response="utter_plan_not_recorded")
    return True


def answer_whole_plan(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer, before anything else, which licences or which first step the plan has; else False.

    "别的俺都说不上来，你就说到底得办哪几个证吧" tells before what it asks.
    """
    if says_fit_out_first(turn, say) or says_before(turn, say):
        return True
    if (pair := areas_in_order(turn)) is not None:
        say_order(turn, pair, say)
        return True
    *told, last = clauses(turn.text) or [turn.text]
    if turn.choice is not None or turn.entity("matter") or any(map(asks, told)):
        return False
    if asks_whole_order(last):
        return say_whole_order(turn, say)
    if asks_first_step(last):
        return _says_first(turn, say)
    is_list = _WHOLE.search(last) is not None and (bool(told) or _ALL.search(last) is not None)
    return is_list and asks_which_licences(last) and say_list(turn, say)


def say_whole_order(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what of the plan is done first and what behind it: 先弄哪个后弄哪个; False for none."""
    steps = steps_talked_about(turn)  # what one does oneself holds up what comes behind it
    lines: list[str] = []
    done: set[str] = set()
    known = {step.planned.step.id for step in steps}
    while len(done) < len(known):
        ready = [s for s in steps if not known & set(s.planned.step.depends_on) - done]
        ready = [step for step in ready if step.planned.step.id not in done]
        if not ready:
            break
        done |= {step.planned.step.id for step in ready}
        names = ITEM_MARK.join(dict.fromkeys(s.planned.step.name for s in ready if s.matter))
        lines += [f"{len(lines) + 1}. {names}"] if names else []
    if lines:
        say.utter_message(response="utter_plan_whole_order", order="\n".join(lines))
    return bool(lines)


def _says_first(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which steps of the plan wait for no other."""
    steps = [step for step in steps_talked_about(turn) if step.matter]
    known = {step.planned.step.id for step in steps}
    free = [one for one in steps if not known & set(one.planned.step.depends_on)]
    names = list(dict.fromkeys(one.matter.name for one in free if one.matter))
    if names:
        listed = ITEM_MARK.join(names[:MOST_NAMED])
        say.utter_message(response="utter_plan_first_steps", matters=listed)
    return bool(names)


def _wants_list(turn: Turn) -> bool:
    """Tell whether it is asked what is to be got in all: "到底要办哪几个证", "民宿需要哪些证照"."""
    if asks_for_list(turn.text):
        return True
    is_of_form = turn.entity("enterprise_type") is not None  # 分公司登记要准备哪些东西
    return asks_which_licences(turn.text) and not is_of_form and not names_papers(turn.text)


def _says_told(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say how what a clause tells of is done: 路边有十来棵法桐得挪走 又是个啥手续."""
    told = next(filter(None, map(app().matter_resolver.told, clauses(turn.text)[:-1])), None)
    if told is not None:
        say_answer("procedure", app().catalogue.matter(told), say)
    return told is not None


def _says_other(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say who needs a matter that is none of the plan, where a text means one: 食堂得办啥证."""
    planned = {step.matter.id for step in steps_talked_about(turn) if step.matter}
    found = find_matters(turn.text) if likely_first(turn.text) else []
    if _ALSO.search(turn.text):  # 合作社自己打井浇大棚还要办啥证
        ranked = (one for one in app().matter_resolver.rank(turn.text, MOST_NAMED))
        sure = (one.matter_id for one in ranked if one.score >= ALSO_MEANT)
        found = [app().catalogue.matter(name) for name in sure if name not in planned]
    if not found or found[0].id in planned:
        return False
    say_answer("eligibility", found[0], say)
    return True


def say_list(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say all that the plan that is talked about holds so far; False for none."""
    steps = steps_talked_about(turn)
    names = list(dict.fromkeys(_called(step.matter) for step in steps if step.matter))
    if not names:
        return False
    say.utter_message(response="utter_plan_matters", matters=ITEM_MARK.join(names[:MOST_NAMED]))
    return True


def _called(matter: Matter) -> str:
    """Return the name of a matter; a registration is known by what it gives: 营业执照."""
    forms = {kind.matter_id for kind in app().catalogue.enterprise_types.values()}
    return f"{BUSINESS_LICENCE}（{matter.name}）" if matter.id in forms else matter.name


def _says_together(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say which of two named steps waits for the other, or how the plan puts them side by side."""
    steps = steps_talked_about(turn)
    if not steps:
        return False
    named = [entity.value for entity in turn.entities if entity.name == "matter"]
    pair = [step for name in named if (step := _step_named(name, steps)) is not None]
    if named and not pair:  # what is named is none of the plan: it is answered by itself
        return False
    if len(pair) < 2 or pair[0] is pair[1]:  # noqa: PLR2004 - two are compared
        say.utter_message(response="utter_plan_together")
        return True
    first, second = pair[:2]
    if _waits_for(first, second, steps):
        first, second = second, first
    names = first.planned.step.name, second.planned.step.name
    if _waits_for(second, first, steps):
        say.utter_message(response="utter_plan_in_order", first=names[0], second=names[1])
    else:
        say.utter_message(response="utter_plan_side_by_side", first=names[0], second=names[1])
    return True


def _step_named(name: str, steps: Sequence[PlanStep]) -> PlanStep | None:
    ids = [matter.id for matter in find_matters(name)]
    planned = [step for step in steps if step.matter and step.matter.id in ids]
    return min(planned, key=lambda s: ids.index(s.matter.id if s.matter else ""), default=None)


def _waits_for(later: PlanStep, earlier: PlanStep, steps: Sequence[PlanStep]) -> bool:
    """Tell whether a step depends on another, at once or through others."""
    by_id = {step.planned.step.id: step.planned.step for step in steps}
    left, seen = list(later.planned.step.depends_on), set()
    while left:
        at = left.pop()
        if at == earlier.planned.step.id:
            return True
        if at not in seen and at in by_id:
            seen.add(at)
            left += by_id[at].depends_on
    return False


def _same_of_area(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer "卫生那个呢" like the question before it, for the plan's matter of that area."""
    focus = read_focus(turn)
    area = app().dialogue_words.area_in(turn.text)
    is_topic = turn.slots.get("focus") == MATTER and focus.topic is not None
    if area is None or not is_topic or not asks_the_same_of(turn.text):
        return False
    words = app().dialogue_words.areas[area]
    found = [s.matter for s in steps_talked_about(turn) if s.matter and belongs(s, words)]
    licences = [matter for matter in found if matter.category == "licence"] or found
    if not licences:
        return False
    made = matter_answer(str(focus.topic), licences[0])
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    return True
