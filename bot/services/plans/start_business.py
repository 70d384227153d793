"""The start-a-business journey: which questions still matter, and the personal plan.

The plan goes from the name over the registration of the chosen form to seal, tax, insurance and
bank side by side, and on to the licences of the trade: those of the trade's one-thing bundle, or,
where there is none, those whose matters name the industry (then the plan says it is composed).
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer
from bot.domain.facts import Duration
from bot.domain.one_things import REGISTRATION, OneThing
from bot.domain.places import District, EnterpriseType, Industry
from bot.planner.calendar import DueDate, WorkingCalendar
from bot.planner.plan import Plan, build_plan
from bot.services.plans.draft import Draft, planned_steps
from bot.services.plans.form_advice import FormAdvice, advise, open_advice_questions
from bot.services.plans.opening import ONE_STOP, follow_up_drafts, name_draft, registration_draft
from bot.services.plans.steps import NextQuestion, PlanStep, asked, is_excluded, open_questions
from bot.services.plans.trade import (
    beside_drafts,
    bundle_drafts,
    composed_drafts,
    registration_component,
)

ENTITY = "entity"
"""The catalogue's question for the form of enterprise; the journey asks it as its first."""


class TradeBasis(enum.Enum):
    """What the licences of a plan rest on."""

    BUNDLE = "bundle"
    """A one-thing bundle of the catalogue."""

    COMPOSED = "composed"
    """Put together from the matters that name the industry: say so."""

    NOT_SAID = "not_said"
    """The applicant has named no trade yet: the plan is the opening only."""

    NOT_COVERED = "not_covered"
    """Nothing is known about the trade's licences, which does not mean that it needs none."""


@dataclass(frozen=True)
class StartAnswers:
    """What the applicant has said so far; None means not asked or skipped.

    Attributes:
        enterprise_type_id: Form of the enterprise.
        one_thing_id: Bundle of the trade, when the trade has one.
        industry_code: GB/T 4754-2017 code of the trade, when only that is known.
        district_id: Where.
        hires_staff: Somebody is employed, so social insurance and housing fund have to be set up.
        facts: Answers to the catalogue's questions, by question id.
        skipped: Names the applicant does not want to be asked again.
        wants_advice: The applicant wants to be told which form fits.
        beside: Ids of licences that are wanted for something done beside the trade.
    """

    enterprise_type_id: str | None = None
    one_thing_id: str | None = None
    industry_code: str | None = None
    district_id: str | None = None
    hires_staff: bool | None = None
    facts: Mapping[str, Answer] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    wants_advice: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpeningPromise:
    """What is promised for getting the enterprise opened, beside what the law allows.

    Attributes:
        promised: The promised length and its origin.
        statutory: The length the law allows.
        due: Last day on which the promise is kept, counted from the day of the registration.
        matter_name: The service that makes the promise.
    """

    promised: Duration
    statutory: Duration
    due: DueDate
    matter_name: str


@dataclass(frozen=True)
class StartPlan:
    """A personal plan for opening a business.

    Attributes:
        enterprise_type: The form; None where the trade is not registered as a business.
        form_is_assumed: Nobody named the form: it is the usual one for the trade.
        trade_name: What the business does, as applicants read it; "" when not said.
        basis: What the licences rest on.
        one_thing: The bundle, None unless the basis is `BUNDLE`.
        district: Where; None when not said.
        plan: The dated plan.
        steps: Its steps, each after all it waits for, without those that are not needed.
        promise: The promise for the opening; None when nothing is registered.
        unsuitable: Names of matters for which the chosen form is not among the usual ones.
    """

    enterprise_type: EnterpriseType | None
    form_is_assumed: bool
    trade_name: str
    basis: TradeBasis
    one_thing: OneThing | None
    district: District | None
    plan: Plan
    steps: tuple[PlanStep, ...]
    promise: OpeningPromise | None
    unsuitable: tuple[str, ...]


class StartBusiness:
    """The use case; pure over the catalogue and the calendar it is given."""

    def __init__(self, catalogue: Catalogue, calendar: WorkingCalendar) -> None:
        """Keep what the plans are made of."""
        self._catalogue = catalogue
        self._calendar = calendar

    def questions(self, answers: StartAnswers) -> tuple[NextQuestion, ...]:
        """Return the questions that still matter, in the order to ask them; empty when done.

        Ask the first and call again: an answer may make later ones needless. A question whose
        answer cannot change the plan any more is left out.

        Raises:
            UnknownEntry: An id in the answers is not in the catalogue.
        """
        one_thing = self._one_thing(answers)
        missing: list[NextQuestion] = []
        form = self._form_questions(answers)
        if answers.wants_advice:  # who asks "which form?" wants that answered first
            missing += form
        if answers.industry_code is None and one_thing is None:
            missing.append(NextQuestion("trade"))
        if not answers.wants_advice:
            missing += form
        if answers.district_id is None:
            options = tuple(place.name for place in self._catalogue.districts.values())
            missing.append(NextQuestion("district", options=options))
        if one_thing is not None:
            facts = self._facts(answers, one_thing)
            still_open = open_questions((c.when for c in one_thing.components), facts)
            missing += [
                asked(self._catalogue, question_id)
                for question_id in one_thing.question_ids
                if question_id in still_open and question_id != ENTITY
            ]
        if answers.hires_staff is None and self._registers(answers):
            missing.append(NextQuestion("hires_staff"))
        return tuple(q for q in missing if q.id not in answers.skipped)

    def compose(self, answers: StartAnswers, start_on: date) -> StartPlan:
        """Return the plan for the answers given; what is undecided is planned as if needed.

        Args:
            answers: What is known. Without a form the usual one of the catalogue's first
                enterprise type is taken.
            start_on: Day on which everything is handed in (local date); day 0.

        Raises:
            UnknownEntry: An id in the answers is not in the catalogue.
            BadCondition: An answer has the wrong type (a text where a number is compared).
        """
        one_thing = self._one_thing(answers)
        form = self._form(answers, one_thing)
        industry = self._industry(answers)
        trade, basis = self._trade_drafts(answers, one_thing, industry, form)
        drafts = trade if form is None else self._with_opening(trade, answers, form)
        plan = build_plan([draft.step for draft in drafts], start_on, self._calendar)
        return StartPlan(
            enterprise_type=form,
            form_is_assumed=answers.enterprise_type_id is None and self._form_is_open(answers),
            trade_name=one_thing.name if one_thing else industry.name if industry else "",
            basis=basis,
            one_thing=one_thing,
            district=self._catalogue.district(answers.district_id) if answers.district_id else None,
            plan=plan,
            steps=planned_steps(drafts, plan, self._catalogue),
            promise=self._promise(form, plan) if form else None,
            unsuitable=self._unsuitable(drafts, form),
        )

    def advice(self, answers: StartAnswers) -> FormAdvice:
        """Return which form fits the answers; forms closed to the trade's licences come last."""
        made = advise(self._catalogue, answers.facts)
        unfit = tuple(r.form for r in made.ranked if self._is_closed_to(r.form, answers))
        fit = tuple(r for r in made.ranked if r.form not in unfit)
        return replace(made, ranked=fit, unfit=unfit) if fit else made

    def bundle(self, answers: StartAnswers) -> OneThing | None:
        """Return the one-thing bundle of the trade, None where it has none or is not said."""
        return self._one_thing(answers)

    def _form_questions(self, answers: StartAnswers) -> list[NextQuestion]:
        """Return what to ask about the form: what decides it when advice is wanted, and itself."""
        if answers.enterprise_type_id is not None or not self._form_is_open(answers):
            return []
        found: list[NextQuestion] = []
        if answers.wants_advice:
            still_open = open_advice_questions(self._catalogue, answers.facts, answers.skipped)
            found = [NextQuestion(q.id, q, q.options) for q in still_open]
        options = tuple(kind.name for kind in self._catalogue.enterprise_types.values())
        return [*found, NextQuestion("enterprise_type", options=options)]

    def _is_closed_to(self, form: EnterpriseType, answers: StartAnswers) -> bool:
        """Tell whether the catalogue knows some licence of the trade for other forms only."""
        one_thing, industry = self._one_thing(answers), self._industry(answers)
        tried = replace(answers, enterprise_type_id=form.id)
        return bool(self._unsuitable(self._trade_drafts(tried, one_thing, industry, form)[0], form))

    def _one_thing(self, answers: StartAnswers) -> OneThing | None:
        if answers.one_thing_id is not None:
            return self._catalogue.one_thing(answers.one_thing_id)
        industry = self._industry(answers)
        if industry is None:
            return None
        if industry.one_thing_id is not None:
            return self._catalogue.one_thing(industry.one_thing_id)
        return None

    def _industry(self, answers: StartAnswers) -> Industry | None:
        code = answers.industry_code
        return None if code is None else self._catalogue.industry(code)

    def _registers(self, answers: StartAnswers) -> bool:
        """Tell whether a business is registered at all, as far as the answers go."""
        one_thing = self._one_thing(answers)
        if one_thing is None:
            return True
        component = registration_component(one_thing, self._catalogue)
        return component is not None and not is_excluded(component.when, answers.facts)

    def _form_is_open(self, answers: StartAnswers) -> bool:
        """Tell whether the applicant chooses the form: no bundle demands one."""
        one_thing = self._one_thing(answers)
        if one_thing is None or not self._registers(answers):
            return one_thing is None
        component = registration_component(one_thing, self._catalogue)
        return component is not None and component.matter_id == REGISTRATION

    def _form(self, answers: StartAnswers, one_thing: OneThing | None) -> EnterpriseType | None:
        """Return the form: the one the bundle demands, else the one chosen, else the usual."""
        kinds = self._catalogue.enterprise_types
        if one_thing is not None:
            component = registration_component(one_thing, self._catalogue)
            if component is None or is_excluded(component.when, answers.facts):
                return None
            if component.matter_id != REGISTRATION:
                return next(k for k in kinds.values() if k.matter_id == component.matter_id)
        if answers.enterprise_type_id is not None:
            return self._catalogue.enterprise_type(answers.enterprise_type_id)
        typical = one_thing.typical.answers.get(ENTITY) if one_thing else None
        usual = (kind for kind in kinds.values() if kind.answer == typical)
        return next(usual, next(iter(kinds.values())))

    def _facts(self, answers: StartAnswers, one_thing: OneThing | None) -> dict[str, Answer]:
        form = self._form(answers, one_thing)
        return {**answers.facts, **({ENTITY: form.answer} if form else {})}

    def _trade_drafts(
        self,
        answers: StartAnswers,
        one_thing: OneThing | None,
        industry: Industry | None,
        form: EnterpriseType | None,
    ) -> tuple[list[Draft], TradeBasis]:
        facts = self._facts(answers, one_thing)
        drafts: list[Draft] = []
        basis = TradeBasis.NOT_SAID
        if one_thing is not None:
            drafts, basis = (
                bundle_drafts(one_thing, facts, form, self._catalogue),
                TradeBasis.BUNDLE,
            )
        elif industry is not None and form is not None:
            drafts = composed_drafts(industry.code, form.matter_id, self._catalogue)
            basis = TradeBasis.COMPOSED if drafts else TradeBasis.NOT_COVERED
        if form is None or basis is TradeBasis.NOT_SAID:
            return drafts, basis
        drafts = beside_drafts(
            drafts,
            facts,
            one_thing,
            industry_code=industry.code if industry is not None else None,
            registration_id=form.matter_id,
            catalogue=self._catalogue,
            named=answers.beside,
        )
        return drafts, basis

    def _with_opening(
        self, trade: list[Draft], answers: StartAnswers, form: EnterpriseType
    ) -> list[Draft]:
        """Put name, registration and what follows it around the steps of the trade."""
        given = {draft.step.id: draft for draft in trade}
        registration = given.get(form.matter_id) or registration_draft(form, self._catalogue)
        name = name_draft(form, self._catalogue)
        if name is not None:
            name = given.get(name.step.id, name)
            registration = registration.waiting_for(name.step.id)
        head = [draft for draft in (name, registration) if draft]
        known = {draft.step.id for draft in head}
        follow = follow_up_drafts(registration, answers.hires_staff, self._catalogue)
        rest = [draft for draft in trade if draft.step.id not in known]
        return [*head, *follow, *rest]

    def _promise(self, form: EnterpriseType, plan: Plan) -> OpeningPromise:
        matter = self._catalogue.matter(form.matter_id)
        one_stop = self._catalogue.matters.get(ONE_STOP)
        if one_stop is not None and form.matter_id in one_stop.depends_on:
            matter = one_stop
        starts = next(p.window for p in plan.steps if p.step.id == form.matter_id).earliest_start
        due_after = starts + (matter.promised.working_days or 0)
        due = self._calendar.add_working_days(plan.start_on, due_after)
        return OpeningPromise(matter.promised, matter.statutory, due, matter.name)

    def _unsuitable(self, drafts: list[Draft], form: EnterpriseType | None) -> tuple[str, ...]:
        """Return the matters that the catalogue knows for other forms only."""
        if form is None:
            return ()
        others = {kind.matter_id for kind in self._catalogue.enterprise_types.values()}
        others.discard(form.matter_id)
        wanted = (
            self._catalogue.matter(draft.step.matter_id)
            for draft in drafts
            if draft.step.matter_id is not None and not draft.step.is_skipped
        )
        return tuple(
            matter.name
            for matter in wanted
            if any(group and others.issuperset(group) for group in matter.depends_on_any)
            or others.intersection(matter.depends_on)
        )
