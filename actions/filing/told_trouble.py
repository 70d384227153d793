"""Answers trouble that is told before anything is filed; offers to file where nobody is blamed.

Nobody who tells of a fine, a debt or a page that does not open has asked for a complaint.
"""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import say_question
from actions.questions.worded import WordedService
from actions.steering.asides import LONGEST, say_service_question
from actions.trades.own_business import event_of_own
from actions.turns.context import OFFERED
from actions.turns.focus import POLICY, TICKET, on_matter, read_focus
from actions.turns.history import last_responses
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.domain.facts import Faq
from bot.services.finding.service_finder import ServiceAsked
from bot.services.words.business import pauses
from bot.services.words.closing import closing
from bot.services.words.filing import takes_offer_to_file
from bot.services.words.matter_remarks import asks, hands_in_later, owes
from bot.services.words.remarks import asks_meaning, clauses
from bot.services.words.story import blames_us, finds_fault, is_sent_about
from bot.services.words.ticket import names_ticket, wants_whistle
from bot.services.words.unwished import asks_if_allowed, asks_if_fair, wishes_story

FITS, FITS_ELSE, FITS_IF_RIGHT = 0.5, 0.62, 0.4
"""How well what is told must fit a question of the catalogue: where it is taken for a story, where
it is taken for something else, and where a story asks if that is right (窗口要三百 这合规不)."""

FITS_IF_FAIR = 0.35
"""The same where it is asked in so many words if a fine is right: 冤得慌 还能说理不."""

NEAR = 0.38
"""The same of a question that would be refused otherwise.

Of 2,192 messages of our dialogues nine questions fit one on penalties or refusals by 0.4, all of
them rightly but one; statements are read so too since.
"""

NAMES = ("district", "enterprise_type", "industry", "matter", "policy", "project_type")
"""What a question of a service alone does not name."""

REFUSED = frozenset({"nlu_fallback", "out_of_scope"})

OF_MATTER = 0.5
"""The same of a question of a matter."""

TOLD = frozenset({"blow_whistle", "complain"})
"""What begins a form around a story."""

ELSE = frozenset({"abuse", "deny", "dispute_answer", "nlu_fallback", "out_of_scope"})
ELSE |= {"emergency", "inform", "query_case", "query_ticket", "skip", "stop"}
"""What else the model takes trouble for."""

UNHEARD = frozenset({"go_back", "goodbye", "greet", "inform", "mark_done", "stop"})
"""What the model takes for it of which it understands nothing."""

SHORTEST_TOLD = 5
"""Signs of a statement that would be refused."""


SEVERAL = 3
"""Clauses of a text that tells much beside what it asks at last."""

FINE = "罚"
"""Word of a question on fines, which is about nothing else that is spoken of."""

APART = "区别"
"""Word of a question on how things differ, which a text about one of them does not ask."""

_ASKS_APART = re.compile("区别|不同|不一样|一样|差别|差在|意思|一回事|啥叫|是啥|是什么")

PAID = WordedService("加急费")
"""Says what money and things an office may not ask for."""

FITS_OWED = 0.4
"""The same where it is told that somebody does not pay."""

UNPAID, DUE = WordedService("被拖欠"), WordedService("最长多久该付")
"""Say who sees to a firm that is not paid, and by when it is to be paid."""

_BY_WHEN = re.compile("[几多]少?天|多久|多长时间|期限|(?:啥|什么)时候|几个月")

_OFFICE = re.compile("窗口|大厅|办事|工作人员|[局所]|收费|加急")
_TAKES_MONEY = re.compile("[\\d一二三四五六七八九十百千万]+块|钱|费|红包|指定|非[让叫要]")
_OWED = re.compile("拖款|拖欠|欠[^，,。]{0,4}(?:款|货|账)")
"""Tells of a firm that is not paid."""


def answer_told_trouble(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what the catalogue knows of a trouble, and offer to file it; None for nothing."""
    is_of_policy = turn.slots.get("focus") == POLICY  # 利息谁出
    faq = None if is_of_policy or _is_wish(turn) else _known(turn)
    if faq is None or _is_change(turn):
        return None
    say_service_question(faq, say)
    if turn.intent in TOLD:
        say.utter_message(response="utter_feedback_offer_after")
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def offers_to_file(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Offer to file what is taken for a complaint and blames nobody; None for anything else."""
    is_ours = turn.intent in TOLD | REFUSED and blames_us(turn.text)
    if not (is_ours or turn.intent in TOLD) or _is_wish(turn) or not turn.text:
        return None
    if not is_ours and finds_fault(turn.text):
        return None
    asked = None if is_ours else app().question_finder.best_of_all(turn.text)
    if asked is not None and asked.score >= OF_MATTER:  # 税务打电话说俺没报税要罚
        say_question(turn, asked, say)
        say.utter_message(response="utter_feedback_offer_after")
        return on_matter(asked.matter, "eligibility")
    say.utter_message(response="utter_common_abuse" if is_ours else "utter_feedback_offer")
    return [SlotSet("focus", turn.slots.get("focus"))]


def answer_near(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of a service, where a text names nothing and nothing else is meant.

    It goes before a refusal and before asking which matter is meant; no events for nothing.
    """
    is_said = asks(turn.text) or turn.text.endswith("吧")  # 收下就算开始算天数了吧
    is_asked = turn.intent in QUESTION_INTENTS | REFUSED and is_said
    is_asked |= turn.intent == "query_case" and asks_meaning(turn.text)  # 写着待补正 啥意思
    is_asked |= turn.intent in REFUSED and len(turn.text) >= SHORTEST_TOLD  # 甲方老拖着不结账
    is_trouble = turn.intent in REFUSED or owes(turn.text)  # 镇医院欠我菜钱
    names = ("matter", "policy") if is_trouble else NAMES
    is_named = any(turn.entity(name) for name in names)
    if not is_asked or is_named or turn.choice is not None or turn.slots.get("focus"):
        return []
    if turn.intent == "ask_deferral" and hands_in_later(turn.text):
        return []  # 公章还没刻好 能先开户章后补吗
    if pauses(turn.text):  # 饭店先不开了，停上一段，手续咋走
        return []
    best = _best(turn)
    if best is None or best.faq is None or best.score < NEAR:
        return []
    say_service_question(best.faq, say)
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def _is_wish(turn: Turn) -> bool:
    """Tell whether a text presses, adds to what was filed, or says that it is to be filed."""
    is_filed = turn.choice is not None or turn.slots.get("focus") == TICKET
    is_wish = wishes_story(turn.text) or names_ticket(turn.text) or wants_whistle(turn.text)
    is_taken = takes_offer_to_file(turn.text) is not None and last_responses(turn) & OFFERED
    is_wish |= bool(is_taken)  # 中 那投吧
    is_owed = turn.intent == "blow_whistle" and _OWED.search(turn.text) is not None
    return is_filed or is_wish or is_owed or is_sent_about(turn.text) or pauses(turn.text)


def _known(turn: Turn) -> Faq | None:
    """Return the question about a service that a trouble fits best; None for none well enough."""
    is_meant = turn.intent in TOLD | ELSE
    is_meant |= turn.intent in QUESTION_INTENTS and not asks(turn.text)  # 执照让市场局吊销了
    is_meant |= _is_unheard(turn) or asks_if_fair(turn.text)  # 城管罚五千 冤得慌 能说理不
    if turn.loop is not None or not is_meant or turn.entity("policy"):
        return None
    if _asks_if_allowed(turn) and _takes_money(turn.text):
        return PAID.faq
    best = _best(turn)
    if _asks_if_allowed(turn):  # 收了我的材料连个条都没给 该不该给
        shared = app().shared_finder.asked(turn.text, None)
        if shared is not None and shared.score >= max(FITS, best.score if best else 0.0):
            return shared.faq
    if best is None or best.faq is None:
        return None
    if best.faq is UNPAID.faq and _BY_WHEN.search(clauses(turn.text)[-1]):
        return DUE.faq
    if APART in best.faq.question and _ASKS_APART.search(turn.text) is None:
        return None  # 咋备案
    if turn.slots.get("focus") and FINE in best.faq.question and FINE not in turn.text:
        return None  # 从来没欠过工资，能少交点不
    return best.faq if best.score >= _least(turn, best.faq) else None


def _is_unheard(turn: Turn) -> bool:
    """Tell whether a text that names nothing is taken for a word of the talk: 东西叫城管拉走了."""
    is_bare = not turn.entities and turn.choice is None and len(turn.text) >= SHORTEST_TOLD
    return is_bare and turn.intent in UNHEARD and closing(turn.text) is None


def _takes_money(text: str) -> bool:
    """Tell whether an office wants money or things for what it does."""
    return _TAKES_MONEY.search(text) is not None and _OFFICE.search(text) is not None


def _is_change(turn: Turn) -> bool:
    """Tell whether a text tells of a change of one's own business: 公司想换个地址，搬到高新区."""
    is_free = turn.intent not in TOLD or _asks_if_allowed(turn)
    return is_free and event_of_own(turn) is not None


def _least(turn: Turn, faq: Faq) -> float:
    """Return how well a text must fit a question; those of a trade want more than a mention."""
    if asks_if_fair(turn.text):  # 罚我五千能少交点不
        return FITS_IF_FAIR
    if _asks_if_allowed(turn):
        return FITS_IF_RIGHT
    if faq in {UNPAID.faq, DUE.faq} and _OWED.search(turn.text) is not None:
        return FITS_OWED  # 欠俺货款那家拖了半年了
    is_service = faq in app().catalogue.service_questions
    is_refused = turn.intent == "out_of_scope" and is_service
    is_refused |= _is_unheard(turn) and is_service and not turn.slots.get("focus")
    return FITS if turn.intent in TOLD or is_refused else FITS_ELSE


def _asks_if_allowed(turn: Turn) -> bool:
    return turn.intent in TOLD and asks_if_allowed(turn.text)


def _best(turn: Turn) -> ServiceAsked | None:
    """Return what a text or one of its clauses asks of a service best, however badly it fits."""
    parts = clauses(turn.text)
    asking = [part for part in parts if asks(part)]  # 银行不给贷款 过户得多少钱
    is_story = len(parts) >= SEVERAL and bool(asking) and not asks_if_fair(turn.text)
    whole = () if is_story else (turn.text,)
    texts = {part for part in (*whole, *(asking or parts)) if len(part) <= LONGEST}
    found = (app().service_finder.asked(text) for text in texts)
    return max((one for one in found if one), key=lambda one: one.score, default=None)
