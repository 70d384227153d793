"""Changing, moving and closing a business: the steps in order, composed from the catalogue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer
from bot.domain.life_events import LifeEvent, LifeEventStep
from bot.domain.places import District
from bot.planner.calendar import WorkingCalendar
from bot.planner.calendar_days import with_calendar_days
from bot.planner.graph import Step
from bot.planner.plan import Plan, build_plan
from bot.services.plans.draft import Draft, matter_draft, planned_steps
from bot.services.plans.open_already import becomes_company, is_running
from bot.services.plans.steps import (
    NextQuestion,
    PlanStep,
    asked,
    is_excluded,
    open_questions,
    undecided_by,
)
from bot.services.words.business import (
    hands_on,
    hands_on_rather,
    is_given_up,
    pauses,
    starts_anew,
)
from bot.services.words.given_up import is_struggle, only_struggles
from bot.services.words.situations import ends_told
from bot.services.words.staff import is_staff_leaving

OPERATOR = "chg-individual-operator"
"""Matter by which the shop of one person becomes another one's."""

CLOSE = "close"
"""Event in which a business ends."""

SHARES = "chg-equity"
"""Matter by which a share changes hands."""

SCOPE, NAME = "chg-scope", "chg-name"
"""Matters by which a business takes up more than it did, and another name."""

ADDRESS, LEGAL_PERSON = "chg-address", "chg-legalrep"
"""Matters by which a business moves, and is represented by somebody else."""

ENTERPRISE = "chg-ind-to-ent"
"""Matter by which the shop of one person becomes a company."""

_RENAMES = re.compile(
    "(?:店名|(?:公司|店|厂)的?(?:名字?|名称|字号))"
    "(?:也|都|还|就|想|要|得|打算|准备|不好听)*(?:[，, ])?(?:想|要)?[改换变]"
)
"""Says that a business takes another name: 店名想改改."""
_WIDENS = re.compile("(增|加|添|多)(加|上|个|一?项|点)[^，,。？?]{0,6}(业务|经营项目|经营范围)")
_LEAVES = re.compile("(股东|合伙|入股|份子)[^。？?]{0,10}(退|不干|撤|走人)")
_CANCELS = re.compile("注销|[销消]了|销掉|关[门张]|停业|歇业")
"""Says that the business is to end, whoever goes on with its rooms."""

_ENDS = re.compile("销|[关停](?:门|店|业|张|厂)|公司|店里?(?:也|就|要)|执照")
"""Says that the business itself ends, though somebody leaves it."""

_MOVES = re.compile(
    "(?:店|铺|厂|公司|诊所|超市|馆|门市)(?:也|都|还|就|现在|最近|要|想|得|准备|打算|需要)*(?:换|挪|搬)(?:个|到|去)?(?:别的?)?"
    "(?:地方|地儿|门面|位置|房子)"
)
"""Says that a business moves, without saying where."""

_JOINS = re.compile(
    "(?:(?<!参)加|添|拉|吸收|(?<![最至大许])多(?![少么大]))(?:上|个|一个|进来?|俩|两个)*[^，,。？?]{0,3}(?:股东|合伙人)(?!大?会)|"
    "(?:股东|合伙人)[^，,。？?]{0,4}(?:加|添|多)(?:上)?(?:一|两|俩)?个"
)
"""Says that somebody joins a business."""

_GROWS = re.compile(
    "(?:店|铺|厂|个体|超市|馆|执照)[^，,。？?]{0,8}(?:改|转|变|升级?)(?:成|为|做)(?:一?个)?"
    "(?:有限)?(?:责任)?公司"
)
_SELLS_MORE = re.compile("[加增添多](?:着)?卖(?:点|些|个|几样)")
_REPLACED = re.compile("法人(?:代表)?(?:想|要|得|准备)?(?:换|改)(?:人|个|成|一下|$)")

_DENIED = re.compile("(不|没|别)(想|要|用|打算|准备|必|再)*$")


@dataclass(frozen=True)
class LifeEventAnswers:
    """What the applicant has said so far.

    Attributes:
        event_id: What happens.
        district_id: Where the business is or moves to; None when not said.
        facts: Answers to the catalogue's questions, by question id.
        skipped: Questions the applicant does not want to be asked again.
    """

    event_id: str
    district_id: str | None = None
    facts: Mapping[str, Answer] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LifeEventPlan:
    """A personal plan; it is always composed, and says so.

    Attributes:
        event: What happens.
        district: Where; None when not said.
        plan: The dated plan.
        steps: Its steps, each after all it waits for, without those that are not needed.
    """

    event: LifeEvent
    district: District | None
    plan: Plan
    steps: tuple[PlanStep, ...]


class LifeEvents:
    """The use case; pure over the catalogue and the calendar it is given."""

    def __init__(self, catalogue: Catalogue, calendar: WorkingCalendar) -> None:
        """Keep what the plans are made of."""
        self._catalogue = catalogue
        self._calendar = calendar

    def find(self, text: str) -> LifeEvent | None:
        """Return the event that a text names; the longest of its names in the text wins.

        What is denied (不想注销了) is not named; a shop that goes to somebody is without a name.
        """
        hits = [
            (len(name), event)
            for event in self._catalogue.life_events.values()
            for name in event.aliases
            if name in text
            and not _DENIED.search(text.partition(name)[0])
            and not (event.id == CLOSE and is_struggle(name) and only_struggles(text))
        ]
        if pauses(text):  # 先不开了，停一段: a pause is a matter of its own, and no end
            return None
        if is_staff_leaving(text) and _ENDS.search(text) is None:  # 招的小工不干了 咋给他停
            return None
        if hands_on_rather(text):  # 想转到俺儿名下，是不是得先注销
            return self.of_matter(OPERATOR)
        is_grown = becomes_company(text)  # 想升成公司 执照能直接转不 还是注销重来
        is_handed = hands_on(text) and _CANCELS.search(text) is None  # 不想干了转给徒弟
        goes_on = starts_anew(text) or is_grown or is_handed
        hits = [hit for hit in hits if not (hit[1].id == CLOSE and goes_on)]
        untold = (
            (_RENAMES, NAME),
            (_LEAVES, SHARES),
            (_WIDENS, SCOPE),
            (_JOINS, SHARES),
            (_GROWS, ENTERPRISE),
            (_MOVES, ADDRESS),
            (_REPLACED, LEGAL_PERSON),
        )
        told = next((matter for words, matter in untold if words.search(text)), None)
        if told is None and is_running(text) and _SELLS_MORE.search(text):
            told = SCOPE  # 超市开着呢 现在想加卖点别的
        if told is None and is_grown:
            told = ENTERPRISE
        # 撑不住了 照咋销, 有个公司想给它消了
        is_over = not is_handed and (is_given_up(text) or ends_told(text))
        if not hits and told is None and is_over:
            return self._catalogue.life_events.get(CLOSE)
        if not hits and told is not None:
            return self.of_matter(told)
        if not hits:
            return self.of_matter(OPERATOR) if hands_on(text) else None
        return max(hits, key=lambda hit: hit[0])[1]

    def of_matter(self, matter_id: str) -> LifeEvent | None:
        """Return the event that a matter of change or exit belongs to."""
        events = self._catalogue.life_events.values()
        return next((event for event in events if matter_id in event.matter_ids), None)

    def questions(self, answers: LifeEventAnswers) -> tuple[NextQuestion, ...]:
        """Return the questions that still matter, in order; empty when done.

        Raises:
            UnknownLifeEvent: There is no such event.
        """
        event = self._catalogue.life_event(answers.event_id)
        still_open = open_questions((step.when for step in event.steps), answers.facts)
        return tuple(
            asked(self._catalogue, question_id)
            for question_id in event.question_ids
            if question_id in still_open and question_id not in answers.skipped
        )

    def compose(self, answers: LifeEventAnswers, start_on: date) -> LifeEventPlan:
        """Return the plan; what is undecided is planned as if needed and marked.

        Args:
            answers: What is known.
            start_on: Day 0 (local date).

        Raises:
            UnknownEntry: The answers name something that is not in the catalogue.
            BadCondition: An answer has the wrong type.
        """
        event = self._catalogue.life_event(answers.event_id)
        drafts = [self._draft(step, answers.facts) for step in event.steps]
        steps = with_calendar_days([draft.step for draft in drafts], start_on, self._calendar)
        drafts = [replace(d, step=step) for d, step in zip(drafts, steps, strict=True)]
        plan = build_plan(steps, start_on, self._calendar)
        place = answers.district_id
        return LifeEventPlan(
            event,
            self._catalogue.district(place) if place else None,
            plan,
            planned_steps(drafts, plan, self._catalogue),
        )

    def _draft(self, step: LifeEventStep, facts: Mapping[str, Answer]) -> Draft:
        undecided = undecided_by(step.when, facts)
        is_skipped = is_excluded(step.when, facts)
        if step.matter_id is not None:
            matter = self._catalogue.matter(step.matter_id)
            draft = matter_draft(matter, self._catalogue, step.after, note=step.note)
            made = replace(draft.step, id=step.id, is_skipped=is_skipped, stage="")
            return replace(draft, step=made, undecided=undecided)
        made = Step(
            id=step.id,
            name=step.name,
            depends_on=step.after,
            clock="applicant" if step.is_own else "notice",
            note=step.note or None,
            is_skipped=is_skipped,
            is_open_ended=step.is_own,
            calendar_days=step.calendar_days,
        )
        return Draft(made, step.provenance, undecided=undecided)
