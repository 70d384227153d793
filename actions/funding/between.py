"""What is asked of policies between two questions of a plan."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.reading import SURE, SURE_WISH
from actions.funding.asked import answer_how_much, answer_part_inside
from actions.funding.meant import policy_in
from actions.funding.places import answer_policy_asked
from actions.questions.found_question import clear_question
from actions.turns.names import find_policies
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.services.words.asked import wants_benefit

_MONEY = re.compile("钱|补|贴|奖|减|免|贷|优惠|政策|扶持|税[^，,。]{0,4}少[交缴]")


def searched_between(
    turn: Turn, say: CollectingDispatcher, *, tells: bool
) -> list[EventType] | None:
    """List the policies that are asked for between two questions; None for none."""
    given = answer_how_much(turn, say) or ([] if tells else answer_part_inside(turn, say))
    if given:
        return given
    is_wanted = turn.intent == "search_policy" and wants_benefit(turn.text)
    if not is_wanted and clear_question(turn) is not None:  # 合伙企业交企业所得税不
        return None
    return _search_between(turn, say, tells=tells) or None


def _search_between(turn: Turn, say: CollectingDispatcher, *, tells: bool) -> list[EventType]:
    """List the policies that are asked for between two questions; no events for none.

    "创业补贴个体户能给多少" asks for one, and tells no form of the business. Its terms ("多久到账")
    are asked for right after it was told.
    """
    least = SURE_WISH if wants_benefit(turn.text) else SURE  # 像俺这失业的 税能少交点不
    is_search = turn.intent == "search_policy" and turn.confidence >= least
    if policy_in(turn.text) is not None and turn.intent == "search_policy":
        return action_named("action_search_policy").act(turn, say)
    if is_search and _MONEY.search(turn.text) and find_policies(turn.text, 1):
        return action_named("action_search_policy").act(turn, say)
    return [] if tells else answer_policy_asked(turn, say)
