"""What is said once a danger that was just cried out is over: "灭了，谢谢"."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.each_question import as_one
from actions.questions.found_question import nearly_exact
from actions.questions.matter_faqs import say_question
from actions.turns.focus import on_matter
from actions.turns.history import Event, message_before
from actions.turns.intent_groups import SERVICE_INTENTS
from actions.turns.turn import Turn
from bot.services.words.form_remarks import confirms, leaves
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

SURE = 0.75
"""From this confidence on a wish behind the calming words is one."""


def is_calmed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that it is good to hear, when the message before cried for help and this one calms.

    Who hands in in the same breath what was open, "救护车来了，投诉提上", is not kept waiting.
    """
    before = message_before(turn)
    parts = clauses(turn.text) if turn.loop is not None else []
    hands_in = any(map(confirms, parts)) or any(map(leaves, parts))  # 人没事 投诉不写了
    if not turn.text or before is None or hands_in or not _calms(turn):
        return False
    if not _cried(before):
        return False
    say.utter_message(response="utter_common_danger_over")
    return True


def _calms(turn: Turn) -> bool:
    """Tell whether a text calms, all of it or what stands before a question behind it."""
    danger = app().dialogue_words.danger
    told = " ".join(part for part in clauses(turn.text) if not asks(part))
    return danger.calms(turn.text) or (told != turn.text and danger.calms(told))


def asked_behind_calm(turn: Turn) -> Turn | None:
    """Return the turn as if only the question or wish behind the calming words were said, or None.

    "没事了人都出来了。食品证有效期是几年" wants that answered as well.
    """
    danger = app().dialogue_words.danger
    parts = clauses(turn.text)
    rest = [part for part in parts if not danger.calms(part)]
    if rest and turn.intent in SERVICE_INTENTS and turn.confidence >= SURE:
        behind = turn.text[turn.text.index(rest[0]) :]  # 人没事了。我想开个烧饼铺，个体户
        kept = tuple(one for one in turn.clauses if not danger.calms(one.text))
        return replace(turn, text=behind, typed=behind, clauses=kept)
    last = rest[-1] if rest else ""
    if not asks(last) or last is not parts[-1]:
        return None
    return as_one(turn, last)


def says_behind_alarm(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer behind the numbers what the catalogue is asked for sure; no events for nothing.

    "工人摔断腿了 没给他交工伤 现在咋办" wants to hear who pays as well. Despair is left alone.
    """
    is_despair = app().dialogue_words.danger.despairs(turn.text)
    is_asked = turn.loop is None and not is_despair and any(map(asks, clauses(turn.text)))
    asked = nearly_exact(turn) if is_asked else None
    if asked is None:
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, "eligibility")


def is_hurt_now(turn: Turn) -> bool:
    """Tell whether somebody is hurt in the danger that was just cried out: 火灭了 胳膊烫伤了."""
    before = message_before(turn)
    is_hurt = (
        bool(turn.text) and turn.choice is None and app().dialogue_words.danger.hurts(turn.text)
    )
    return is_hurt and before is not None and _cried(before)


def _cried(before: Event) -> bool:
    """Tell whether a message cried for help."""
    intent = ((before.get("parse_data") or {}).get("intent") or {}).get("name")
    cried = app().dialogue_words.danger.are_in(str(before.get("text") or ""))
    return intent == "emergency" or cried
