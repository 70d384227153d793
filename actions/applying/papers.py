"""The question about the papers: at hand, later, replaced by a commitment, not needed."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.draft import PAPERS_DONE, Draft, draft_of
from actions.forms.ask import asking, choice_button, chosen
from actions.forms.question import Answer, Problem, Question, Value
from actions.turns.turn import Turn
from bot.documents import labels
from bot.documents.application_text import SHORT, papers_text
from bot.domain.applications import PaperChoice
from bot.services.reading.answers import read_yes_no
from bot.services.words.paper import read_papers

FINE = "fine"
MOST_BUTTONS = 8
ASKS = re.compile(r"[吗么?？]|能不能|能否|可不可以|行不行")
"""A sentence about a paper that asks and does not tell."""


def papers_question(draft: Draft) -> Question:
    """Which papers are at hand, which come later, which a commitment replaces."""

    def parse(turn: Turn) -> Answer:
        return _parse_papers(draft, turn)

    return Question(PAPERS_DONE, _ask_papers, parse, label=("材料",), why="utter_apply_why_papers")


def _ask_papers(turn: Turn, say: CollectingDispatcher) -> None:
    lines = draft_of(turn.slots).lines
    buttons = [choice_button(PAPERS_DONE, FINE, labels.PAPERS_FINE)]
    for line in lines:
        for choice in line.options:
            if choice in {PaperChoice.LATER, PaperChoice.COMMIT} and len(buttons) < MOST_BUTTONS:
                title = f"{line.number} {SHORT[choice]}"
                buttons.append(choice_button(PAPERS_DONE, f"{line.number}={choice.value}", title))
    asking("utter_apply_ask_papers", lambda _: buttons, papers=papers_text(lines))(turn, say)


def _parse_papers(draft: Draft, turn: Turn) -> Answer:
    pressed = chosen(turn, PAPERS_DONE)
    if pressed == FINE:
        return Value({FINE: FINE}, exact=True)
    if pressed is not None:
        number, _, choice = pressed.partition("=")
        known = {str(line.number) for line in draft.lines}
        values = {one.value for one in PaperChoice}
        fits = number in known and choice in values
        return Value({number: choice}, exact=True) if fits else None
    wish = read_papers(turn.text, draft.lines, app().apply_words)
    if wish.unclear:
        return Problem("utter_apply_paper_unclear", {"clause": wish.unclear[0]})
    wanted = {str(number): choice.value for number, choice in wish.wishes.items()}
    is_yes = turn.requested == PAPERS_DONE and read_yes_no(turn.text, turn.intent) is True
    if wish.is_done or (is_yes and not wanted):
        wanted[FINE] = FINE
    return Value(wanted, exact=not ASKS.search(turn.text)) if wanted else None
