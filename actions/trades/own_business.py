"""Answers what happens to a business that runs, whatever its trade is: 俺理发店招牌让城管拆了.

The trade is not what such a text is about: read as any shop's, it fits the change, the trouble or
the question that it tells. What is asked of the trade itself is left to others.
"""

import re
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_ends import offer_event
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import END
from actions.questions.matter_faqs import AMONG_FEW, say_question, utter
from actions.steering.asides import say_service_question
from actions.trades.asked import ANY
from actions.turns.focus import on_matter, read_focus
from actions.turns.names import AFTERWARDS
from actions.turns.registry import action_named
from actions.turns.trades_named import trade_of, trades_meant
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.plans.open_already import opens_one_more, own_name
from bot.services.words.asked import wants_benefit
from bot.services.words.business import (
    HIRES_STAFF,
    asks_what_hiring_wants,
    begins_new,
    builds,
    ends_or_hands_on,
    pauses,
    takes_over,
    told_by,
    wishes_to_open,
)
from bot.services.words.held import Held, happens_to
from bot.services.words.matter_remarks import asks, asks_which_licences
from bot.services.words.remarks import clauses, is_new_wish

TROUBLE, QUESTION, SUBJECT = 0.42, 0.45, 0.6
"""How well a question about a service, one of a matter, and the matter itself must fit."""

OF_ANY_SHOP = frozenset({"bank-reserve", "biz-home-commit", "biz-seal", "hf-employer"})
OF_ANY_SHOP |= {"hr-labor-contract", "si-change", "si-employer", "tax-general", "tax-newbiz"}
"""Matters beside changes and ends that a business of any trade has while it runs."""

OF_FOOD = "chg-license-food"
"""A change that not every trade has."""

HIRING = (("hr-labor-contract", "招了人"), ("si-employer", "员工几天"))
"""Matters and words of their questions on who is hired."""

_LOAN = re.compile("贷[点些个]?款")
_OPENED = re.compile("[开干办弄支整搞做](?:一?[个家间])?$")
_MINE = re.compile("[我俺咱]们?(?:家|自己)?[开办干弄]的")
_LICENCE_ENDS = re.compile("(?<!照)(?<!营业)(?:许可)?证[^，,。]{0,4}(?:注销|撤销|交回|销掉)")
"""Speaks of a licence that is given back, and not of the end of the business."""

_LICENCE = re.compile("许可证|卫生证|食品证|特行证|备案")
_SOLD_IN = re.compile(
    "(?P<place>(?:店|馆)?(?:的|里头?|里面|前台|吧台|门口|大厅|院里|柜台|一角|旁边|外头)+)"
    "(?:也|还|顺带|顺便|捎带|再|想|要|打算|另外|就|给客人|给学员|给会员)*"
    "(?:摆|放|卖|搁|代卖|零卖|加|添|弄|搞|做|设|支|供|提供|现做|现打)"
)
"""Stands behind the name of a shop in which something is done beside."""

_INVOICE = re.compile("开(?:发)?票")

BEHIND = ("有限公司", "公司", "合作社", "经营部", "店", "厂", "馆", "铺", "摊")
"""Stands behind the name of a trade and belongs to it."""


def answer_of_own(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is told of a running business, its trade left aside; no events for else."""
    if builds(turn.text) and not any(map(asks, clauses(turn.text))):
        return []  # 我们公司在茌平新盖个厂房，自己投资的，总共5000平米
    said = _of_any_shop(turn)
    if said is None:
        return _of_sold(turn, say) or _of_hiring(turn, say)
    event = app().life_events.find(said)
    if event is not None and _LICENCE_ENDS.search(said) is not None:
        return []  # 老厂的排污证怎么注销
    if event is not None:
        is_asked = asks(said) and app().dialogue_words.topics_in(said)  # 注销得多长时间啊
        return [] if is_asked else offer_event(replace(turn, text=said), event, say)
    if _LOAN.search(clauses(said)[-1]) is not None:
        return action_named("action_search_policy").act(replace(turn, text=said), say)
    found = map(app().service_finder.asked, (said, said.replace(ANY, "", 1)))
    known = [one for one in found if one is not None and one.faq and one.score >= TROUBLE]
    trouble = max(known, key=lambda one: one.score, default=None)
    if trouble is not None and trouble.faq is not None:
        say_service_question(trouble.faq, say)
        return [SlotSet("focus_topic", read_focus(turn).topic)]
    asked = app().question_finder.best_of_all(said)
    is_end = asked is not None and asked.matter.category == END and not ends_or_hands_on(said)
    if asked is not None and asked.score >= QUESTION and _is_of_any(asked.matter) and not is_end:
        say_question(turn, asked, say)
        return on_matter(asked.matter, "eligibility")
    return _of_staff(turn, say) or _of_subject(said, say)


def _of_sold(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of things sold beside in a shop: 健身房前台摆点瓶装水 用办证不.

    The shop is only where it is done; whose trade it is bears on nothing.
    """
    name = next((one for one in trades_meant(turn) if trade_of(one)), None)
    is_free = turn.loop is None and turn.choice is None and not begins_new(turn.text)
    if name is None or not is_free or not asks(turn.text) or is_new_wish(turn.text):
        return []
    before, found, behind = turn.text.partition(name)
    place = _SOLD_IN.match(behind) if found and not _OPENED.search(before) else None
    if place is None:
        return []
    said = behind[place.end("place") :]
    told = app().matter_resolver.told(said)
    if told is None:
        return []
    matter = app().catalogue.matter(told)
    asked = app().question_finder.among(said, (matter,), AMONG_FEW)
    if asked is None:
        say_answer("eligibility", matter, say)
    else:
        say_question(turn, asked, say)
    return on_matter(matter, "eligibility")


def event_of_own(turn: Turn) -> LifeEvent | None:
    """Return the change that a text tells of, or wants of one's own business; None for none."""
    found = app().life_events.find(turn.text)
    said = None if found is not None else _of_any_shop(turn)
    return found if said is None else app().life_events.find(said)


def _of_any_shop(turn: Turn) -> str | None:
    """Return the text with any shop in place of its trade; None where one begins or is meant."""
    is_own = own_name(turn.text) is not None or _MINE.search(turn.text) is not None
    is_free = turn.loop is None and turn.choice is None and not _opens(turn.text)
    is_free &= is_own and _LICENCE.search(turn.text) is None  # 俺网吧换法人了 许可证要改吗
    if not is_free or happens_to(turn.text) is Held.LOST:
        return None  # 俺那超市执照丢了, which has its own answer
    name = next((one for one in trades_meant(turn) if trade_of(one)), None) or own_name(turn.text)
    if name is None or name not in turn.text:
        return None
    before, behind = turn.text.split(name, 1)
    if _OPENED.search(before) is not None:
        return None  # 没照干废品站会罚不
    kind = next((word for word in BEHIND if behind.startswith(word)), "")
    return f"{before}{ANY}{behind.removeprefix(kind)}"


def _opens(text: str) -> bool:
    """Tell whether a business is to begin, or is asked about before it does."""
    text = _INVOICE.sub("", text)  # 要开发票 opens nothing
    is_new = begins_new(text) or opens_one_more(text)
    if _MINE.search(text) is None:  # 我开的美容院打算换个地方
        is_new |= is_new_wish(text) or wishes_to_open(text)
    return is_new or takes_over(text) or pauses(text) or asks_which_licences(text)


def _is_of_any(matter: Matter) -> bool:
    is_later = matter.category in AFTERWARDS and matter.id != OF_FOOD
    return is_later or matter.id in OF_ANY_SHOP


def _of_staff(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say to who hires, and asks nothing, how soon that is to be signed and reported."""
    if asks(turn.text) or told_by(turn.text, {}).get(HIRES_STAFF) != "yes":
        return []
    return _say_hiring(say)


def _of_hiring(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the same to who only asks what is to be done for those hired: 想招俩服务员 要办啥."""
    is_free = turn.loop is None and turn.choice is None and not begins_new(turn.text)
    is_named = trade_of(turn.entity("industry")) is not None or turn.entity("matter") is not None
    is_free = is_free and not is_named
    if not is_free or not asks_what_hiring_wants(turn.text):
        return []
    return _say_hiring(say)


def _say_hiring(say: CollectingDispatcher) -> list[EventType]:
    """Say how soon who is hired must have a contract and be reported."""
    matters = [(app().catalogue.matter(name), word) for name, word in HIRING]
    known = [(one, faq) for one, word in matters for faq in one.faqs if word in faq.question]
    for matter, faq in known:
        utter(faq_answer(faq, matter), say)
    return on_matter(known[-1][0], "eligibility") if known else []


def _of_subject(said: str, say: CollectingDispatcher) -> list[EventType]:
    """Say how that is done which a text is about beyond doubt: 俺店想给员工交社保."""
    best = app().matter_resolver.rank(said, 1)
    matter = app().catalogue.matter(best[0].matter_id) if best else None
    if matter is None or best[0].score < SUBJECT or not _is_of_any(matter):
        return []
    if asks(said) or wants_benefit(said):  # 给俺公司配份政策包，俺是小规模
        return []
    say_answer("procedure", matter, say)
    return on_matter(matter, "procedure")
