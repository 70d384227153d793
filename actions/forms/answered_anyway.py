"""What a form says to a message that is no answer and that nothing else has taken."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.known import NOT_TOLD, item_of
from actions.forms.question import Question, Value
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import PLANNING
from actions.turns.names import find_policies, sure_matter
from actions.turns.offers import say_back
from actions.turns.places import district_in, find_district
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.services.reading.answers import is_denied_behind, read_yes_no
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import (
    clauses,
    urges_on,
)

_UNSAID = (*NOT_TOLD, None)


SHORTEST_POLICY = 4
"""Signs of a policy's name that is meant wherever it stands."""


POLICY_INTENTS = frozenset({"apply_policy", "search_policy"})
"""What an unsure question about a benefit is taken for: "最多贷多少"."""


LONGEST_YES = 12
"""Characters of a yes that says nothing else."""


def answers_anyway(
    turn: Turn,
    questions: Sequence[Question],
    opened: Question | None,
    told: Mapping[str, Any],
    say: CollectingDispatcher,
) -> bool:
    """Say what there is to say about a text that answers no question; False for nothing.

    Args:
        turn: The message.
        questions: All that may be answered.
        opened: The open question.
        told: Answers by slot that the words give by the way.
        say: Where it is said.
    """
    if opened is not None and not opened.yes_no and _only_agrees(turn):
        if turn.loop in PLANNING:
            say.utter_message(response="utter_plan_go_on")
        else:
            say_back(turn.loop, say)
        return True
    return _answers_policy(turn, say) or _says_known_again(turn, questions, opened, told, say)


def _only_agrees(turn: Turn) -> bool:
    """Tell whether "那中 你给我排排" goes along with what is asked, and answers nothing."""
    is_asking = asks(turn.text) and read_yes_no(clauses(turn.text)[-1]) is None  # 哈哈 行吧
    is_yes = turn.intent == "affirm" and len(turn.text) <= LONGEST_YES and not is_asking
    is_yes = is_yes and sure_matter(turn.text) is None  # 卖的都是一包一包封好的茶
    return is_yes or urges_on(turn.text)


def _answers_policy(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer for a policy that stands in the text, by name or topic; False when none does."""
    policies = app().catalogue.policies.values()
    names = {name for policy in policies for name in (policy.name, *policy.aliases)}
    named = [name for name in names if len(name) >= SHORTEST_POLICY and name in turn.text]
    is_named = any(not is_denied_behind(turn.text.partition(name)[0]) for name in named)
    is_asked = turn.intent in POLICY_INTENTS and bool(find_policies(turn.text, 1))
    if not is_named and not is_asked:
        return False
    action_named("action_search_policy").act(turn, say)
    return True


def _says_known_again(
    turn: Turn,
    questions: Sequence[Question],
    opened: Question | None,
    told: Mapping[str, Any],
    say: CollectingDispatcher,
) -> bool:
    """Say that what the text tells is noted already, or that its place decides nothing here."""
    others = [q for q in questions if q is not opened and q.slot in turn.slots]
    again = [q for q in others if _value_in(turn, q, told) == turn.slots[q.slot] not in _UNSAID]
    items = [item for q in again if (item := item_of(q, turn.slots[q.slot]))]
    if items:
        say.utter_message(response="utter_common_noted_before", items=ITEM_MARK.join(items))
        return True
    if any(question.entity == "district" for question in questions):
        return False
    place = find_district(turn.entity("district")) or district_in(turn)
    if place is None:
        return False
    say.utter_message(response="utter_common_any_district", place=place.name)
    return True


def _value_in(turn: Turn, question: Question, told: Mapping[str, Any]) -> Any:
    if question.slot in told or not question.is_named(turn):
        return told.get(question.slot)
    answer = question.parse(turn)
    return answer.value if isinstance(answer, Value) else None
