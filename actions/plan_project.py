"""Land to construction: from "拿了块工业用地想盖厂房" to a dated plan with its promise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.freezes import warn_frozen
from actions.forms.ask import NO, asking, choice_button, option, yes_no
from actions.forms.facts import UNKNOWN, fact_question, project_questions, yes_no_buttons
from actions.forms.question import Answer, Question, Value
from actions.forms.switched import while_on
from actions.forms.taken import say_taken
from actions.plans.area import steps_talked_about
from actions.plans.beside_questions import IF
from actions.plans.dates import keep_start, told_start
from actions.plans.form import ValidatePlanForm
from actions.plans.kept import answered_then_open, keep_plan
from actions.plans.spoken_of import follow, say_saved
from actions.plans.stands import say_when_built
from actions.plans.to_take_away import offer_papers
from actions.projects.answers import (
    HAS_LAND_SLOT,
    PREFIX,
    START_ON,
    TYPE,
    all_said,
    compose_project,
    open_project_questions,
    project_answers,
    project_what_ifs,
)
from actions.projects.farmland import says_farm_building, says_farmland, says_village_land
from actions.projects.low_risk import (
    LOW_RISK,
    asks_if_low_risk,
    asks_limit_of_small,
    asks_of_class,
    denies_low_risk,
    follows_class,
    say_low_risk,
    sizes_told,
)
from actions.projects.type_told import as_trade, opens_in_rooms, tell_project_type
from actions.trades.only_equipment import says_only_equipment
from actions.trades.opening_asked import answer_opening
from actions.turns.focus import MATTER, PLAN, matter_named, on_matter, on_plan
from actions.turns.history import texts_before
from actions.turns.made_once import MANY, made_once
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, finish_form
from actions.turns.trades_named import find_project_types
from actions.turns.turn import Turn
from bot.documents.contradiction_text import contradiction_values
from bot.documents.labels import UNSURE
from bot.documents.plan_text import project_text, what_ifs_text
from bot.documents.stages_text import stages_text
from bot.domain.contradictions import PROJECT_TYPE
from bot.domain.plans import PlanKind
from bot.services.plans.project import HAS_LAND
from bot.services.plans.project_types import CHOICES
from bot.services.plans.snapshot import snapshot_project
from bot.services.words.matter_remarks import asks, asks_whether_needed
from bot.services.words.project import choices_in, sizes_in
from bot.services.words.project_told import is_ordinary, told_plainly
from bot.services.words.remarks import asks_meaning, clauses
from bot.services.words.standing import asks_when_built
from bot.services.words.told import thing_done

VERIFIED = "核准"
"""Word of the projects that the state verifies."""

VERIFIES = PREFIX + "needs_verification"
"""Slot of the question whether the state verifies a project; it says that usual ones are not."""

LAND = "地"
"""Sign of what is got where somebody says that the land is there."""

DENIED = ("has_hazard",)
"""Questions whose no in plain words goes before a word for yes in it: 不放易燃品."""

LATELY = 8
"""Texts before the plan in which it was asked when building may begin."""

SPECIAL_FIRE, SPECIAL_WORD = PREFIX + "special_fire", "特殊"
"""Slot of the question for special works, and the word that names them."""

WHERE_ASKED = {"investor": "payer", "land": "sold"}
"""Who may pay, in the words of an answer to the question who invests."""

LONGEST_PAYER = 12
"""Characters of such an answer."""

OPEN_TYPES = frozenset({"soc-industrial", "soc-civil", "soc-small-lowrisk", "gov-building"})
"""Types that 厂房, 住宅, 仓库 or 学校 alone do not decide: land, size and investor do."""


class ActionStartPlanProject(SkillAction):
    """Begins the journey with what the first sentence already tells."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_plan_project"

    @while_on("plan_project")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Read the kind of project and the state of the land out of the sentence."""
        if turn.loop == "plan_project_form":
            known = keep_start(_told(turn), START_ON, turn.slots, say)
            known = _without_contradictions(turn.slots, known, say)
            return [SlotSet(name, value) for name, value in known.items()]
        if says_farm_building(turn, say):
            return [SlotSet("focus", turn.slots.get("focus"))]
        if turn.loop is None and opens_in_rooms(turn):
            began = replace(turn, intent="start_business", entities=as_trade(turn))
            return action_named("action_start_business").act(began, say)
        if turn.loop is None and (alone := says_only_equipment(turn, say)):
            return alone
        cleared = {PREFIX + name: None for name in (*CHOICES, *project_questions())}
        cleared[START_ON] = None
        say.utter_message(response="utter_plan_project_start")
        known = _without_contradictions({}, keep_start(_told(turn), START_ON, {}, say), say)
        known = {**cleared, TYPE: None, HAS_LAND_SLOT: None, **known}
        _say_stages(turn, known, say)
        say_taken("plan_project_form", turn, known, say)
        if not asks_if_low_risk(turn.text):
            say_low_risk({}, known, say)
        is_farmland = says_village_land(turn, say) is not None or says_farmland(turn, say)
        is_date = asks_when_built(turn.text)  # said with the plan
        if is_date and not is_farmland:
            say.utter_message(response="utter_plan_project_builds_later")
        is_said = is_farmland or is_date
        asked = None if is_said else answer_opening("plan_project", turn, known, say)
        spoken = matter_named(turn) if asked is None else {"matter_id": asked.id}
        if asks_if_low_risk(turn.text) and not say_low_risk({}, known, say, is_asked=True):
            say.utter_message(response=_WHYS["is_small_low_risk"])
        return start_form(
            turn,
            "plan_project_form",
            **{
                **known,
                **spoken,
                "journey": "plan_project",
                "focus": PLAN if asked is None else MATTER,
            },
        )


class ValidatePlanProjectForm(ValidatePlanForm):
    """Asks what decides the type of project, then what decides its steps."""

    form = "plan_project_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the answered questions (they can be corrected) and those still open."""
        pending = open_project_questions(slots)
        names = (*CHOICES, HAS_LAND, *project_questions())
        return [_question(name) for name in answered_then_open(slots, PREFIX, names, pending)]

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Say first whether farmland may be built on, and what the small class of low risk is."""
        if (rural := says_village_land(turn, say)) is not None:
            return [*on_matter(rural, "place"), *self._ask_again(turn, say)]
        if says_farmland(turn, say):
            return self._ask_again(turn, say)
        if asks_if_verified(turn):
            say.utter_message(response=_WHYS["needs_verification"])
            return self._ask_again(turn, say)
        if turn.choice is None and denies_low_risk(turn.text):
            return self._accept(turn, {LOW_RISK: NO}, say, None)
        if turn.choice is None and asks_limit_of_small(turn.text):
            say.utter_message(response=_WHYS["is_small_low_risk"])
            return self._ask_again(turn, say)
        is_of_matter = turn.entity("matter") is not None  # 这种小的是不是不用审图
        if turn.choice is None and asks_of_class(turn) and not is_of_matter:
            if sizes := sizes_told(turn):  # 要盖到三千四百平 还算那一类不
                return self._accept(turn, sizes, say, None)
            if not say_low_risk(turn.slots, {}, say, is_asked=True) and not tell_project_type(
                turn, say, is_named=True
            ):
                say.utter_message(response=_WHYS["is_small_low_risk"])
            return self._ask_again(turn, say)
        return super()._steer(turn, questions, opened, say)

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return the kind of project and the state of the land when the words name them."""
        return _told(turn)

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Take along what the same sentence tells about other questions."""
        told = {name: value for name, value in _told(turn).items() if slots.get(name) is None}
        # what is told by words knows a denial: 不是新建 是老车间改造
        kept = keep_start({**changes, **told}, START_ON, slots, say)
        kept = _without_contradictions(slots, kept, say)
        is_followed = follows_class(turn)
        say_low_risk(slots, kept, say, is_asked=asks_of_class(turn), is_followed=is_followed)
        return kept


class ActionSubmitPlanProject(SkillAction):
    """Composes the dated plan, saves it, and shows it with a link."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_plan_project"

    @while_on("plan_project")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Save once per message."""
        plan = compose_project(turn.slots)
        if plan is None:
            say.utter_message(response="utter_plan_project_open")
            return finish_form(turn, say)
        found = project_what_ifs(turn.slots)
        snapshot = snapshot_project(plan, app().catalogue, found)
        following = follow(project_answers(turn.slots), plan)
        saved, url = keep_plan(turn, PlanKind.PROJECT, PREFIX, snapshot, following)
        say.utter_message(response="utter_plan_project_plan", plan=project_text(plan))
        if any(map(asks_when_built, texts_before(turn)[-LATELY:])):
            say_when_built(turn, "plan_project", say)
        warn_frozen([step.matter.id for step in plan.steps if step.matter], say)
        if found:
            others = what_ifs_text(found)
            say.utter_message(response="utter_plan_project_what_ifs", what_ifs=others)
        say.utter_message(response="utter_plan_project_link", url=url)
        offer_papers(say)
        followed = say_saved(saved.plan.id, saved.number, say)
        return [*on_plan("plan_project"), *followed, *finish_form(turn, say)]


def asks_if_verified(turn: Turn) -> bool:
    """Tell whether it is asked if one's project must be verified, where that is to be told."""
    is_open = turn.requested == VERIFIES and turn.choice is None
    return is_open and VERIFIED in turn.text and asks_whether_needed(turn.text)


def _say_stages(turn: Turn, known: Mapping[str, Any], say: CollectingDispatcher) -> None:
    """Say which stages such a project goes through, with what is to be got in each."""
    slots = {**turn.slots, **known, "journey": "plan_project", "focus": PLAN}
    steps = steps_talked_about(replace(turn, slots=slots, loop="plan_project_form"))
    names = {stage.id: stage.name for stage in app().catalogue.stages.values()}
    stages = stages_text(steps, names)
    if stages:
        say.utter_message(response="utter_plan_project_stages", stages=stages)


def _told(turn: Turn) -> dict[str, Any]:
    """Return the answers that the text gives by the way, as slots."""
    if not turn.text or asks_meaning(turn.text):  # 有没有危险品的意思是啥
        return {}
    words = choices_in(_without_supposed(turn), app().project_words)
    for name in WHERE_ASKED.values():  # 我们公司 says who pays only where that is asked
        words.pop(name, None)
    if any(thing and LAND not in thing for thing in map(thing_done, clauses(turn.text))):
        words.pop(HAS_LAND, None)  # 备案证拿到了
    plain = told_plainly(_stated(turn.text))
    words = {**plain, **words, **{name: plain[name] for name in DENIED if name in plain}}
    told: dict[str, Any] = {
        PREFIX + name: value for name, value in {**words, **sizes_in(turn.text)}.items()
    }
    if any(SPECIAL_WORD in part and asks(part) for part in clauses(turn.text)):
        told.pop(SPECIAL_FIRE, None)  # 我这算特殊工程吗
    if asks_if_low_risk(turn.text):  # 算不算简易低风险 asks, and tells nothing
        told.pop(LOW_RISK, None)
    if turn.requested == VERIFIES and is_ordinary(_stated(turn.text)):
        told[VERIFIES] = NO  # 一般厂房都不在
    told |= told_start(turn)
    kinds = find_project_types(turn.entity("project_type"))
    if len(kinds) == 1 and kinds[0] not in OPEN_TYPES:
        told[TYPE] = kinds[0]
    return told


def _stated(text: str) -> str:
    """Return the clauses of a text that ask nothing: 我的钱够不够 says of nobody who pays."""
    return "，".join(part for part in clauses(text) or [text] if not asks(part))


def _without_supposed(turn: Turn) -> str:
    """Return the text without what is only supposed in a question beside an answer.

    "一般出让吧，要是园区做过区域评估能省点不" tells of the land alone.
    """
    parts = clauses(turn.text)
    kept = [part for part in parts if not (part.startswith(IF) and asks(turn.text))]
    is_beside = turn.loop is not None and 0 < len(kept) < len(parts)
    return "，".join(kept) if is_beside else turn.text


def _without_contradictions(
    slots: Mapping[str, Any], changes: Mapping[str, Any], say: CollectingDispatcher
) -> dict[str, Any]:
    """Return the changes; answers that exclude each other are named and taken back."""
    answers = project_answers({**slots, **changes})
    kept = dict(changes)
    for found in app().plan_project.contradictions(answers)[:1]:
        values = contradiction_values(found, all_said(answers), app().catalogue)
        say.utter_message(response="utter_plan_project_contradiction", **values)
        excluded = (TYPE if name == PROJECT_TYPE else PREFIX + name for name in found.questions)
        for slot in excluded:
            if slots.get(slot) is None or slot not in changes:  # what is corrected just now stands
                kept[slot] = None
    return kept


@made_once(MANY)
def _question(name: str) -> Question:
    slot = PREFIX + name
    if name in project_questions():
        fact = app().catalogue.question(name)
        return fact_question(slot, fact, "utter_plan_project_ask_fact")
    if name == HAS_LAND:
        ask = asking("utter_plan_project_ask_has_land", lambda _: yes_no_buttons(slot))
        return yes_no(slot, ask, label=("土地", "拿地"), when_unknown=UNKNOWN)
    options = CHOICES[name]
    if not options:
        ask = asking(_ASKS[name], lambda _: yes_no_buttons(slot))
        return yes_no(
            slot,
            ask,
            label=_LABELS.get(name, ()),
            when_unknown=UNKNOWN,
            why=_WHYS.get(name, "utter_common_why"),
        )

    def buttons(_: Turn) -> list[dict[str, str]]:
        named = [choice_button(slot, value, value) for value in options]
        return [*named, {"title": UNSURE, "payload": "/skip"}]

    chooses = option(
        slot,
        asking(_ASKS[name], buttons),
        {value: value for value in options},
        label=_LABELS[name],
        when_unknown=UNKNOWN,
        why=_WHYS.get(name, "utter_common_why"),
    )
    words = WHERE_ASKED.get(name)
    return chooses if words is None else replace(chooses, parse=_where_asked(chooses, words))


def _where_asked(chooses: Question, words: str) -> Callable[[Turn], Answer]:
    """Return how a choice is read that is told in other words where it is asked: 企业, 拍来的.

    Args:
        chooses: The question as its options are read.
        words: Key of these words.
    """

    def parse(turn: Turn) -> Answer:
        answer = chooses.parse(turn)
        parts = [part for part in clauses(turn.text) or [turn.text] if not asks_meaning(part)]
        said = "，".join(parts)
        is_short = turn.requested == chooses.slot and len(said) <= LONGEST_PAYER
        if answer is None and is_short and not asks(said):
            told = choices_in(said, {words: app().project_words[words]})
            answer = Value(told[words]) if told else None
        return answer

    return parse


_LABELS = {
    "is_small_low_risk": ("小型低风险", "低风险"),
    "needs_verification": ("核准", "目录"),
    "works": ("新建", "装修"),
    "investor": ("投资",),
    "government_works": ("房建", "市政"),
    "use": ("用途",),
    "land": ("出让", "用地"),
}
_ASKS = {
    "works": "utter_plan_project_ask_works",
    "investor": "utter_plan_project_ask_investor",
    "government_works": "utter_plan_project_ask_government_works",
    "needs_verification": "utter_plan_project_ask_needs_verification",
    "is_small_low_risk": "utter_plan_project_ask_is_small_low_risk",
    "use": "utter_plan_project_ask_use",
    "land": "utter_plan_project_ask_land",
}
_WHYS = {
    "needs_verification": "utter_plan_project_why_needs_verification",
    "is_small_low_risk": "utter_plan_project_why_is_small_low_risk",
    "land": "utter_plan_project_why_land",
}
