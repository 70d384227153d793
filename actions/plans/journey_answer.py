"""Answers a question on the whole plan that is being made, or was shown."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import compose_life_event
from actions.finding.freezes import warn_frozen
from actions.finding.matter_answer import say_answer
from actions.plans.area import says_no_area
from actions.plans.asked import say_list
from actions.plans.stands import say_end
from actions.projects.answers import compose_project
from actions.trades.start_answers import compose_start
from actions.turns.focus import JOURNEY_FORMS, Focus
from actions.turns.forms_named import find_enterprise_type
from actions.turns.turn import Turn
from bot.documents.journey_answers import journey_answer
from bot.documents.project_type_text import project_limit_text
from bot.domain.matters import Matter
from bot.services.words.listing import counts_steps, registers

PAPERS = frozenset({"materials", "procedure"})
"""Topics under which 手续 is heard."""

SINGLE = frozenset({"place", "legal_basis", "deferral"})
"""Topics that are answered for one matter of a plan."""


def answer_for_journey(topic: str, focus: Focus, turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer for the whole plan that is being made or was shown; False when it is not there yet."""
    if _says_of_form(topic, turn, say) or (topic in PAPERS and _says_list(turn, say)):
        return True
    if says_no_area(turn, say):
        return True
    matters, title = _planned(topic, focus, turn, say)
    if not matters:
        return False
    if topic == "eligibility" and sum(bool(matter.conditions) for matter in matters) <= 1:
        say.utter_message(response="utter_plan_not_recorded")
        return True
    if topic in SINGLE and focus.matter in matters:  # the one spoken of stands for the rest
        matters = [focus.matter]
    if topic == "time_limit":
        say_end(turn.slots, str(focus.journey), say)
    made = journey_answer(topic, title, matters, _undecided(focus, turn))
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    warn_frozen([matter.id for matter in matters], say)
    return True


def _undecided(focus: Focus, turn: Turn) -> frozenset[str]:
    """Return the ids of the matters of a change that are needed only in some cases, not yet told.

    A company that moves wants a food licence where it has one.
    """
    if focus.journey != "life_event" or not turn.slots.get("life_event_id"):
        return frozenset()
    steps = compose_life_event(turn.slots).steps
    return frozenset(step.matter.id for step in steps if step.matter and step.undecided)


def _says_of_form(topic: str, turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer for the registration of the form that is to be got: 办这个分公司要准备哪些东西."""
    form = turn.entity("enterprise_type")
    is_own = topic in PAPERS | {"place"} and turn.loop == JOURNEY_FORMS["start_business"]
    if form is None or not is_own or app().dialogue_words.means_whole(turn.text):
        return False
    kind = find_enterprise_type(form) if registers(turn.text, form) else None
    if kind is not None:
        say_answer(topic, app().catalogue.matter(kind.matter_id), say)
    return kind is not None


def _says_list(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is to be done in all where it is counted: 总共要几个手续."""
    return counts_steps(turn.text) and say_list(turn, say)


def _planned(
    topic: str, focus: Focus, turn: Turn, say: CollectingDispatcher
) -> tuple[list[Matter], str]:
    """Return the matters of the plan and what it is called; the limit of a project is said."""
    if focus.journey == "start_business":
        start = compose_start(turn.slots)
        return [s.matter for s in start.steps if s.matter], start.trade_name
    if focus.journey == "plan_project":
        project = compose_project(turn.slots)
        if project is None:
            return [], ""
        limit = project_limit_text(project.project_type) if topic == "time_limit" else None
        if limit is not None:
            say.utter_message(
                response="utter_matters_answer", answer=limit.text, source=limit.source
            )
        return [s.matter for s in project.steps if s.matter], project.project_type.name
    if focus.journey == "life_event" and turn.slots.get("life_event_id"):
        event = compose_life_event(turn.slots)
        matters, title = [s.matter for s in event.steps if s.matter], event.event.name
        if topic in SINGLE:  # what it is all about stands for the rest
            matters.sort(key=lambda matter: matter.id not in event.event.matter_ids)
        return matters, title
    return [], ""
