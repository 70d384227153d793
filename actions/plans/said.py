"""Marks or ticks what a sentence names; without a name, what was spoken of last."""

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.marks import AGAIN, ask_which, mark, unmark
from actions.plans.papers import tick
from actions.plans.spoken_of import PLAN, STEP, papers, read, say_status, today
from actions.turns.turn import Turn
from bot.domain.plan_life import PlanLife
from bot.services.plans.mentions import find_mentions
from bot.services.time_phrases.time_phrases import parse_time_phrase
from bot.services.words.plan_remarks import is_taken_back, lacks


def mark_said(turn: Turn, life: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    """Mark or tick what the words name; without a name, what was spoken of last."""
    reading = read(turn, life)
    back = is_taken_back(turn.text)
    found = find_mentions(turn.text, reading.plan, papers(reading), app().step_words, done=back)
    phrase = parse_time_phrase(turn.text, app().now(), app().calendar)
    day = phrase.on or today()
    last = str(turn.slots.get(STEP) or "")
    if found.is_empty and reading.plan.step(last) is not None:
        if back:
            return unmark(turn, life, last, say)
        if phrase.on is not None:
            return mark(turn, life, [last], day, say, AGAIN)
    if found.papers and not found.steps:
        return tick(turn, life, found.papers, say, has=not (back or lacks(turn.text)))
    if found.steps and back:
        return unmark(turn, life, found.steps[0], say)
    if found.steps and lacks(turn.text):
        return say_status(turn, life, say)
    if found.steps:
        events = mark(turn, life, found.steps, day, say)
        return [*events, *(_also(turn, life, found.papers, say) if found.papers else [])]
    ready = reading.plan.ready()
    if phrase.on is not None and len(ready) == 1 and not found.unclear:
        return mark(turn, life, [ready[0].id], day, say)
    wanted = [step for i in found.unclear if (step := reading.plan.step(i)) is not None]
    ask_which(life, wanted or ready[:4], say)
    return [SlotSet(PLAN, str(life.plan_id))]


def _also(
    turn: Turn, life: PlanLife, keys: Sequence[str], say: CollectingDispatcher
) -> list[EventType]:
    return tick(turn, life, keys, say, has=True)
