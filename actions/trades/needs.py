"""Whether the trade of the plan needs a licence, where the catalogue says so: 普拉提 办卫生许可不.

A question of the catalogue names the trades that need a licence or do not ("健身房要办吗"), and who
opens one need not name it again.
"""

import re
from collections.abc import Collection

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import utter
from actions.trades.start_answers import BUNDLE, CODE, TRADE
from actions.trades.start_opening import OPENS
from actions.turns.history import entities_before
from actions.turns.names import meant_matter, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import asks_whether_needed

FORM = "start_business_form"

CLEAR = 0.5
"""From this score on another question of the matter is meant."""

SHORTEST = 2
"""Signs of a name of a trade."""

_NEEDS = re.compile(
    "(?:要|用|需要?|得)(?:不要|不用)?(?:办|有|许可|证|备案|[^，,。]{1,8}(?:证|许可|备案))"
)
"""Stands in a question of the catalogue on who needs something."""


def says_need_of_trade(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Say whether the trade of the plan needs the matter asked about; None where nothing is known.

    Returns the matter.
    """
    is_asked = any(map(asks_whether_needed, (turn.text, *turn.text.split())))
    if turn.loop != FORM or turn.choice is not None or not is_asked:
        return None
    named = turn.entity("matter")
    matter = meant_matter(named, turn.text) if named else sure_matter(turn.text)
    faq = None if matter is None else _need_of(matter, _called(turn))
    if matter is None or faq is None:
        return None
    best = app().question_finder.among(turn.text, [matter], CLEAR)
    if best is not None and best.faq is not faq:
        return None  # 执业药师是不是必须得有
    utter(faq_answer(faq, matter), say)
    return matter


def _need_of(matter: Matter, names: Collection[str]) -> Faq | None:
    """Return the question on the need of a matter that names one of some trades; None for none."""
    asked = (faq for faq in matter.faqs if _NEEDS.search(faq.question))
    return next((faq for faq in asked if any(name in faq.question for name in names)), None)


def _called(turn: Turn) -> set[str]:
    """Return what the trade of the plan is called: by its list, and in the talk."""
    trade = str(turn.slots.get(TRADE) or "")
    known = app().catalogue
    bundle = known.one_things.get(trade.removeprefix(BUNDLE))
    industry = known.industries.get(trade.removeprefix(CODE))
    names = [] if bundle is None else [name.removeprefix(OPENS) for name in bundle.aliases]
    names += [] if industry is None else [industry.name, *industry.aliases]
    names += entities_before(turn, "industry")[:1]
    return {name for name in names if len(name) >= SHORTEST}
