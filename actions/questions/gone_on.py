"""Answers what goes on with what was said right before, in words that name nothing of it."""

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.change_told import answer_change_told
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import offered_plan
from actions.funding.policies_compared import answer_behind_policy
from actions.licences.left_undone import answer_left_undone
from actions.plans.area import steps_talked_about
from actions.plans.planned_licence import LICENCE
from actions.questions.matter_faqs import say_question, utter
from actions.questions.shared_rules import says_shared
from actions.steering.not_recorded import of_word, say_recorded
from actions.trades.compared_again import answer_compared_again
from actions.turns.focus import matter_in_focus, on_matter
from actions.turns.forms_named import form_in
from actions.turns.names import AFTERWARDS, ENDS, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.finding.record_lines import shared_run
from bot.services.words.any_matter import Point, is_of_point
from bot.services.words.matter_remarks import asks

_OFFICE = re.compile(
    "(?:那|还|也|我|俺|是不是|需要|不用|用|要|得|再)*(?:去|跑|上|到|找)(?:一?[趟下])?"
    "(?P<office>税务|银行|社保|公安|法院|环保|消防|人社)[局所院门那头大厅]*(?:一?[趟下])?[吗不么没啊]{0,2}[?？]?"
)
"""Asks whether one has to go to some office."""


_HELD = re.compile(
    "(?:那|俺|我|咱|还|另外|手里|办过|有|[个本张这，, ])*X(?:证|许可证?)?"
    "(?:哩|呢|也|呐|啊|咋[办弄整]|怎么(?:办|弄|处理)|[办拿]过|在手里|没注销|用不用|要不要|销|注销"
    "|交回去|[吗不么，, ])*[?？]?"
)
"""Names a licence that the business has, and asks at most whether it ends as well."""

CLOSE, _CANCELS = "close", "要注销吗"
ROW = 3
"""Signs in a row that the licence shares with the matter by which it ends: 食品经营许可."""

_LICENCE = re.compile("那?(?:营业)?执照(?:呢|咋[办弄整]|怎么[办弄])[?？]?")
"""Asks after the licence of the business and nothing else."""


def answer_gone_on(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer on the policy or the forms just told, or on a change of what was spoken of; or []."""
    answered = answer_behind_policy(turn, say) or answer_compared_again(turn, say)
    answered = answered or answer_change_told(turn, say) or answer_left_undone(turn, say)
    answered = answered or _of_end(turn, say) or _of_office(turn, say)
    return answered or _of_licence(turn, say) or _of_licence_held(turn, say)


def _of_end(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer one word about the end spoken of, and of no other form of business: 要公示吗."""
    is_free = turn.loop is None and turn.choice is None and turn.entity("matter") is None
    if not is_free or form_in(turn) is not None or not asks(turn.text):
        return []
    found = ((of_word(turn.text, one), one) for one in _ends_spoken(turn))
    faq, ended = next(((faq, one) for faq, one in found if faq is not None), (None, None))
    if faq is None or ended is None:
        return []
    utter(faq_answer(faq), say)
    return on_matter(ended)


def _ends_spoken(turn: Turn) -> Sequence[Matter]:
    """Return the end spoken of, else those of the plan that was offered: 合作社散了怎么注销."""
    spoken = matter_in_focus(turn)
    known: list[Matter | None] = [spoken]
    if spoken is None:
        known = [step.matter for step in steps_talked_about(turn)]
    return [one for one in known if one is not None and one.category == ENDS]


def _of_office(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer whether one has to go to some office for the change spoken of: 要去税务局吗."""
    asked = _OFFICE.fullmatch(turn.text)
    spoken = matter_in_focus(turn) if turn.loop is None and turn.choice is None else None
    if asked is None or spoken is None or spoken.category not in AFTERWARDS:
        return []
    word = asked["office"]
    faq = next((one for one in spoken.faqs if word in one.question + one.answer), None)
    if faq is None:
        return say_recorded(turn, spoken, say)
    utter(faq_answer(faq), say)
    return on_matter(spoken)


def _of_licence(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what becomes of the licence of a business whose change is spoken of: 营业执照呢."""
    asked = _LICENCE.fullmatch(turn.text) if turn.loop is None else None
    spoken = matter_in_focus(turn)
    if asked is None or spoken is None or spoken.category not in AFTERWARDS:
        return []
    if not spoken.result.startswith(("新营业", "迁移后营业", "企业营业")):
        return []
    say_answer("procedure", spoken, say)
    return on_matter(spoken, "procedure")


def _of_licence_held(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say whether a licence is cancelled as well, behind the end of a business: 还有个食品证哩."""
    held = sure_matter(turn.entity("matter")) if turn.loop is None else None
    is_ending = any(one.category == ENDS for one in (matter_in_focus(turn),) if one is not None)
    is_ending |= offered_plan(turn) == CLOSE
    if held is None or held.category != LICENCE or not is_ending:
        return []
    if _HELD.fullmatch(turn.text.replace(str(turn.entity("matter")), "X")) is None:
        return []
    asked = app().question_finder.best_of_all(f"{turn.entity('matter')}{_CANCELS}")
    is_own = asked is not None and shared_run(held.name, asked.matter.name) >= ROW
    if is_own and asked is not None and is_of_point(asked.faq.question, Point.CLOSED):
        say_question(turn, asked, say)
        return [SlotSet("focus", turn.slots.get("focus"))]
    is_said = says_shared(held, Point.CLOSED, say)
    return [SlotSet("focus", turn.slots.get("focus"))] if is_said else []
