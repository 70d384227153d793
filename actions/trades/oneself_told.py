"""What the opening of a trade tells of oneself: what one is, or a company that is there already."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import LICENCE
from actions.questions.matter_faqs import utter
from actions.questions.sure_question import best_asked
from actions.questions.worded import Worded
from actions.trades.asked import nearest_first
from actions.trades.start_answers import TRADE
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.finding.limits import conclusion
from bot.services.plans.open_already import asks_anew, opens_one_more
from bot.services.words.asked import asking_parts
from bot.services.words.business import begins_new
from bot.services.words.form_chosen import asks_if_partners_may
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

BRANCH = "biz-branch"
"""Matter by which a company opens one more place."""

PARTNERS = Worded("biz-individual", "几个朋友合伙")
"""Says who a sole trader may be."""

OF_ONESELF = 0.35
"""How well what one tells of oneself must fit a question of the licence of the trade."""


def says_for_partners(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say that partners are no sole trader, where they ask it; False for anything else."""
    return asks_if_partners_may(turn.text) and bool(PARTNERS.say(say))


def says_branch(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what the licence of a company that opens one more place is; False for no such question.

    "我在茌平有个公司 想上高唐再开一家 用原来公司的照就行还是得另办".
    """
    is_asked = any(asks(part) for part in asking_parts(turn.text))
    if not opens_one_more(turn.text) or not is_asked:
        return False
    branch = app().catalogue.matter(BRANCH)
    asked = best_asked(asking_parts(turn.text), [branch])
    if asked is not None:
        utter(faq_answer(asked.faq, branch), say)
    elif asks_anew(turn.text):
        say_answer("eligibility", branch, say)
    return asked is not None or asks_anew(turn.text)


def says_if_one_may(turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Say what the licence of the trade wants of who tells what he is: 干了四年 够条件不.

    None where the trade wants none of its own.
    """
    trade = str(turn.slots.get(TRADE) or "")
    own = [one for one in nearest_first(trade) if one.category == LICENCE]
    if not own:
        return None
    told = [part for part in clauses(turn.text) if not asks(part) and not begins_new(part)]
    limited = (faq for faq in own[0].faqs if any(conclusion(part, faq) for part in told))
    asked = best_asked(told, own[:1])
    fits = asked.faq if asked is not None and asked.score >= OF_ONESELF else None
    if (faq := next(limited, fits)) is not None:
        utter(faq_answer(faq, own[0]), say)
    else:
        say_answer("eligibility", own[0], say)
    return own[0]
