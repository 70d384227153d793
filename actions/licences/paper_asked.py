"""Whether one paper has to be brought, of the matter spoken of: 房产证要不要带, 照片呢."""

from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import questions_among, say_question, utter
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import paper_answer
from bot.documents.paper_rules_text import lacked_answer
from bot.domain.matters import Material, Matter
from bot.services.finding.question_finder import Asked
from bot.services.words.held import Held, happens_to
from bot.services.words.paper_asked import (
    ends_in_need,
    is_called,
    is_line_in,
    paper_brought,
    paper_needed,
    papers_lacked,
    plain_paper,
)

MATERIALS = "materials"
"""Topic of the papers of a matter."""

FITS = 0.5
"""How well a question of the matter must fit to say more than that its list has no such paper."""

OF_LACK = 0.38
"""How well the question of another matter must fit that names the paper."""

SHORTEST = 2
"""Signs of a name that says which paper: 证 is any."""


def answer_paper(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer whether the list of the matter spoken of has a paper; no events for another text."""
    spoken = read_focus(turn)
    matter = matter_in_focus(turn)
    if matter is None or spoken.is_plan or turn.choice is not None:
        return []
    if lacked := _say_lacked(turn, matter, say):
        return lacked
    brought = paper_brought(turn.text)
    paper = brought or paper_needed(turn.text)
    if paper is None or len(plain_paper(paper)) < SHORTEST:
        return []
    is_of_papers = spoken.topic == MATERIALS
    lines = app().paper_kinds.wanted(plain_paper(paper), matter.materials)
    another = sure_matter(plain_paper(paper))
    is_other = brought is None and another is not None and another.id != matter.id
    if is_other and not (is_of_papers and lines):
        return []  # 卫生许可证要不要 asks for a licence
    is_more = not lines and questions_among(turn.text, [matter], FITS)
    if is_more or not (lines or brought or is_of_papers):
        return []
    utter(paper_answer(matter, paper, lines), say)
    return on_matter(matter, MATERIALS)


def answer_line(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer whether everybody must bring a paper of the list: 水质检测是家家都做, or no events."""
    matter, lines = matter_in_focus(turn), lines_asked_of(turn)
    if matter is None or not lines:
        return []
    another = sure_matter(turn.entity("matter"))
    is_other = another is not None and another.id != matter.id
    if is_other or questions_among(turn.text, [matter], FITS):
        return []
    utter(paper_answer(matter, lines[0].name, lines), say)
    return on_matter(matter, MATERIALS)


def lines_asked_of(turn: Turn) -> tuple[Material, ...]:
    """Return the papers of the matter spoken of that a text asks if everybody must bring them."""
    matter = matter_in_focus(turn)
    is_free = turn.loop is None and turn.choice is None and not read_focus(turn).is_plan
    if matter is None or not is_free or not ends_in_need(turn.text):
        return ()
    return tuple(one for one in matter.materials if is_line_in(turn.text, one.name))


def _say_lacked(turn: Turn, matter: Matter, say: CollectingDispatcher) -> list[EventType]:
    """Say what it means that a paper of the list is not at hand; no events for another text."""
    said = [one.value for one in turn.entities if one.name == "matter"]
    if any(one is not None and one.id != matter.id for one in map(sure_matter, said)):
        return []  # 施工许可还没拿到，先把预售证办了行不
    for paper in papers_lacked(turn.text):
        lines = _lines_called(paper, matter)
        if asked := _question_of_lack(turn.text, paper, matter, lines):
            say_question(turn, asked, say)
            return on_matter(asked.matter, "eligibility")
        if lines:
            rules = app().catalogue.service_rules
            utter(lacked_answer(matter, paper, lines, rules), say)
            return on_matter(matter, "deferral")
    return []


def _question_of_lack(
    text: str, paper: str, matter: Matter, lines: Sequence[Material]
) -> Asked | None:
    """Return what the catalogue holds on the lack of a paper by itself: 合同也没签 都干俩月了.

    It is no paper that the list always wants then, but what another matter is about.
    """
    if happens_to(text) is Held.LOST and (own := _question_of_loss(text, paper, matter)):
        return own
    is_of_time = "time_limit" in app().dialogue_words.topics_in(text)  # 提前多少天申请延续
    if is_of_time or not all(one.conditional for one in lines):
        return None  # 房东不给房产证复印件
    asked = app().question_finder.best_of_all(text)
    is_else = asked is not None and asked.matter.id != matter.id
    is_meant = is_else and asked is not None and asked.score >= OF_LACK
    return asked if is_meant and asked and plain_paper(paper) in asked.faq.question else None


def _question_of_loss(text: str, paper: str, matter: Matter) -> Asked | None:
    """Return what a matter holds on a paper of its list that is lost: 执照也找不着了."""
    asked = app().question_finder.among(text, [matter], OF_LACK)
    is_of_it = asked is not None and plain_paper(paper) in asked.faq.question
    return asked if is_of_it and asked and happens_to(asked.faq.question) is Held.LOST else None


def _lines_called(paper: str, matter: Matter) -> tuple[Material, ...]:
    """Return the papers of the list of a matter that may be called so."""
    wanted = app().paper_kinds.wanted(plain_paper(paper), matter.materials)
    return wanted or tuple(one for one in matter.materials if is_called(paper, one.name))
