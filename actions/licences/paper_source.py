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
from actions.plans.area import steps_talked_about
from actions.turns.focus import on_matter, read_focus
from actions.turns.history import last_bot_messages, last_responses
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.domain.matters import Material, Matter
from bot.services.finding.matter_faqs import asks_validity
from bot.services.reading.wording import normalise
from bot.services.words.asked import asks_to_obtain
from bot.services.words.follow_up import renews
from bot.services.words.held import Held, happens_to

TOPICS = frozenset({"place", "fee", "time_limit", "procedure"})
"""What may be asked of a paper itself."""

SOURCE = "utter_matters_paper_source"
"""Response that tells who issues a paper."""

LONGEST = 12
"""Signs of a question that asks more of the paper just told."""

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
    if name is None:
        return _of_paper_told(turn, topic, say)
    is_held = renews(turn.text) or happens_to(turn.text) is Held.LOST
    is_held = is_held and sure_matter(name) is None  # 公章丢了
    is_asked = is_held or (topic in TOPICS and asks_to_obtain(turn.text, name))
    if turn.entity("matter") is not None or not is_asked:
        return []
    for matter in (*_talked_about(turn), *_that_list(name)):
        paper = _paper(matter, name)
        if paper is not None and _SOMEBODY_ELSE.search(paper.provided_by):
            return _say_source(matter, paper, topic, say)
    return []


def _of_paper_told(turn: Turn, topic: str, say: CollectingDispatcher) -> list[EventType]:
    """Say it again to who asks more of the paper just told: 多少钱, 管多长时间; else no events."""
    is_asked = topic in TOPICS or asks_validity(turn.text)
    is_named = any(one.name != "district" for one in turn.entities)
    matter = read_focus(turn).matter if SOURCE in last_responses(turn) else None
    if matter is None or is_named or not is_asked or len(turn.text) > LONGEST:
        return []
    said = "".join(str(one.get("text") or "") for one in last_bot_messages(turn))
    paper = next((one for one in matter.materials if f"“{one.name}”" in said), None)
    return [] if paper is None else _say_source(matter, paper, topic, say)


def _say_source(
    matter: Matter, paper: Material, topic: str, say: CollectingDispatcher
) -> list[EventType]:
    """Say who issues a paper of a matter, and that nothing else of it is recorded."""
    issuer = paper.provided_by
    say.utter_message(response=SOURCE, matter=matter.name, paper=paper.name, issuer=issuer)
    return on_matter(matter, topic)


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
