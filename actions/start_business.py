"""Starting a business: from "开个火锅店" to a personal plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_ends import end_instead
from actions.finding.freezes import warn_frozen
from actions.finding.matter_answer import say_answer
from actions.forms.ask import YES
from actions.forms.facts import UNKNOWN, start_questions
from actions.forms.question import Question, acknowledge
from actions.forms.switched import while_on
from actions.forms.taken import say_taken
from actions.plans.dates import keep_start, told_start
from actions.plans.decided_licences import say_decided
from actions.plans.dropped import dropped_facts
from actions.plans.form import ValidatePlanForm
from actions.plans.kept import answered_then_open, keep_plan
from actions.plans.spoken_of import follow, say_saved
from actions.plans.to_take_away import offer_papers
from actions.plans.wanted_beside import mended_beside, say_added, wanted_told
from actions.trades.company_names import keep_name, told_name
from actions.trades.forms_compared import says_forms_compared, says_who_is_liable
from actions.trades.opening_asked import answer_opening
from actions.trades.rooms_heard import says_rooms, told_here
from actions.trades.second_business import another_business, ended_beside, second_business
from actions.trades.start_answers import (
    ADVICE,
    CHOOSE_FORM,
    DISTRICT,
    ENTERPRISE_TYPE,
    HIRES_STAFF,
    INDIVIDUAL,
    NAME,
    PREFIX,
    START_ON,
    TRADE,
    WANTED,
    compose_start,
    fitting,
    open_start_questions,
    start_answers,
    strange_slots,
    told_slots,
    usual_absent,
)
from actions.trades.start_opening import (
    called_before,
    say_wants,
    told_before,
    trade_name,
    trade_told,
)
from actions.trades.start_questions import form_named, question_named, trade_said
from actions.trades.supposed_form import about_form_told, says_topic_supposed
from actions.trades.trade_of_story import near_story, trade_of_story
from actions.turns.beside import value_meant
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import PLAN, matter_named, on_plan
from actions.turns.forms_named import find_enterprise_type
from actions.turns.offers import say_noted, wait
from actions.turns.opens_form import start_form
from actions.turns.places import district_in, find_district
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, finish_form
from actions.turns.towns import town_district
from actions.turns.trades_named import find_trade, near_trades, trade_of, trades_meant
from actions.turns.turn import Turn
from bot.documents.form_advice_text import traits_text
from bot.documents.plan_text import start_text
from bot.domain.plans import PlanKind
from bot.services.finding.trade_finder import LikelyTrade
from bot.services.plans.snapshot import snapshot_start
from bot.services.words.business import enlarges, wants_land, works_alone
from bot.services.words.opening_told import opening_told
from bot.services.words.remarks import asks_the_same_of
from bot.services.words.taking_over import keeps_new_start


class ActionStartBusiness(SkillAction):
    """Begins the journey with what the first sentence already tells."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_business"

    @staticmethod
    def told(turn: Turn) -> dict[str, Any]:
        """Return what the first sentence tells by the way."""
        return {**told_slots(turn.text), **told_start(turn), **told_name(turn)}

    @while_on("start_business")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open the form; asked again inside it, the journey goes on with what is new."""
        is_building = wants_land(turn.text) or enlarges(turn.text)
        if turn.loop is None and is_building:  # 我想办个厂，地还没有
            return action_named("action_start_plan_project").act(
                replace(turn, intent="plan_project"), say
            )
        opening = _opening_trade(turn)
        said, trade, near = opening.said, opening.trade, opening.near
        form = form_named(turn)
        place = find_district(value_meant(turn, "district")) or district_in(turn)
        place = place or town_district(turn.text)
        instead = end_instead(turn, trade, say) if turn.loop is None else None
        if instead is not None:
            return instead
        told = keep_start({**told_before(turn), **self.told(turn)}, START_ON, turn.slots, say)
        told = fitting(told, trade or turn.slots.get(TRADE), turn.text)
        told = keep_name(told, NAME, say) | wanted_told(turn)
        asks_which = CHOOSE_FORM in told  # "个体户还是公司" names forms without choosing one
        known = {
            TRADE: trade
            or (turn.slots.get(TRADE) if turn.intent != "start_business" else None)
            or (UNKNOWN if said and not near and turn.loop is None else None),
            ENTERPRISE_TYPE: form.id if form and not asks_which else None,
            **({DISTRICT: place.id} if place else {}),
        }
        if turn.loop == "start_business_form":
            new = {name: value for name, value in {**known, **told}.items() if value}
            asked = ValidateStartBusinessForm().questions(turn, {**turn.slots, **new})
            acknowledge(asked, turn.slots, new, None, say)
            return [SlotSet(name, value) for name, value in new.items()]
        return _open(turn, opening, known, told, say)


@dataclass(frozen=True)
class _OpeningTrade:
    """What the first sentence tells of the trade.

    Attributes:
        said: How it is called there; None for no name, or none that counts.
        trade: As slots keep it; None for one that is still to be asked for.
        near: What it may be where that is not sure.
        is_heard: It was taken from the story, for the sentence names none.
    """

    said: str | None
    trade: str | None
    near: Sequence[LikelyTrade]
    is_heard: bool = False


def _open(
    turn: Turn,
    opening: _OpeningTrade,
    known: Mapping[str, Any],
    told: Mapping[str, Any],
    say: CollectingDispatcher,
) -> list[EventType]:
    """Open the form with what is known, and say what the trade wants."""
    said, trade = opening.said, opening.trade
    cleared = {PREFIX + name: None for name in start_questions()}
    cleared |= dict.fromkeys((DISTRICT, HIRES_STAFF, CHOOSE_FORM, START_ON, NAME, WANTED))
    say.utter_message(response="utter_start_business_start")
    if opening.is_heard:
        listed = trade_name(str(trade))
        say.utter_message(response="utter_start_business_heard", trade=listed)
    if said and trade is None and not opening.near:
        say.utter_message(response="utter_start_business_trade_not_listed", trade=said)
    opened = {**cleared, **known, **told}
    say_wants(said or called_before(turn, trade), {**turn.slots, **opened}, say)
    # the trade was said right now
    say_taken("start_business_form", turn, {**opened, TRADE: None}, say)
    if not says_forms_compared(turn, say):
        answer_opening("start_business", turn, opened, say)
    about = matter_named(turn)
    answers = {**cleared, **known, **told, **about, "journey": "start_business", "focus": PLAN}
    later = second_business(turn) or ended_beside(turn)
    if later is not None:
        say_noted([later], say)
    waits = wait(turn, [later]) if later is not None else []
    return [*waits, *start_form(turn, "start_business_form", **answers)]


def _opening_trade(turn: Turn) -> _OpeningTrade:
    said = trade_said(turn)
    trade = trade_of(said) or find_trade(turn.text) or (None if said else trade_told(turn))
    if trade is not None:
        return _OpeningTrade(said, trade, ())
    heard = trade_of(opening_told(turn.text)) or trade_of_story(turn)
    if heard is not None:
        return _OpeningTrade(None, heard, (), is_heard=True)
    return _OpeningTrade(said, None, near_trades(said) or near_story(turn))


WEIGHED = frozenset({f"{PREFIX}founders", f"{PREFIX}wants_limited"})
"""What bears on the advice which form to take, and tells nothing where none is wanted."""


class ValidateStartBusinessForm(ValidatePlanForm):
    """Asks only what still changes the plan."""

    form = "start_business_form"

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Keep one more business for later; it does not take the place of the one spoken of."""
        is_known = turn.slots.get(TRADE) not in {None, UNKNOWN} and turn.choice is None
        if turn.choice is None and keeps_new_start(turn.text):  # 还是新办吧 改名那个麻烦
            say.utter_message(response="utter_plan_go_on")
            return [*self._ask_again(turn, say), SlotSet("form_failures", 0.0)]
        asked = self.questions(turn, turn.slots)
        opened = next((one for one in asked if one.slot == turn.requested), None)
        if says_rooms(turn, opened, self.told, say):  # 没店 就在家里弄
            return [*self._ask_again(turn, say), SlotSet("form_failures", 0.0)]
        later = another_business(turn) if is_known else None
        if later is not None and trade_of(later.text) != turn.slots.get(TRADE):
            say_noted([later], say)
            return [*wait(turn, [later]), *self._ask_again(turn, say)]
        return super()._read(about_form_told(turn), say)

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Say who is liable where that is feared, and take what is told beside."""
        if not says_who_is_liable(turn, say) and not says_topic_supposed(turn, say):
            return super()._steer(turn, questions, opened, say)
        told = {slot: value for slot, value in self.told(turn).items() if not turn.slots.get(slot)}
        return self._accept(turn, told, say, opened) if told else self._ask_again(turn, say)

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return area, kitchen, staff and the like when the words name them.

        The form of enterprise as well where the trade leaves no question about it.
        """
        told = {**told_here(turn), **ActionStartBusiness.told(turn), **dropped_facts(turn)}
        if turn.slots.get(ENTERPRISE_TYPE) is not None:
            told.pop(CHOOSE_FORM, None)  # it is chosen; "有啥区别" only wants an explanation
        if YES not in {turn.slots.get(CHOOSE_FORM), told.get(CHOOSE_FORM)}:
            told = {slot: value for slot, value in told.items() if slot not in WEIGHED}
        kind = find_enterprise_type(turn.entity("enterprise_type"))
        asked = {question.slot for question in self.questions(turn, turn.slots)}
        if turn.slots.get(TRADE) is not None:
            strange = strange_slots(turn.text, asked)
            told = {slot: value for slot, value in told.items() if slot not in strange}
            told = fitting(told, str(turn.slots[TRADE]), turn.text)
        form = compose_start(turn.slots).enterprise_type  # a net café can be no 个体户
        is_free = ENTERPRISE_TYPE not in asked and (form is None or form == kind)
        if kind is not None and is_free and CHOOSE_FORM not in told:
            told[ENTERPRISE_TYPE] = kind.id
        return told

    def emptied(self, turn: Turn) -> Mapping[str, Any]:
        """Return also what was wanted beside the trade."""
        return {**super().emptied(turn), WANTED: None}

    def _given_up(self, turn: Turn) -> Mapping[str, Any]:
        """Return also what is wanted, or no more wanted, beside the trade, and its form."""
        return {**super()._given_up(turn), **mended_beside(turn)}

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Turn the wish for advice into questions, and a named day into the start of the plan."""
        kept = keep_name(keep_start(changes, START_ON, slots, say), NAME, say)
        say_added(slots.get(WANTED), kept.get(WANTED), say)
        said = next(iter(trades_meant(turn)), None)
        if said and kept.get(TRADE) == UNKNOWN:
            say.utter_message(response="utter_start_business_trade_not_listed", trade=said)
        if kept.get(TRADE) not in {None, slots.get(TRADE)}:  # 宾馆不干了，换成开宠物医院
            called = (word for word in trades_meant(turn) if trade_of(word) == kept[TRADE])
            said = next(called, said)
            say_wants(said, {**slots, **kept}, say)
        if kept.get(ENTERPRISE_TYPE) == ADVICE:
            kept |= {ENTERPRISE_TYPE: None, CHOOSE_FORM: YES}
            types = traits_text(app().catalogue.enterprise_types.values())
            say.utter_message(response="utter_start_business_enterprise_types", types=types)
        is_guess = kept.get(ENTERPRISE_TYPE) == INDIVIDUAL and form_named(turn) is None
        if is_guess and works_alone(turn.text):
            say.utter_message(response="utter_start_business_as_individual")
        _say_for_form(turn, slots, kept, say)
        if self.missing(turn, {**slots, **kept}) is not None:  # else the plan says it
            say_decided(slots, kept, say)
        return kept

    def _skip_rest(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take for a no what the usual case of the trade has not, and say which."""
        absent = usual_absent(turn.slots)
        if not absent:
            return super()._skip_rest(turn, say)
        asked = [
            one for one in self.questions(turn, turn.slots) if one.slot in absent and one.label
        ]
        slots = {**turn.slots, **absent}
        if self.missing(turn, slots) is None:
            say.utter_message(response="utter_common_skipped_rest")
            events = self._ask_next(turn, slots, {"form_failures": 0.0}, say)
        else:
            events = super()._skip_rest(replace(turn, slots=slots), say)
        items = ITEM_MARK.join(one.label[0] for one in asked)
        say.utter_message(response="utter_start_business_usual_absent", items=items)
        return [*(SlotSet(name, value) for name, value in absent.items()), *events]

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the answered questions (they can be corrected) and those still open."""
        pending = open_start_questions(slots)
        names = ("trade", "enterprise_type", "district", *start_questions(), "hires_staff")
        return [question_named(name) for name in answered_then_open(slots, PREFIX, names, pending)]


def _say_for_form(
    turn: Turn, slots: Mapping[str, Any], kept: Mapping[str, Any], say: CollectingDispatcher
) -> None:
    """Say again, for another form, what its registration was just asked: 换成有限公司呢."""
    kinds = app().catalogue.enterprise_types
    kind, topic = kinds.get(str(kept.get(ENTERPRISE_TYPE))), slots.get("focus_topic")
    is_asked = slots.get("matter_id") in {one.matter_id for one in kinds.values()}
    is_new = kind is not None and kept[ENTERPRISE_TYPE] != slots.get(ENTERPRISE_TYPE)
    if kind is not None and is_new and is_asked and topic and asks_the_same_of(turn.text):
        say_answer(str(topic), app().catalogue.matter(kind.matter_id), say)


class ActionSubmitStartBusiness(SkillAction):
    """Composes the plan, saves it, and shows it with a link."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_start_business"

    @while_on("start_business")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Save once per message; the link opens the whole plan."""
        plan = compose_start(turn.slots)
        snapshot = snapshot_start(plan, app().catalogue)
        following = follow(start_answers(turn.slots), plan)
        saved, url = keep_plan(turn, PlanKind.START_BUSINESS, PREFIX, snapshot, following)
        say.utter_message(response="utter_start_business_plan", plan=start_text(plan))
        warn_frozen([step.matter.id for step in plan.steps if step.matter], say)
        say.utter_message(response="utter_start_business_link", url=url)
        offer_papers(say)
        followed = say_saved(saved.plan.id, saved.number, say)
        return [*on_plan("start_business"), *followed, *finish_form(turn, say)]
