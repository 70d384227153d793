"""Who gives out a paper that somebody else than an office of ours issues: 健康证去哪儿弄.

The paper is one of a matter that was talked about, else of any that lists it, and its own place,
fee and time are not those of the matter: whoever asks for them is told who issues it, which is all
that the catalogue knows.
"""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import on_matter, read_focus
from actions._plan_area import steps_talked_about
from actions._turn import Turn
from bot.domain.matters import Material, Matter
from bot.services.asked_words import asks_to_obtain
from bot.services.wording import normalise

TOPICS = frozenset({"place", "fee", "time_limit", "procedure"})
"""What may be asked of a paper itself."""

SURE = 0.85
"""Score from which on a word is the name of a paper; the end of a name is one: 健康证."""

_SOMEBODY_ELSE = re.compile("机构|公安|银行|检测|测绘|设计|医院|中介|咨询|评估")
"""Who issues papers and is neither the applicant nor the office that decides."""


def answer_source(
    turn: Turn, say: CollectingDispatcher, topic: str | None = None
) -> list[EventType]:
    """Say who issues the paper that is asked about; no events where none is.

    Args:
        turn: The message.
        say: Where it is said.
        topic: What is asked, where the intent does not tell it.
    """
    topic = topic or turn.intent.removeprefix("ask_")
    name = turn.entity("material")
    is_asked = topic in TOPICS and name is not None and turn.entity("matter") is None
    if name is None or not is_asked or not asks_to_obtain(turn.text, name):
        return []
    for matter in (*_talked_about(turn), *_that_list(name)):
        paper = _paper(matter, name)
        if paper is not None and _SOMEBODY_ELSE.search(paper.provided_by):
            say.utter_message(
                response="utter_matters_paper_source",
                matter=matter.name,
                paper=paper.name,
                issuer=paper.provided_by,
            )
            return on_matter(matter, topic)
    return []


def _talked_about(turn: Turn) -> Sequence[Matter]:
    spoken = read_focus(turn).matter
    planned = [step.matter for step in steps_talked_about(turn) if step.matter]
    return [*([spoken] if spoken else ()), *planned]


def _that_list(name: str) -> list[Matter]:
    """Return the matters among whose papers one has this name in its own; cost O(papers)."""
    known = app().catalogue.matters.values()
    return [one for one in known if any(name in paper.name for paper in one.materials)]


def _paper(matter: Matter, name: str) -> Material | None:
    found = app().lookup.find_material(matter, name, 1)
    is_end = bool(found) and found[0].phrase.endswith(normalise(name))
    if not found or (found[0].score < SURE and not is_end):
        return None
    return next(paper for paper in matter.materials if paper.name == found[0].entry_id)
