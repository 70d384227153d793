"""Answers, between the questions of a plan, what is asked of all of it: 没证先干罚多少."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.asked import say_list
from actions.plans.points import PERMITS
from actions.plans.whole import says_of_whole
from actions.questions.matter_faqs import say_question
from actions.trades.apart import says_apart
from actions.trades.asked import OF_ANY, say_fines, say_topic
from actions.trades.main_licence import is_of_main
from actions.trades.start_answers import TRADE
from actions.turns.focus import JOURNEY_FORMS
from actions.turns.turn import Turn
from bot.services.words.any_matter import wants_haste
from bot.services.words.matter_remarks import asks
from bot.services.words.plan_remarks import wants_copy
from bot.services.words.trade_apart import asks_to_build_first
from bot.services.words.trade_questions import TradeTopic, topic_of_trade

ADDRESS = "biz-home-commit"
"""Matter by which one's own rooms become the address of a business."""

_UNREGISTERED = re.compile(
    "(?:^|[，,。 ])(?:我|俺)?(?:就|也)?(?:不(?:想|打算|准备)?|没(?:想|打算))(?:去)?"
    "(?:注册|登记|办照|办执照|办证)(?:了|的话)?(?:$|[，,。 行中能可会])"
)
_HOME = re.compile("家里|自家|自己家|住宅|小区|民房|居民楼|住的房")
_CONDITIONS = re.compile("条件|要求|门槛|资格|限制")


def says_of_plan(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what is known of the plan in the making as a whole; False for anything else."""
    if turn.choice is None and turn.loop in JOURNEY_FORMS.values() and wants_haste(turn.text):
        say.utter_message(response="utter_matters_haste")
        return True
    if turn.loop in JOURNEY_FORMS.values() and (
        says_of_whole(turn, say) or (wants_copy(turn.text) and say_list(turn, say))
    ):
        return True  # 这几个证分别找谁办, 单子先发我看看
    if turn.loop == JOURNEY_FORMS["plan_project"]:
        return says_built_first(turn, say)
    trade = str(turn.slots.get(TRADE) or "")
    if _says_apart(turn, trade, say):
        return True
    is_shop = turn.loop == JOURNEY_FORMS["start_business"] and ":" in trade
    if turn.choice is not None or not is_shop or not asks(turn.text):
        return False
    topic = topic_of_trade(turn.text, ())
    is_meant = topic is TradeTopic.ORDER
    is_meant |= topic is TradeTopic.MAY and _CONDITIONS.search(turn.text) is not None
    if topic is not None and is_meant:
        say_topic(topic, trade, turn, say)
        return True
    return _says_address(turn, say)


def _says_apart(turn: Turn, trade: str, say: CollectingDispatcher) -> bool:
    """Say what follows without a registration, or what any trade may ask; False for neither."""
    if turn.choice is not None or turn.loop != JOURNEY_FORMS["start_business"]:
        return False
    if _UNREGISTERED.search(turn.text) is not None:  # 我就自己干 不注册
        say_topic(TradeTopic.NEED, trade, turn, say)
        return True
    return says_apart(turn, trade, say)


def says_built_first(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what follows when something is built before its papers; False where that is not asked."""
    if turn.choice is not None or turn.entity("matter") or not asks_to_build_first(turn.text):
        return False
    say_fines([app().catalogue.matter(one) for one in PERMITS], say)
    return True


def _says_address(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say whether one may work where one lives: 在家里开行不; False where that is not asked."""
    if _HOME.search(turn.text) is None or is_of_main(turn):
        return False
    own = [app().catalogue.matter(ADDRESS)]
    asked = app().question_finder.among(turn.text, own, OF_ANY)
    if asked is not None:
        say_question(turn, asked, say)
    return asked is not None


def asks_only_why(turn: Turn) -> bool:
    """Tell whether it is asked why we ask, and not why a licence is wanted: 为啥要办消防检查."""
    is_named = turn.entity("matter") is not None
    is_named |= app().dialogue_words.area_in(turn.text) is not None
    return turn.intent == "ask_why" and not is_named
