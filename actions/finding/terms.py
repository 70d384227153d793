"""What a word of the field means, and how two of them differ, outside forms and inside.

"那招拍挂是啥意思", "备案跟许可有啥区别", "我是小规模还是一般纳税人".
"""

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.focus import on_matter, read_focus
from actions.turns.history import last_bot_messages, typed_before
from actions.turns.names import matter_buttons
from actions.turns.turn import Turn
from bot.documents.term_text import difference_answers, term_answers
from bot.domain.terms import Term
from bot.services.finding.term_finder import TermsAsked, said_last
from bot.services.words.terms import TermQuestion

ANSWER = "utter_matters_answer"

BEHIND_ANOTHER = frozenset({TermQuestion.DIFFERENCE_TO_LAST, TermQuestion.NEXT})
"""What is asked only behind a term that was just explained."""

FIRST = 3
"""So many matters of the terms are offered at most."""


def term_asked(turn: Turn) -> TermsAsked | None:
    """Return what is asked of words of the field, None where something else is.

    A question that leaves out its first term, "跟划拨有啥区别", and a bare "那划拨呢" are about the
    term that was just explained, and ask nothing where none was; "是啥" behind a message that was
    a term and nothing else is about that one.
    """
    if turn.choice is not None or not turn.text:
        return None
    finder, before = app().term_finder, typed_before(turn) if turn.loop is None else None
    asked = finder.asked(turn.text) or finder.asked_behind(before or "", turn.text)
    if asked is None or asked.kind not in BEHIND_ANOTHER:
        return asked
    said = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    last = said_last(app().catalogue.terms.values(), said)
    if last is None:
        return None
    if asked.kind is TermQuestion.NEXT:
        return TermsAsked(TermQuestion.MEANING, asked.terms, asked.is_whole)
    both = tuple(dict.fromkeys((last, *asked.terms)))
    return TermsAsked(TermQuestion.DIFFERENCE, both, asked.is_whole)


def answer_term(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what words of the field mean, outside forms; no events where none is asked."""
    asked = term_asked(turn)
    if asked is None:
        return []
    ids = dict.fromkeys(one for term in asked.terms for one in term.matter_ids)
    matters = [app().catalogue.matter(one) for one in ids][:FIRST]
    say_terms(asked, say, matter_buttons("matter_id", matters))
    if len(matters) == 1:
        return on_matter(matters[0], "eligibility")
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def say_terms(
    asked: TermsAsked, say: CollectingDispatcher, buttons: Sequence[dict[str, str]] = ()
) -> None:
    """Say what is asked of terms, each answer with its source, and the last with buttons."""
    is_meaning = asked.kind is TermQuestion.MEANING
    *before, last = (term_answers if is_meaning else difference_answers)(asked.terms)
    for made in before:
        say.utter_message(response=ANSWER, answer=made.text, source=made.source)
    say.utter_message(response=ANSWER, answer=last.text, source=last.source, buttons=list(buttons))


def is_said(terms: Sequence[Term], text: str) -> bool:
    """Tell whether what one of the terms means, or how it differs, stands in a text."""
    return any(term.is_said_in(text) for term in terms)
