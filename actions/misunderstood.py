"""What is said to a text that was not understood: guesses, an honest no, then a person."""

import json

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import brings_up_another
from actions.finding.not_listed import says_not_listed
from actions.finding.topics import open_topic, suggest_broad, suggest_matters
from actions.licences.which_paper import ask_which_paper
from actions.questions.evidence import founded
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import AMONG_FEW, answer_among
from actions.steering.best_of_all import says_instead_of_refusal
from actions.steering.not_recorded import say_recorded
from actions.steering.refused import is_refused_again, say_not_ours
from actions.turns.buttons import either
from actions.turns.focus import matter_in_focus, on_matter
from actions.turns.history import previous_message_id
from actions.turns.intent_actions import INTENT_ACTIONS
from actions.turns.names import find_matters
from actions.turns.offers import offer
from actions.turns.requests import Request
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn
from bot.domain.reports import Sign
from bot.services.operating.talk_counts import note_sign
from bot.services.words.matter_remarks import asks, asks_if_ours
from bot.services.words.noise import is_noise
from bot.services.words.story import is_long_trouble

MISUNDERSTOOD = "misunderstood"
"""Slot: how many messages in a row were not understood, and which was the last of them."""

WORTH_ASKING = 0.08
"""Below this probability an intent is no guess."""

MOST_GUESSES = 3
MATTERS_GUESSED = 2
"""How many texts in a row are answered with matters that sound alike."""

NEVER_GUESSED = frozenset({"abuse", "emergency"})
REFUSED = "out_of_scope"


class ActionFallback(SkillAction):
    """Answers what the model did not understand."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_fallback"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Guess from the names in the text and from the model's ranking before giving up."""
        says_nothing = _says_nothing(turn.text)
        known = None if says_nothing else _by_names(turn, say)
        if known is not None:
            return known
        _note(turn)
        count = max(_in_a_row(turn), int(is_refused_again(turn))) + 1
        if count <= MATTERS_GUESSED and not says_nothing and suggest_matters(turn, say):
            return [SlotSet(MISUNDERSTOOD, {"count": count, "message": turn.message_id})]
        events: list[EventType] = [
            SlotSet(MISUNDERSTOOD, {"count": count, "message": turn.message_id})
        ]
        if count == 1:
            return [*events, *_first_try(turn, say)]
        if count == 2:  # noqa: PLR2004 - the second in a row
            say.utter_message(response="utter_common_refuse")
            return events
        say.utter_message(response="utter_common_offer_person")
        return [*events, offer(turn, Request("request_agent", ""))]


def _by_names(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer by the names in a text and by what is spoken of; None where neither tells anything."""
    if _hears_trouble(turn, say):
        return []
    opened = open_topic(turn, say, sure=turn.intent == "inform")
    if opened is not None:
        return opened
    if suggest_broad(turn, say):
        return []
    spoken = matter_in_focus(turn)
    is_asked = turn.intent != "inform" and asks(turn.text)
    if spoken is not None and is_asked and not brings_up_another(turn):
        return say_recorded(turn, spoken, say)  # 还有一个月就到了，是不是晚了
    answered = says_not_listed(turn, say)
    found = find_matters(turn.text)
    meant = founded(turn, found, talked_about(turn)[1], AMONG_FEW)
    if spoken is not None and is_asked and not answered and len(meant) < len(found):
        return say_recorded(turn, spoken, say)  # 备案完当天就能看病了, of no clinic for pets
    answered = answered or answer_among(turn, meant, None, say)
    return answered or ask_which_paper(turn) or None


def _says_nothing(text: str) -> bool:
    """Tell whether a text names nothing: marks, a few Latin letters, mere sounds."""
    return not any(map(str.isalnum, text)) or is_noise(text)


def _hears_trouble(turn: Turn, say: CollectingDispatcher) -> bool:
    """Offer to file what a long story tells of people and offices; False when it tells none."""
    if not is_long_trouble(turn.text):
        return False
    say.utter_message(response="utter_feedback_heard_trouble")
    return True


def _note(turn: Turn) -> None:
    """Count it for the reports; once a message."""
    kind = Sign.NOT_UNDERSTOOD
    note_sign(
        app().unit_of_work,
        origin=turn.origin(kind.value),
        conversation_id=turn.conversation_id,
        kind=kind,
        now=app().now(),
    )


def _first_try(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    if asks_if_ours(turn.text):
        say_not_ours(turn, say)
        return []
    meant = says_instead_of_refusal(turn, say)
    if meant is not None:
        return on_matter(meant, "eligibility")
    guesses = _guesses(turn)
    if not guesses:
        if _best(turn) == REFUSED and not _says_nothing(turn.text):
            say_not_ours(turn, say)
        else:
            say.utter_message(response="utter_common_not_understood")
        return []
    labels = app().dialogue_words.labels
    buttons = [{"title": labels[intent], "payload": _payload(turn, intent)} for intent in guesses]
    choices = either([labels[intent] for intent in guesses])
    say.utter_message(response="utter_common_did_you_mean", choices=choices, buttons=buttons)
    return [offer(turn, Request(guesses[0], turn.text, turn.entities))]


def _best(turn: Turn) -> str | None:
    """Return the intent that the model would have taken."""
    return next((name for name, _ in turn.ranking if name != "nlu_fallback"), None)


def _guesses(turn: Turn) -> list[str]:
    """Return what the text may ask for, likeliest first; none when it is likelier no service."""
    if _says_nothing(turn.text) or _best(turn) in NEVER_GUESSED | {REFUSED}:
        return []
    labels = app().dialogue_words.labels
    likely = [
        name
        for name, confidence in turn.ranking
        if confidence >= WORTH_ASKING and name in labels and name in INTENT_ACTIONS
    ]
    return list(dict.fromkeys(likely))[:MOST_GUESSES]


def _payload(turn: Turn, intent: str) -> str:
    """Return the command of a guess, with the names that the text holds."""
    entities = {entity.name: entity.value for entity in turn.entities}
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


def _in_a_row(turn: Turn) -> int:
    raw = turn.slots.get(MISUNDERSTOOD)
    if not isinstance(raw, dict) or raw.get("message") != previous_message_id(turn):
        return 0
    return int(raw.get("count") or 0)
