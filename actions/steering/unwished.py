"""Answers trouble that is told, or asked about, where nothing is to be complained of."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.filing.anonymity import says_anonymity
from actions.filing.feedback_time import say_time_to_answer
from actions.filing.plain_trouble import answer_plain_trouble
from actions.filing.plight import answer_plight
from actions.filing.ticket_side import says_who_sees_to_it
from actions.filing.told_trouble import answer_told_trouble
from actions.forms.resuming import PAUSED
from actions.licences.issued_paper import says_not_issued
from actions.licences.whose_licence import answer_whose_licence
from actions.questions.matter_faqs import utter
from actions.questions.shared_question import shared_question
from actions.questions.told_of_spoken import answer_told_first
from actions.steering.asides import first_aside
from actions.turns.focus import TICKET
from actions.turns.intent_groups import STORIES
from actions.turns.registry import action_named
from actions.turns.turn import Entity, Turn
from bot.documents.case_list_text import ACT
from bot.documents.matter_text import faq_answer
from bot.documents.tickets_text import SUPPLEMENT
from bot.services.words.doubt import speaks_of_another_talk
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.story import is_reported, lacks_licence
from bot.services.words.ticket import (
    asks_how_soon_sent,
    asks_time_to_answer,
    changes_filed,
    concerns_filed,
    is_short_question,
    names_ticket,
    withdraws,
    withdraws_filed,
)
from bot.services.words.unwished import (
    asks_if_fair,
    asks_if_filed,
    asks_whose_trouble,
    beside_denial,
    denies_story,
    has_filed_before,
    is_acted_against,
    is_impersonated,
    is_nuisance,
    looks_for_half_filled,
    misses_promise,
    points_to_filed,
    wants_heard,
    wishes_story,
)

DOUBTING = STORIES | {"abuse", "ask_eligibility", "ask_why", "dispute_answer", "go_back"}
DOUBTING |= {"chitchat", "inform", "nlu_fallback", "out_of_scope"}
"""What the model takes it for that an earlier answer was wrong."""

WRITTEN = ("whistle_form", "feedback_form")
"""Forms of what departments answer in so many days."""

KNOWN = 0.3
"""How well a question of the catalogue must fit a trouble of which it is asked who sees to it."""

WHOSE = "utter_feedback_whose"
WHOSE_INTENTS = frozenset({"ask_place", "complain", "nlu_fallback", "out_of_scope"})
"""What the model takes for it that one asks who sees to a trouble."""

STORY_FORMS = frozenset({"feedback_form", "whistle_form"})
"""Forms that one may have got into without wanting to file anything."""

STORIES_TOLD = frozenset({"feedback_text", "whistle_description"})
"""Questions whose answer may speak of something that was withdrawn."""


def denies_this(turn: Turn) -> bool:
    """Tell whether somebody in the form of a complaint or a whistle says that none is wanted."""
    takes_back = turn.requested not in STORIES_TOLD and withdraws(turn.text)
    return turn.loop in STORY_FORMS and (_denies(turn) or (turn.choice is None and takes_back))


def _denies(turn: Turn) -> bool:
    return turn.choice is None and denies_story(turn.text)


def asked_beside_denial(turn: Turn) -> Turn | None:
    """Return the turn as if only what stands beside the denial were said; None for nothing.

    "我不是要投诉他们 我就问他凭啥让我关" asks. What sounds like a complaint is none here.
    """
    rest = beside_denial(turn.text) if _denies(turn) else []
    if not rest:
        return None
    said = " ".join(rest)
    last = next((one for one in reversed(turn.clauses) if one.text in rest[-1]), None)
    intent = turn.intent if last is None else last.intent
    intent = "nlu_fallback" if intent in STORIES | {"deny", "stop", "inform"} else intent
    kept = tuple(entity for entity in turn.entities if entity.value in said)
    asked = replace(turn, loop=None, requested=None, text=said, typed=said, entities=kept)
    return replace(asked, intent=intent, ranking=((intent, turn.confidence),), clauses=())


def answer_unwished(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Say what can be said of a fine, a closure, or of being complained of; None for neither."""
    if turn.choice is not None:
        return None
    # 给他三百加急 明天就能出证 这合法吗; 钱跟不上 停一阵子用跟谁报告不, of works
    plain = answer_plain_trouble(turn, say) or answer_plight(turn, say)
    if plain or (plain := answer_told_first(turn, say)):
        return plain
    filed = _answer_of_filed(turn, say)
    if filed is not None or wishes_story(turn.text) or names_whistle(turn.text):
        return filed
    first = _answer_first(turn, say)
    return _answer_trouble(turn, say) if first is None else first


def _answer_trouble(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer a doubt in another talk, a fine, or being complained of; None for none of them."""
    if turn.intent in DOUBTING and speaks_of_another_talk(turn.text):  # 你上回告诉我不用环评
        return action_named("action_start_dispute").act(turn, say)
    if is_impersonated(turn.text):
        say.utter_message(response="utter_common_impersonated")
        return []
    if looks_for_half_filled(turn.text) and not turn.slots.get(PAUSED):
        say.utter_message(response="utter_common_none_half_filled")
        return []
    if asks_if_fair(turn.text):
        told = answer_told_trouble(turn, say)  # 罚我五千 能少交点不
        say.utter_message(response="utter_feedback_if_fair")
        return told or []
    if turn.choice is None and wants_heard(turn.text):  # 我也不想投诉，就是想反映一下
        say.utter_message(response="utter_feedback_offer")
        return [SlotSet("focus", turn.slots.get("focus"))]
    if _denies(turn) and not beside_denial(turn.text):
        say.utter_message(response="utter_feedback_not_wanted")
        return []
    if not is_reported(turn.text) or lacks_licence(turn.text):
        return None
    is_told = turn.intent in STORIES | {"out_of_scope"} or is_acted_against(turn.text)
    if not is_told and (asks(turn.text) or turn.entity("matter") is not None):
        return None  # 有人举报我没证 要办啥
    say.utter_message(response="utter_feedback_reported")
    return []


def _answer_of_filed(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Do what is wanted of something filed earlier, or say what is asked of filing; or None.

    "撤销投诉", "催一下我的吹哨" and "吹哨内容写错了想改" file nothing new.
    """
    kept = [SlotSet("focus", turn.slots.get("focus"))]
    if _asks_behind_filed(turn, say):
        return kept
    if withdraws_filed(turn.text):
        say.utter_message(response="utter_whistle_take_back")
        return kept
    if concerns_filed(turn.text):
        changed = (*turn.entities, Entity(ACT, SUPPLEMENT, 0, len(turn.text)))
        entities = changed if changes_filed(turn.text) else turn.entities
        asked = replace(turn, intent="query_ticket", entities=entities)
        return action_named("action_start_ticket").act(asked, say)
    if _asks_time_of_left(turn, say):
        return kept
    if not is_short_question(turn.text) or not names_ticket(turn.text):
        return None
    if names_whistle(turn.text) and asks_time_to_answer(turn.text):
        says_who_sees_to_it(say)
        return kept
    response = first_aside(turn)
    if response is not None:
        say.utter_message(response=response)
    return kept if response is not None or says_anonymity(turn, say) else None


def _asks_time_of_left(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say how soon is answered what was begun and left: 真吹了的话部门几天得答复我."""
    left = turn.slots.get(PAUSED) if turn.loop is None else None
    is_asked = is_short_question(turn.text) and asks_time_to_answer(turn.text)
    if not is_asked or turn.entity("matter") or left not in WRITTEN:
        return False
    if left == WRITTEN[0]:
        says_who_sees_to_it(say)
    else:
        say_time_to_answer(turn, say)
    return True


def _asks_behind_filed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer a question on the procedure behind what was filed: 到底该不该一回说清."""
    is_behind = turn.slots.get("focus") == TICKET and turn.intent in STORIES and asks(turn.text)
    asked = shared_question(replace(turn, intent="ask_legal_basis")) if is_behind else None
    if asked is not None:
        utter(faq_answer(asked.faq), say)
    return asked is not None


def _answer_first(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what is no complaint and no matter of ours, whatever it is taken for; or None."""
    if _points_to_filed(turn):  # 不是要再投诉 我问刚才那个
        return action_named("action_start_ticket").act(turn, say)
    if turn.slots.get(PAUSED) in STORY_FORMS and asks_if_filed(turn.text):
        say.utter_message(response="utter_feedback_paused")
        return [SlotSet("focus", turn.slots.get("focus"))]
    if says_not_issued(turn, say):  # 你这能开纳税证明不
        return [SlotSet("focus", turn.slots.get("focus"))]
    if turn.slots.get("focus") != TICKET and asks_how_soon_sent(turn.text):  # 派单 多久有人来
        says_who_sees_to_it(say)
        return [SlotSet("focus", turn.slots.get("focus"))]
    if has_filed_before(turn.text):  # 我投诉过一回了 没人搭理我
        return action_named("action_start_ticket").act(turn, say)
    if misses_promise(turn.text):
        say.utter_message(response="utter_cases_promised_time")
        return action_named("action_start_case").act(replace(turn, intent="query_case"), say)
    if licence := answer_whose_licence(turn, say):  # 村头小卖铺想摆点烟卖 归谁管
        return licence
    response = first_aside(turn) or (WHOSE if _asks_whose(turn) else None)
    if response is None:
        return None
    say.utter_message(response=response)
    return [SlotSet("focus", turn.slots.get("focus"))]


def files_story(turn: Turn) -> bool:
    """Tell whether a story begins or ends with the wish to file it: 中介收了钱没影了 我要投诉."""
    parts = clauses(turn.text)
    is_wish = turn.choice is None and turn.intent in STORIES and bool(parts)
    is_wish = is_wish and any(map(wishes_story, (parts[0], parts[-1])))
    return is_wish and not asks(turn.text)  # 我要吹哨 排水证两家来回推


def _points_to_filed(turn: Turn) -> bool:
    """Tell whether somebody wants no other complaint and asks of the one filed before."""
    is_filed = turn.slots.get("focus") == TICKET and turn.loop is None
    return is_filed and _denies(turn) and points_to_filed(turn.text)


def _asks_whose(turn: Turn) -> bool:
    """Tell whether it is asked who sees to a trouble that is no matter of ours."""
    if turn.intent == "emergency" and is_nuisance(turn.text):  # 隔壁油烟往俺屋里灌
        return True
    is_meant = turn.intent in WHOSE_INTENTS and asks_whose_trouble(turn.text)
    if not is_meant or turn.entity("matter") is not None:
        return False
    known = app().service_finder.asked(turn.text)  # 甲方欠我货款一年了 找谁管
    return known is None or known.faq is None or known.score < KNOWN


def names_whistle(text: str) -> bool:
    """Tell whether a whistle is spoken of."""
    return "哨" in text and names_ticket(text)
