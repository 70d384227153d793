"""The questions that only the journey of starting a business asks: its trade, its form, staff."""

from collections.abc import Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.ask import YES, asking, choice_button, chosen, district, yes_no
from actions.forms.decided_by import says_decided
from actions.forms.facts import UNKNOWN, fact_question, yes_no_buttons
from actions.forms.question import Answer, Problem, Question, Value
from actions.trades.start_answers import (
    ADVICE,
    BUNDLE,
    CHOOSE_FORM,
    CODE,
    DISTRICT,
    ENTERPRISE_TYPE,
    HIRES_STAFF,
    INDIVIDUAL,
    PREFIX,
    TRADE,
    start_answers,
    told_slots,
)
from actions.trades.start_opening import (
    trade_name,
)
from actions.trades.supposed_form import company
from actions.trades.trade_of_story import near_story
from actions.turns.forms_named import enterprise_type_in, find_enterprise_type
from actions.turns.made_once import MANY, made_once
from actions.turns.trades_named import find_trade, near_trades, trade_of, trades_meant
from actions.turns.turn import Turn
from bot.documents.form_advice_text import form_advice_text, traits_text
from bot.documents.labels import HELP_CHOOSING, USUAL_WAY
from bot.domain.places import EnterpriseType
from bot.services.finding.trade_finder import LikelyTrade
from bot.services.finding.trade_names import stands_beside
from bot.services.plans.open_already import opens_one_more
from bot.services.reading.answers import read_yes_no
from bot.services.words.business import says_company, works_alone
from bot.services.words.form_chosen import asks_if_partners_may
from bot.services.words.form_remarks import is_said_to_another
from bot.services.words.matter_remarks import asks_if_impossible
from bot.services.words.remarks import clauses, compares

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


@made_once(MANY)
def question_named(name: str) -> Question:
    """Return the question of the journey that has this name, one of the catalogue's or our own."""
    own = {"trade": _trade, "enterprise_type": _enterprise_type, "hires_staff": _hires_staff}
    if name in own:
        return own[name]()
    if name == "district":
        return district(DISTRICT, "utter_start_business_ask_district", when_unknown=UNKNOWN)
    fact = app().catalogue.question(name)
    return fact_question(PREFIX + name, fact, "utter_start_business_ask_fact", says_decided)


def trade_said(turn: Turn) -> str | None:
    """Return how the trade is called; of several words the first that the catalogue knows."""
    said = trades_meant(turn)
    return next((word for word in said if trade_of(word)), next(iter(said), None))


def form_named(turn: Turn) -> EnterpriseType | None:
    """Return the form of enterprise that a text names, None for none."""
    if opens_one_more(turn.text) or asks_if_partners_may(turn.text):
        return None  # the company is there already, and may open a branch; 俺们仨 办个体行不
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
    """Ask for the trade; of a word or a story that may mean several, which of these."""
    near, heard = _near_buttons(turn), near_story(turn)
    if heard:
        say.utter_message(response="utter_start_business_trade_heard", buttons=_buttons(heard))
    elif near:
        say.utter_message(response="utter_start_business_trade_near", buttons=near)
    else:
        asking("utter_start_business_ask_trade", _common_trades)(turn, say)


def _near_buttons(turn: Turn) -> list[dict[str, str]]:
    """Return a button for each trade that the word of a turn may mean; none where it is clear."""
    return _buttons(near_trades(trade_said(turn)))


def _buttons(near: Sequence[LikelyTrade]) -> list[dict[str, str]]:
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
        found = found or form_named(turn)
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
