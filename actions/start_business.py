"""Starting a business: from "开个火锅店" to a personal plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import YES, asking, choice_button, chosen, district, yes_no
from actions._beside import value_meant
from actions._buttons import ITEM_MARK
from actions._company_names import keep_name, told_name
from actions._decided_by import says_decided
from actions._decided_licences import say_decided
from actions._facts import UNKNOWN, fact_question, start_questions, yes_no_buttons
from actions._focus import PLAN, matter_named, on_plan
from actions._forms_compared import says_forms_compared, says_who_is_liable
from actions._freezes import warn_frozen
from actions._life_ends import end_instead
from actions._live_plan import follow, say_saved
from actions._made_once import MANY, made_once
from actions._matter_answer import say_answer
from actions._names import (
    district_in,
    enterprise_type_in,
    find_district,
    find_enterprise_type,
    find_trade,
    near_trades,
    trade_of,
    trades_meant,
)
from actions._offers import say_noted, wait
from actions._opening_asked import answer_opening
from actions._opens_form import start_form
from actions._papers import offer_papers
from actions._plan_dates import keep_start, told_start
from actions._plan_dropped import dropped_facts
from actions._plan_form import ValidatePlanForm
from actions._plan_kept import answered_then_open, keep_plan
from actions._question import Answer, Problem, Question, Value, acknowledge
from actions._registry import action_named
from actions._second_business import another_business, second_business
from actions._skill import SkillAction, finish_form
from actions._start_answers import (
    ADVICE,
    BUNDLE,
    CHOOSE_FORM,
    CODE,
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
from actions._start_opening import called_before, say_wants, told_before, trade_name, trade_told
from actions._supposed_form import about_form_told, company, says_topic_supposed
from actions._switched import while_on
from actions._taken import say_taken
from actions._turn import Turn
from actions._wanted_beside import mended_beside, say_added, wanted_told
from bot.documents.form_advice_text import form_advice_text, traits_text
from bot.documents.labels import HELP_CHOOSING, USUAL_WAY
from bot.documents.plan_text import start_text
from bot.domain.places import EnterpriseType
from bot.domain.plans import PlanKind
from bot.services.answers import read_yes_no
from bot.services.business_words import enlarges, says_company, wants_land, works_alone
from bot.services.form_remarks import is_said_to_another
from bot.services.matter_remarks import asks_if_impossible
from bot.services.open_already import opens_one_more
from bot.services.plan_snapshot import snapshot_start
from bot.services.remarks import asks_the_same_of, clauses, compares
from bot.services.trade_names import stands_beside

ENTITY = "enterprise_type"
"""Entity that names a form of enterprise."""

FORM_AT_END = 4
"""Signs at the end of a firm's name that tell its form: 有限公司."""

LONGEST_FORM = 5
"""Signs of a clause that is nothing but the name of a form."""

SHORTEST_FORM = 2
"""Signs of a form's name where the form is asked for: 公司, 个体."""

_USUAL = {"title": USUAL_WAY, "payload": "/skip"}

TRADE_LIKE = frozenset({"chitchat", "inform", "nlu_fallback", "out_of_scope", "start_business"})
"""What the model can take the name of a trade for that the catalogue does not have."""


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
        said = _trade_said(turn)
        trade = trade_of(said) or find_trade(turn.text) or (None if said else trade_told(turn))
        near = near_trades(said)
        form = _form_named(turn)
        place = find_district(value_meant(turn, "district")) or district_in(turn)
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
        cleared = {PREFIX + name: None for name in start_questions()}
        cleared |= dict.fromkeys((DISTRICT, HIRES_STAFF, CHOOSE_FORM, START_ON, NAME, WANTED))
        say.utter_message(response="utter_start_business_start")
        if said and trade is None and not near:
            say.utter_message(response="utter_start_business_trade_not_listed", trade=said)
        opened = {**cleared, **known, **told}
        say_wants(said or called_before(turn, trade), {**turn.slots, **opened}, say)
        # the trade was said right now
        say_taken("start_business_form", turn, {**opened, TRADE: None}, say)
        if not says_forms_compared(turn, say):
            answer_opening("start_business", turn, opened, say)
        about = matter_named(turn)
        answers = {**cleared, **known, **told, **about, "journey": "start_business", "focus": PLAN}
        later = second_business(turn)
        if later is not None:
            say_noted([later], say)
        waits = wait(turn, [later]) if later is not None else []
        return [*waits, *start_form(turn, "start_business_form", **answers)]


WEIGHED = frozenset({f"{PREFIX}founders", f"{PREFIX}wants_limited"})
"""What bears on the advice which form to take, and tells nothing where none is wanted."""


class ValidateStartBusinessForm(ValidatePlanForm):
    """Asks only what still changes the plan."""

    form = "start_business_form"

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Keep one more business for later; it does not take the place of the one spoken of."""
        is_known = turn.slots.get(TRADE) not in {None, UNKNOWN} and turn.choice is None
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
        told = {**ActionStartBusiness.told(turn), **dropped_facts(turn)}
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
        is_guess = kept.get(ENTERPRISE_TYPE) == INDIVIDUAL and _form_named(turn) is None
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
        return [_question(name) for name in answered_then_open(slots, PREFIX, names, pending)]


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


@made_once(MANY)
def _question(name: str) -> Question:
    own = {"trade": _trade, "enterprise_type": _enterprise_type, "hires_staff": _hires_staff}
    if name in own:
        return own[name]()
    if name == "district":
        return district(DISTRICT, "utter_start_business_ask_district", when_unknown=UNKNOWN)
    fact = app().catalogue.question(name)
    return fact_question(PREFIX + name, fact, "utter_start_business_ask_fact", says_decided)


def _trade_said(turn: Turn) -> str | None:
    """Return how the trade is called; of several words the first that the catalogue knows."""
    said = trades_meant(turn)
    return next((word for word in said if trade_of(word)), next(iter(said), None))


def _form_named(turn: Turn) -> EnterpriseType | None:
    """Return the form of enterprise that a text names, None for none."""
    if opens_one_more(turn.text):
        return None  # the company is there already, and may open a branch
    named = find_enterprise_type(turn.entity("enterprise_type")) or enterprise_type_in(turn.text)
    if named is None:  # 东昌府区 餐饮 120平 公司
        bare = (
            find_enterprise_type(part) for part in clauses(turn.text) if len(part) <= LONGEST_FORM
        )
        named = next((kind for kind in bare if kind is not None), None)
    if named is None and says_company(turn.text):
        return company()
    return named


def _hires_staff() -> Question:
    return yes_no(
        HIRES_STAFF,
        asking("utter_start_business_ask_hires_staff", lambda _: yes_no_buttons(HIRES_STAFF)),
        label=("雇人", "员工", "人数"),
        when_unknown=UNKNOWN,
        why="utter_start_business_why_hires_staff",
        verbs="雇招请",
    )


def _trade() -> Question:
    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, TRADE)
        if pressed is not None:
            return Value(pressed, exact=True) if pressed.startswith((BUNDLE, CODE)) else None
        word = next(iter(trades_meant(turn)), None)
        if word is None and turn.entity("industry"):
            return None  # 先不卖酒, 楼下是个小超市
        is_asked = turn.requested == TRADE
        is_known = turn.slots.get(TRADE) not in {None, UNKNOWN}
        if word and is_known and not is_asked and stands_beside(turn.text, word):
            return None  # 餐厅也开, of a bath
        trade = trade_of(word) or find_trade(turn.text)
        is_told = is_asked and not is_said_to_another(turn.text)  # 你妈喊你吃饭
        trade = trade or (trade_of(turn.text) if is_told else None)
        if trade is not None:
            return Value(trade)
        if is_asked and near_trades(word or turn.text):
            return Problem("utter_start_business_trade_near", buttons=_near_buttons(turn))
        if is_asked and word:
            return Value(UNKNOWN)
        if turn.requested == TRADE and turn.intent in TRADE_LIKE:
            return Problem("utter_start_business_trade_unknown", buttons=(_USUAL,))
        return None

    return Question(
        TRADE,
        _ask_trade,
        parse,
        label=("生意", "行业", "经营", "项目"),
        entity="industry",
        named_in=lambda turn: bool(trades_meant(turn)),
        when_unknown=UNKNOWN,
        why="utter_start_business_why_trade",
        show=trade_name,
        examples="utter_common_examples_trade",
    )


def _ask_trade(turn: Turn, say: CollectingDispatcher) -> None:
    """Ask for the trade; of a word that may mean several, which of these."""
    near = _near_buttons(turn)
    if near:
        say.utter_message(response="utter_start_business_trade_near", buttons=near)
    else:
        asking("utter_start_business_ask_trade", _common_trades)(turn, say)


def _near_buttons(turn: Turn) -> list[dict[str, str]]:
    """Return a button for each trade that the word of a turn may mean; none where it is clear."""
    near = near_trades(_trade_said(turn))
    buttons = [choice_button(TRADE, one.key, trade_name(one.key)) for one in near]
    return [*buttons, _USUAL] if buttons else []


def _common_trades(_: Turn) -> list[dict[str, str]]:
    bundles = list(app().catalogue.one_things.values())[:6]
    return [
        choice_button(TRADE, BUNDLE + b.id, b.aliases[0] if b.aliases else b.name) for b in bundles
    ]


def _enterprise_type() -> Question:
    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, ENTERPRISE_TYPE)
        if pressed is not None:
            known = pressed == ADVICE or pressed in app().catalogue.enterprise_types
            return Value(pressed, exact=True) if known else None
        if CHOOSE_FORM in told_slots(turn.text) and turn.requested == ENTERPRISE_TYPE:
            return Value(ADVICE, exact=True)
        if asks_if_impossible(turn.text):  # 个体户两个人写不了吧
            return None
        firm = turn.entity("company_name") or ""
        named = turn.entity("enterprise_type") or firm[-FORM_AT_END:]
        found = find_enterprise_type(named) or find_enterprise_type(turn.text)
        is_asked = turn.requested == ENTERPRISE_TYPE
        found = found or enterprise_type_in(turn.text, *([SHORTEST_FORM] if is_asked else []))
        found = found or _form_named(turn)
        if found is not None:
            return Value(found.id)
        if is_asked and works_alone(turn.text):
            return Value(INDIVIDUAL)
        is_advised = turn.slots.get(CHOOSE_FORM) == YES and turn.requested == ENTERPRISE_TYPE
        if is_advised and read_yes_no(turn.text, turn.intent):
            advice = app().start_business.advice(start_answers(turn.slots))
            return Value(advice.best.form.id, exact=True)
        return None

    return Question(
        ENTERPRISE_TYPE,
        _ask_enterprise_type,
        parse,
        label=("类型", "身份", "公司", "个体"),
        entity="enterprise_type",
        named_in=lambda turn: enterprise_type_in(turn.text) is not None,
        when_unknown=UNKNOWN,
        why="utter_start_business_why_enterprise_type",
        explain=explain_types,
        show=_type_name,
        examples="utter_start_business_examples_enterprise_type",
    )


def explain_types(turn: Turn, say: CollectingDispatcher) -> None:
    """Say what sets the named forms of enterprise off from each other, or all of them."""
    spoken = (find_enterprise_type(e.value) for e in turn.entities if e.name == ENTITY)
    named = list({kind.id: kind for kind in spoken if kind is not None}.values())
    others = list(app().catalogue.enterprise_types.values())
    settled = [kind for kind in others if kind.id == turn.slots.get(ENTERPRISE_TYPE)]
    if not named and settled and not compares(turn.text):
        named = settled
    kinds = named if len(named) > 1 or (named and not compares(turn.text)) else others
    say.utter_message(response="utter_start_business_enterprise_types", types=traits_text(kinds))


def _ask_enterprise_type(turn: Turn, say: CollectingDispatcher) -> None:
    """Ask for the form; after the deciding questions with a recommendation."""
    kinds = app().catalogue.enterprise_types.values()
    if turn.slots.get(CHOOSE_FORM) != YES:
        buttons = [choice_button(ENTERPRISE_TYPE, kind.id, kind.name) for kind in kinds]
        buttons.append(choice_button(ENTERPRISE_TYPE, ADVICE, HELP_CHOOSING))
        say.utter_message(response="utter_start_business_ask_enterprise_type", buttons=buttons)
        return
    advice = app().start_business.advice(start_answers(turn.slots))
    forms = [ranked.form for ranked in advice.ranked]
    say.utter_message(
        response="utter_start_business_form_advice",
        advice=form_advice_text(advice),
        buttons=[choice_button(ENTERPRISE_TYPE, form.id, form.name) for form in forms],
    )


def _type_name(type_id: str) -> str:
    kind = app().catalogue.enterprise_types.get(type_id)
    return kind.name if kind else ""
