"""Answers a question of the catalogue about what is talked about: "提前多久续", "得先注销吗"."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import OFFER
from actions.finding.matter_before import is_trade_offered, is_unspoken, of_other_form
from actions.forms.reading import SURE
from actions.funding.meant import policies_told
from actions.plans.planned import planned_matters
from actions.questions.evidence import founded
from actions.questions.faq_said import MEASURES
from actions.questions.matter_faqs import (
    AMONG_FEW,
    BY_ITSELF,
    asks_plain_topic,
    matter_told_of,
    questions_among,
    say_faq,
    says_question_among,
    to_be_named,
    utter,
)
from actions.trades.start_answers import ENTERPRISE_TYPE, TRADE, own_matters
from actions.turns.focus import MATTER, PLANNING, on_matter, read_focus
from actions.turns.forms_named import form_in, form_said
from actions.turns.history import last_bot_messages, last_responses
from actions.turns.names import (
    AFTERWARDS,
    afterwards,
    ending_of,
    endings_of,
    find_matters,
    find_policies,
    meant_matter,
    sure_matter,
)
from actions.turns.registry import action_named
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents.matter_text import answer as matter_answer
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.finding.matter_faqs import fitting_faq
from bot.services.finding.question_finder import NEAR_SCORE
from bot.services.finding.record_lines import faq_by_words, shared_run
from bot.services.reading.wording import content, normalise
from bot.services.words.asked import (
    asking_part,
    asks_to_hand_in_later,
    tells_circumstance,
    wants_benefit,
)
from bot.services.words.matter_remarks import (
    asks,
    asks_to_found,
    asks_which_licences,
    hands_in_later,
    insists_on_place,
)
from bot.services.words.policy_remarks import is_personal
from bot.services.words.remarks import clauses, is_correction
from bot.services.words.story import is_long_trouble

FEE = "fee"
"""Topic of what a matter costs."""

SHORTEST = 5
"""Characters of a question inside a form that the model takes for a yes."""

ASKED_OF_PLAN = frozenset({"ask_eligibility", "deny", "nlu_fallback", "out_of_scope"})
"""What the model takes such a question for."""

AT_ALL, RARE = 0.1, 3
"""How well some question of a matter must fit where one of it shares a rare word with a text, and
the signs of a word that tells by itself."""

LONGEST = 24
"""Characters; a longer text tells more than it asks about what was talked about."""

_UNSURE = QUESTION_INTENTS | {
    "affirm",
    "deny",
    "inform",
    "nlu_fallback",
    "out_of_scope",
    "skip",
    "stop",
}


def answer_faq(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer a question that the catalogue holds, nearly in its words; None for none.

    It is about what was talked about. `answer_near_faq` comes last and needs no words of it.
    """
    named = turn.entity("matter")
    is_short = len(turn.text) <= LONGEST and (named is None or named in app().dialogue_words.broad)
    if turn.loop is not None or turn.intent not in _UNSURE or not is_short:
        return None
    if hands_in_later(turn.text):  # 健康证下礼拜才出来，能先交别的后面再补吗
        return None
    _, matters = talked_about(turn)
    meant = sure_matter(turn.text)
    if meant is not None and meant.id not in {matter.id for matter in matters}:
        return None
    faq = fitting_faq(turn.text, matters)
    return None if faq is None else _say(turn, faq, matters, say)


def _defers_own_paper(turn: Turn) -> bool:
    """Tell whether a paper of the matter spoken of may come later: 那个平面图也没画，能缓缓不."""
    spoken = read_focus(turn).matter if turn.slots.get("focus") == MATTER else None
    is_asked = turn.intent == "ask_deferral" and turn.entity("matter") is None
    return spoken is not None and is_asked and bool(app().lookup.find_material(spoken, turn.text))


def answer_near_faq(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question that the catalogue holds in other words, when nothing else is meant.

    Where the model is sure of a topic, or a word of one stands in the text, that is answered, with
    such a question beside it.
    """
    is_unsure = turn.intent in _UNSURE and (
        turn.intent not in QUESTION_INTENTS or turn.confidence < SURE
    )
    is_unsure |= turn.intent == "ask_eligibility"  # 老照要先注销不: no topic that one could miss
    is_asked = asks(turn.text) or tells_circumstance(turn.text)  # 还欠着税嘞
    if turn.loop is not None or not is_unsure or not is_asked or is_long_trouble(turn.text):
        return []
    if _defers_own_paper(turn):
        return []
    if asks_which_licences(turn.text):  # all that a trade wants, or one matter: 打口井要办啥证
        return []
    if asks_to_found(turn.text):  # 台胞能注册个体户不: who may, and the question beside it
        return []
    if asks_plain_topic(turn):  # 施工许可要什么材料，另外几天批
        return []
    word = turn.entity("matter")
    # a landmark (旁边有个幼儿园) is no matter that is asked about
    is_broad = word in app().dialogue_words.broad or not asks(turn.text)
    said = meant_matter(word, turn.text) if word else sure_matter(turn.text)
    named = None if is_broad else said
    named = named and (afterwards(word, turn.text) or named)  # 食品证到期了咋续
    spoken, matters = talked_about(turn) if named is None else (named, [named])
    is_sure = turn.intent in QUESTION_INTENTS and turn.confidence >= SURE
    least = AMONG_FEW if is_sure or turn.intent == "out_of_scope" else NEAR_SCORE
    if turn.intent == "out_of_scope" and turn.confidence >= SURE:
        least = NEAR_SCORE if spoken and turn.text.endswith("呢") else BY_ITSELF  # 换了老板呢
    faqs = questions_among(turn.text, [spoken] if spoken else [], least)
    # many may be meant: it must fit better
    faqs = faqs or questions_among(turn.text, matters, max(least, BY_ITSELF))
    if FEE in app().dialogue_words.topics_in(clauses(turn.text)[-1]):
        faqs = tuple(one for one in faqs if MEASURES[FEE].search(one.answer))  # 过户得多少钱
    return [event for faq in faqs for event in _say(turn, faq, matters, say)]


def _say(
    turn: Turn, faq: Faq, matters: Sequence[Matter], say: CollectingDispatcher
) -> list[EventType]:
    """Answer a question of one of some matters; what was spoken of last stays so."""
    about = next((matter for matter in matters if faq in matter.faqs), None)
    utter(faq_answer(faq, to_be_named(turn, about) if about else None), say)
    focus = read_focus(turn)
    is_spoken_of = about is not None and not focus.is_plan and focus.matter == about
    if about is not None and (is_spoken_of or len(matters) == 1):
        return on_matter(matter_told_of(faq, about), focus.topic or "eligibility")
    return [SlotSet("focus", turn.slots.get("focus"))]


def answers_faq_inside(turn: Turn, say: CollectingDispatcher, least: float = NEAR_SCORE) -> bool:
    """Answer, between the questions of a form, one that the catalogue holds; False for none.

    It is about the matter that the text means, the one spoken of, or one of the plan in the making.
    """
    is_filler = turn.intent == "affirm" and len(turn.text) < SHORTEST  # 嗯这个嘛
    if turn.loop is None or turn.intent not in _UNSURE or is_filler or not asks(turn.text):
        return False
    if insists_on_place(turn.text):  # 嗐就大槐树底下嘛
        return False
    turn = replace(turn, text=asking_part(turn.text))
    form = form_said(turn)
    found = find_matters(turn.entity("matter") or turn.text)
    spoken = talked_about(turn)[1]
    named = turn.entity("matter")
    found = [one for one in found if named or not is_unspoken(turn, one, spoken)]
    meant = [ending_of(one, form) for one in found]
    planned = [] if named is not None else spoken
    told = registration_told(turn)
    if told is not None and is_nearest(turn, told):
        return says_question_among(turn.text, [told], say, AMONG_FEW)
    meant = founded(turn, meant, spoken, least)
    if says_question_among(turn.text, meant, say, least):
        return True
    # many may be meant: it must fit better
    if planned and says_question_among(turn.text, planned, say, BY_ITSELF):
        return True
    if turn.entity("matter") is not None or sure_matter(turn.text) is not None:
        return False
    return answers_by_words(turn, say) or _answers_benefit(turn, say)


def answers_last_matter(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what is asked about the matter that was answered for right before; False for none.

    "错过了咋整" in a booking is about the yearly report, when that was just spoken of.
    """
    matter = read_focus(turn).matter
    said = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    is_said = matter is not None and any(matter.name in text for text in said)
    if matter is None or not is_said or "utter_matters_answer" not in last_responses(turn):
        return False
    return asks(turn.text) and says_question_among(turn.text, [matter], say)


def change_meant(text: str) -> Matter | None:
    """Return what happens to a business later that a text surely means: 个体户变成公司."""
    matter = sure_matter(text)
    return matter if matter is not None and matter.category in AFTERWARDS else None


def answers_change(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer, in the plan of a beginning, what is asked about a change later; False for none.

    "公司以后想搬到别处咋弄" changes no answer of the plan.
    """
    is_topic = turn.intent in QUESTION_INTENTS - {"ask_office_hours"}
    topic = turn.intent.removeprefix("ask_") if is_topic else "eligibility"
    matter = change_meant(turn.text) if turn.loop in PLANNING and asks(turn.text) else None
    if matter is None or is_correction(turn.text):
        return False
    made = matter_answer(topic, matter)
    utter(made, say)
    say_faq(turn, matter, made.text, say)
    return True


def is_nearest(turn: Turn, told: Matter) -> bool:
    """Tell whether what is asked fits a registration at least as well as the rest of the plan."""
    own = app().question_finder.among(turn.text, [told], AMONG_FEW)
    others = [matter for matter in talked_about(turn)[1] if matter.id != told.id]
    other = app().question_finder.among(turn.text, others, AMONG_FEW)
    is_own = own is not None or fitting_faq(turn.text, [told]) is not None
    return is_own and (other is None or (own is not None and own.score >= other.score))


def answers_by_words(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer a question of the plan in the making that shares a rare word with what is asked.

    "处方药卖不卖，有啥区别" in the plan of a chemist's is about its licence, and not about the open
    question.
    """
    if turn.loop not in PLANNING or not asks(turn.text):
        return False
    matters = talked_about(turn)[1]
    faq = faq_by_words(turn.text, matters)
    own = [matter for matter in matters if faq is not None and faq in matter.faqs]
    asked = app().question_finder.among(turn.text, own, AT_ALL)
    if faq is None or asked is None:
        return False
    run = shared_run(content(normalise(turn.text)), normalise(f"{faq.question}{faq.answer}"))
    if asked.faq != faq and run < RARE:
        return False  # 租房子离学校近有没有说法 shares 房子 with what one may put into a firm
    utter(faq_answer(faq), say)
    return True


def asks_of_plan(turn: Turn) -> bool:
    """Tell whether it is asked if something must be, and no matter is named for it."""
    named = (turn.entity(name) for name in ("matter", "industry", "enterprise_type", "district"))
    lacks = turn.intent == "ask_deferral" and not asks_to_hand_in_later(turn.text)
    is_asked = turn.intent in ASKED_OF_PLAN or lacks  # 房东的房产证没给我，咋办
    is_meant = is_asked and asks(turn.text) and turn.choice is None
    is_meant &= app().dialogue_words.area_in(turn.text) is None  # the plan itself tells of those
    return is_meant and turn.loop in PLANNING and not any(named)


def _answers_benefit(turn: Turn, say: CollectingDispatcher) -> bool:
    """List the policies on a benefit that is asked for between two questions: "能贷款不"."""
    is_found = wants_benefit(turn.text) and bool(find_policies(turn.text, 1))
    if is_personal(turn.text) or not (is_found or policies_told(turn)):
        return False
    action_named("action_search_policy").act(turn, say)
    return True


def registration_told(turn: Turn) -> Matter | None:
    """Return the registration of the form that a business in the making has; None for none yet.

    What is asked there ("城里户口的算不算") is about it before anything else of the plan.
    """
    kind = app().catalogue.enterprise_types.get(str(turn.slots.get(ENTERPRISE_TYPE)))
    is_open = kind is not None and read_focus(turn).journey == "start_business"
    return app().catalogue.matter(kind.matter_id) if kind is not None and is_open else None


def talked_about(turn: Turn) -> tuple[Matter | None, list[Matter]]:
    """Return the matter spoken of last, and all that may be meant: it, offered ones, the plan's."""
    focus = read_focus(turn)
    spoken = focus.matter if not focus.is_plan else None
    slots = {**turn.slots, "journey": focus.journey}
    planned = planned_matters(slots) if focus.is_plan or turn.loop else []
    last = endings_of(spoken, form_in(turn)) if spoken is not None else []
    one = last[0] if len(last) == 1 else None  # 我妹那个是有限公司, of which there are several ends
    return one, [*last, *_offered(turn), *planned]


def _offered(turn: Turn) -> list[Matter]:
    """Return the matters of the change, end or trade whose plan was offered last."""
    event = app().catalogue.life_events.get(str(turn.slots.get(OFFER) or ""))
    if event is None:
        return own_matters(str(turn.slots[TRADE])) if is_trade_offered(turn) else []
    return event_matters(turn, event)


def event_matters(turn: Turn, event: LifeEvent) -> list[Matter]:
    """Return the matters of a change or an end, without those of another form than was told."""
    known, others = app().catalogue.matters, of_other_form(turn)
    names = dict.fromkeys([*event.matter_ids, *(step.matter_id for step in event.steps)])
    return [known[name] for name in names if name and name in known and name not in others]
