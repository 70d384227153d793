"""Answers what is asked of something to be built as a whole: 盖冷库得找谁批, 建仓库没手续罚多少.

Its plan is not begun; it answers for the usual case, and the plan is offered behind it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.facts import UNKNOWN
from actions.plans.area import say_area, steps_talked_about
from actions.plans.first import say_limits
from actions.plans.journey_answer import answer_for_journey
from actions.plans.topics import says_built_first
from actions.projects.answers import PREFIX
from actions.projects.farmland import says_farm_building, says_village_land
from actions.trades.asked import asked_of, say_fines
from actions.turns.focus import PLAN, matter_in_focus, on_matter, read_focus
from actions.turns.intent_groups import JOURNEYS
from actions.turns.offers import offer, standing_offer
from actions.turns.requests import Request
from actions.turns.turn import Turn
from bot.documents.stages_text import stages_text
from bot.domain.matters import Matter
from bot.services.plans.project_types import CHOICES
from bot.services.words.matter_remarks import asks, asks_consequence, asks_penalty
from bot.services.words.project import choices_in
from bot.services.words.trade_questions import TradeTopic

_VERB = re.compile("新建|扩建|改建|修建|翻建|翻盖|装修|改造|投建|[盖建修]")
"""What is done to a building; no part of the question."""

SUMMED = {
    TradeTopic.FEE: "fee",
    TradeTopic.PLACE: "place",
    TradeTopic.PAPERS: "materials",
}
_THINGS = ("use", "government_works")
"""Questions whose answers are told by what is built: 商场, 学校."""

PUBLIC, ROADS = "政府投资", "市政基础设施"
"""Who pays for roads and pipes in the usual case."""

FINES = TradeTopic.FINE
BY_NAME = {
    "fee": TradeTopic.FEE,
    "time_limit": TradeTopic.TIME,
    "place": TradeTopic.PLACE,
    "materials": TradeTopic.PAPERS,
    "procedure": TradeTopic.ORDER,
}
"""What is asked, by the topics of a matter."""

PROJECT, LONGEST = "plan_project", 12
"""Intent by which a building is planned, and signs of what is asked on about one."""

CONSTRUCTION = "construction"
"""Category of what is built."""

OF_SPOKEN = 0.5
"""How well a question of the matter spoken of must fit to go before what holds of any building."""

UNASKED = frozenset({TradeTopic.LICENCE, TradeTopic.NEED})
"""What is asked of a business only."""


def answer_of_project(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a topic that is asked of a building and of nothing else, and offer its plan."""
    spoken = matter_in_focus(turn)
    is_free = turn.loop is None and spoken is not None and spoken.category == CONSTRUCTION
    is_free = is_free and spoken is not None and not _has_own(turn, spoken)
    if is_free and spoken is not None and says_built_first(turn, say):
        return on_matter(spoken)  # 先盖起来再补手续中不, behind whose land it is
    rural = says_village_land(turn, say) if _is_no_opening(turn) else None
    if rural is not None:
        return on_matter(rural, "place")
    word = _thing(turn)
    is_built = word is not None and _VERB.search(turn.text) is not None
    if word is None and turn.loop is None and _says_shed(turn, say):
        return [SlotSet("focus", turn.slots.get("focus"))]
    if gone_on := _goes_on(turn, say):
        return gone_on
    if word is None or not is_built or turn.loop is not None:
        return []
    topic = asked_of(replace(turn, text=_VERB.sub("", turn.text)), _VERB.sub("", word))
    is_begun = turn.intent in JOURNEYS and topic in {TradeTopic.ORDER, TradeTopic.MAY}
    if topic is None or topic in UNASKED or is_begun:
        return []
    if says_farm_building(turn, say):
        return [SlotSet("focus", turn.slots.get("focus"))]
    _say(topic, turn, say)
    say.utter_message(response="utter_plan_project_offer", project=word)
    return [offer(turn, Request(PROJECT, turn.text, turn.entities))]


def _has_own(turn: Turn, spoken: Matter) -> bool:
    """Tell whether the matter spoken of has a question that is asked: 环评没批先开工咋罚."""
    return app().question_finder.among(turn.text, [spoken], OF_SPOKEN) is not None


def _is_no_opening(turn: Turn) -> bool:
    """Tell whether no plan is open, and none begins with what is asked."""
    return turn.loop is None and turn.intent not in JOURNEYS


def _goes_on(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a few words on the building whose plan was just offered: 那多少钱; or no events."""
    offered = standing_offer(turn)
    is_free = turn.loop is None and turn.choice is None and len(turn.text) <= LONGEST
    if offered is None or offered.intent != PROJECT or not is_free or turn.entities:
        return []
    named = next(iter(app().dialogue_words.topics_in(turn.text)), None)
    topic = FINES if asks_penalty(turn.text) or asks_consequence(turn.text) else None
    topic = topic or asked_of(turn, None) or BY_NAME.get(str(named))
    if topic is None or topic in UNASKED:
        return []
    _say(topic, replace(turn, text=f"{offered.text}，{turn.text}", entities=offered.entities), say)
    word = offered.entities[0].value if offered.entities else offered.text
    say.utter_message(response="utter_plan_project_offer", project=word)
    return [offer(turn, offered)]


def _says_shed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is known of sheds, however they are called: 盖养殖场要多少钱."""
    is_asked = _VERB.search(turn.text) is not None and asks(turn.text)
    return is_asked and says_farm_building(turn, say)


def _thing(turn: Turn) -> str | None:
    """Return what is to be built, as it was called; None for nothing."""
    marked = turn.entity("project_type") or turn.entity("industry")
    words = (w for name in _THINGS for said in app().project_words[name].values() for w in said)
    found = sorted((word for word in words if word in turn.text), key=len)
    return marked or (found[-1] if found else None)


def _say(topic: TradeTopic, turn: Turn, say: CollectingDispatcher) -> None:
    """Say the answer to one topic for the usual case of what is to be built."""
    told = {PREFIX + name: value for name, value in _choices(turn.text).items()}
    planned = _with(turn, told)
    usual = _with(turn, {**{PREFIX + name: UNKNOWN for name in CHOICES}, **told})
    if topic in SUMMED:
        answer_for_journey(SUMMED[topic], read_focus(usual), usual, say)
    elif topic is TradeTopic.TIME:
        say_limits(planned, say)
    elif topic is TradeTopic.AREA:
        say_area(str(app().dialogue_words.area_in(turn.text)), planned, say)
    elif topic is TradeTopic.FINE:
        say_fines([step.matter for step in steps_talked_about(planned) if step.matter], say)
    else:
        names = {stage.id: stage.name for stage in app().catalogue.stages.values()}
        stages = stages_text(steps_talked_about(planned), names)
        say.utter_message(response="utter_plan_project_stages", stages=stages)


def _choices(text: str) -> Mapping[str, Any]:
    """Return what the words tell of the kind of project: new or old, made there or lived in."""
    said = choices_in(text, app().project_words)
    told = {name: value for name, value in said.items() if name in CHOICES}
    return {"investor": PUBLIC, **told} if told.get("government_works") == ROADS else told


def _with(turn: Turn, told: Mapping[str, Any]) -> Turn:
    """Return a turn as if a project of which this much is told were being planned."""
    slots = {**turn.slots, **told, "focus": PLAN, "journey": "plan_project"}
    return replace(turn, slots=slots)
