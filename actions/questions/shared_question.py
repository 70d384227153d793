"""Answers what is asked about the procedure of any licence: 能让我儿子替我去不, 批完几天发证.

A question of the matter's own that fits better goes before it (`sure_question.py`).
"""

import re
from collections.abc import Iterable

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import asks_plain_topic, utter
from actions.steering.asides import aside_in
from actions.turns.beside import from_each_clause
from actions.turns.focus import on_matter, read_focus
from actions.turns.history import typed_before, was_said
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.finding.record_lines import shared_run
from bot.services.finding.shared_finder import SharedAsked
from bot.services.reading.wording import content, normalise
from bot.services.words.any_matter import Point, is_shared_on
from bot.services.words.asked import asking_part
from bot.services.words.matter_remarks import asks, owes
from bot.services.words.remarks import clauses
from bot.services.words.request import asks_law

OF_MATTER, ALONE, PLAIN, COMPLAINS = 0.35, 0.45, 0.6, 0.7
"""How well such a question must fit: of a matter spoken of, of one that the text names or of none,
where papers or costs are asked for, and where it ends a complaint.

Of 3,570 sentences of other authors 17 that ask or might ask fit by 0.35 and more; docs/nlu.md.
"""

_PAPER = re.compile("证|许可|批文|本")

LONGEST_AGAIN, SHARED = 12, 2
"""Signs of what goes on with such an answer, and of a word of it that is taken up."""

SURE_OUT = 0.75
"""From this confidence on a text is out of scope, whatever was talked about."""

ASKING = frozenset(
    {"ask_deferral", "ask_eligibility", "ask_fee", "ask_legal_basis", "ask_materials"}
    | {"ask_place", "ask_procedure", "ask_time_limit", "ask_why", "chitchat", "deny"}
    | {"inform", "nlu_fallback", "out_of_scope"}
)
"""What the model takes such questions for."""

OF_HELD = frozenset({Point.LAPSED, Point.LOST})
"""Points on which a licence that one has may have rules of its own."""

TOLD = frozenset({"complain", "query_case", "urge_case"})
"""What it takes those for that end a story or are about a case."""


def shared_question(turn: Turn) -> SharedAsked | None:
    """Return the question about the procedure that a text asks, None for none."""
    is_law = turn.intent in {"complain", "search_policy"} and asks_law(turn.text)
    # 过了日子还不给批 我能告他们不 files nothing, and looks up no case
    is_told = turn.intent in TOLD and asks(clauses(turn.text)[-1])
    if not (turn.intent in ASKING or is_law or is_told) or turn.choice is not None:
        return None
    if not any(map(asks, clauses(turn.text))):  # 有人给代跑不 我走不开
        return None
    if owes(turn.text) and sure_matter(turn.text) is None:  # 交了货不结账 最长能拖多少天
        return None
    if aside_in(turn) is not None:  # 能不能有人带着我去办 asks for help
        return None
    matter = _matter(turn)
    is_out = turn.intent == "out_of_scope"
    if is_out and (matter is None or turn.confidence >= SURE_OUT):
        return None  # 驾驶证到期了上哪儿换
    is_spoken_of = matter is not None and sure_matter(turn.text) is None
    least = OF_MATTER if is_spoken_of else ALONE
    least = PLAIN if asks_plain_topic(turn) else least
    least = COMPLAINS if is_told and not is_law else least
    asked = _best(_texts(turn.text), matter)
    if asked is not None and is_shared_on(asked.faq.question, Point.CLOSED):
        is_of_paper = _PAPER.search(turn.text) is not None  # 公司咋注销 is about none
        return asked if is_of_paper and asked.score >= least else None
    if asked is not None and _is_change_of_firm(turn.text, asked):
        return None
    return asked if asked is not None and asked.score >= least else _again(turn, matter)


def _is_change_of_firm(text: str, asked: SharedAsked) -> bool:
    """Tell whether a change of the business itself is told, which has a plan: 店搬家了执照咋改."""
    is_of_firm = "照" in text and "证" not in text and "备案" not in text
    is_on = is_of_firm and is_shared_on(asked.faq.question, Point.CHANGED)
    return is_on and app().life_events.find(text) is not None


def _again(turn: Turn, matter: Matter | None) -> SharedAsked | None:
    """Return the one answered right before that a few words go on with: 那几天内得说清; or None."""
    before = typed_before(turn)
    if before is None or len(turn.text) > LONGEST_AGAIN or turn.entities:
        return None
    known = _best(_texts(before), matter)
    if known is None or known.score < OF_MATTER or not was_said(turn, known.faq.answer):
        return None
    told = normalise(f"{known.faq.question}{known.faq.answer}")
    return known if shared_run(content(normalise(turn.text)), told) >= SHARED else None


def answer_shared_question(
    turn: Turn, asked: SharedAsked, say: CollectingDispatcher
) -> list[EventType]:
    """Answer it; what was talked about stays so."""
    utter(faq_answer(asked.faq), say)
    matter = _matter(turn)
    is_held = any(is_shared_on(asked.faq.question, point) for point in OF_HELD)
    if matter is None and turn.loop is None and is_held:  # 证快到期了怎么弄
        say.utter_message(response="utter_matters_each_differs")
    topic = read_focus(turn).topic
    return on_matter(matter, topic) if matter else [SlotSet("focus_topic", topic)]


def _matter(turn: Turn) -> Matter | None:
    return sure_matter(turn.entity("matter") or turn.text) or read_focus(turn).matter


def _texts(text: str) -> list[str]:
    said = [*from_each_clause(text), *(asking_part(part) for part in clauses(text) if asks(part))]
    return list(dict.fromkeys(said))


def _best(texts: Iterable[str], matter: Matter | None) -> SharedAsked | None:
    found = (app().shared_finder.asked(text, matter) for text in texts)
    return max((one for one in found if one is not None), key=lambda a: a.score, default=None)
