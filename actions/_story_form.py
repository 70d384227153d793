"""A form around a story: what is told after it, while another question is open, belongs to it."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions._ask import MAX_FREE_TEXT
from actions._form import ValidateForm
from actions._history import typed_before
from actions._question import Question, Value
from actions._turn import ANSWER_INTENTS, Turn
from bot.documents.known_text import quoted
from bot.services.story_words import asks_something, tells_trouble

SHORTEST_MORE = 5
"""Characters; a shorter text is rather a slip than a part of the story."""

SURELY_MORE = 8
"""Characters from which a text that means nothing else belongs to the story."""

_NO_STORY = re.compile(r"\d{5}|电话|手机|号码|联系|不(想|愿|方便|用|要)?(留|给|填)")
"""A number, or words about leaving one."""

MORE = frozenset({"inform", "nlu_fallback"})

_CIRCUMSTANCE = re.compile(
    r"(上|这|本|头)(个)?(周|星期|礼拜|月)|昨|前天|前几|那天|当天|今[天早儿]|\d+[月号]|我叫|俺叫|本人|"
    r"工号|(号|个)窗口|(男|女)的|(局|厅|科|所|站|办|中心|大厅)(的|里|，|,|$)"
)
"""Who, where and when: what a department asks back about a complaint."""


class StoryForm(ValidateForm):
    """Asks for a story and a few things more; the story may go on meanwhile."""

    story: ClassVar[str]
    """Slot that keeps the story."""

    added: ClassVar[str]
    """Response when something was added to it."""

    def _read_answer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        told = str(turn.slots.get(self.story) or "")
        if told and self._goes_on(turn, questions, opened):
            say.utter_message(response=self.added)
            longer = joined(told, turn.typed or turn.text)
            changes: dict[str, Any] = {self.story: longer, "form_failures": 0.0}
            return self._ask_next(turn, dict(turn.slots), changes, say)
        return super()._read_answer(turn, questions, opened, say)

    def _goes_on(self, turn: Turn, questions: Sequence[Question], opened: Question | None) -> bool:
        """Tell whether a text that answers nothing goes on with the story."""
        if opened is None or opened.free_text or len(turn.text) < SHORTEST_MORE:
            return False
        if isinstance(opened.parse(turn), Value) or asks_something(turn.text):
            return False
        if self.answers_beside(turn, questions, opened):
            return False
        if len(str(turn.slots.get(self.story))) + len(turn.typed) >= MAX_FREE_TEXT:
            return False  # rather asked about than cut off
        if _NO_STORY.search(turn.text) is not None:
            return False
        if turn.intent in MORE and len(turn.text) >= SURELY_MORE:
            return True
        is_told = _CIRCUMSTANCE.search(turn.text) is not None
        return is_told or (turn.intent in ANSWER_INTENTS and tells_trouble(turn.text))


def joined(before: str | None, now: str | None) -> str | None:
    """Return a story of one or two parts, None when there is none at all."""
    return "；".join(part for part in (before, now) if part)[:MAX_FREE_TEXT] or None


def take_before(turn: Turn, say: CollectingDispatcher) -> str | None:
    """Return the trouble that the message just before this one tells, and say that it is kept.

    None, and nothing is said, when it tells none.

    Who has told how a permit is held up, and then asks for help, is not asked to tell it again.
    """
    before = typed_before(turn)
    if before is None or not tells_trouble(before) or len(before) < SHORTEST_MORE:
        return None
    say.utter_message(response="utter_common_told_before", told=quoted(before))
    return before[:MAX_FREE_TEXT]
