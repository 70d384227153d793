"""Which question of the trade's own licence is meant where one of another matter fits as well.

"居民楼底下能干不" of a dance hall is about where it may be, and not about a kitchen;
"注册资金得真掏出来不" of who lends people about what that licence wants, and not about any company.
"""

from actions import app
from actions.finding.matter_before import LICENCE
from actions.questions.matter_faqs import asks_plain_topic
from actions.trades.asked import nearest_first
from actions.trades.start_answers import TRADE
from actions.turns.turn import Turn
from bot.services.finding.question_finder import Asked
from bot.services.words.matter_remarks import asks, asks_which_licences

FORM = "start_business_form"

FITS, CLOSE, CLOSE_LICENCE = 0.5, 0.2, 0.35
"""How well the question must fit by itself, and by how much another one may fit better: of any
matter, and of a licence that the trade does not mean first."""


def question_of_main(turn: Turn) -> Asked | None:
    """Return the question of the licence that the trade means most; None where none is close.

    Also where the question that fits best is its own: others answer that.
    """
    own = _of_main(turn)
    best = app().question_finder.best_of_all(turn.text) if own is not None else None
    if own is None or best is None or best.matter.id == own.matter.id:
        return None
    close = CLOSE_LICENCE if best.matter.category == LICENCE else CLOSE
    return own if own.score >= best.score - close else None


def is_of_main(turn: Turn) -> bool:
    """Tell whether a text fits a question of that licence, whatever else it fits: 小区里能干不."""
    return _of_main(turn) is not None


def _of_main(turn: Turn) -> Asked | None:
    trade = str(turn.slots.get(TRADE) or "")
    is_free = turn.loop == FORM and ":" in trade and turn.choice is None and asks(turn.text)
    is_named = turn.entity("matter") is not None
    if not is_free or is_named or asks_plain_topic(turn) or asks_which_licences(turn.text):
        return None
    main = next(iter(nearest_first(trade)), None)
    if main is None or main.category != LICENCE:
        return None
    return app().question_finder.among(turn.text, [main], FITS)
