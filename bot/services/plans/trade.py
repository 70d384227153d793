"""The licences of a trade: from its one-thing bundle, or composed from the matters' own rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer
from bot.domain.matters import Matter
from bot.domain.one_things import REGISTRATION, Component, OneThing
from bot.domain.places import EnterpriseType
from bot.services.plans.draft import Draft, matter_draft
from bot.services.plans.steps import is_excluded, undecided_by

LICENCE_CATEGORY = "licence"
"""`Matter.category` of permits and filings of trades."""


def registration_component(one_thing: OneThing, catalogue: Catalogue) -> Component | None:
    """Return the bundle's registration: the chosen form's, a demanded one, or None.

    `REGISTRATION` as its matter means that the applicant chooses the form; the id of a
    registration matter that the bundle demands this form; None that it is no business at all.
    """
    forms = {kind.matter_id for kind in catalogue.enterprise_types.values()} | {REGISTRATION}
    return next((c for c in one_thing.components if c.matter_id in forms), None)


def bundle_drafts(
    one_thing: OneThing,
    facts: Mapping[str, Answer],
    form: EnterpriseType | None,
    catalogue: Catalogue,
) -> list[Draft]:
    """Return the bundle's matters as steps; those ruled out by `facts` are skipped ones."""
    registration_id = form.matter_id if form else REGISTRATION
    return [
        _component_draft(component, one_thing, facts, registration_id, catalogue)
        for component in one_thing.components
        if form is not None or component.matter_id != REGISTRATION
    ]


def _component_draft(
    component: Component,
    one_thing: OneThing,
    facts: Mapping[str, Answer],
    registration_id: str,
    catalogue: Catalogue,
) -> Draft:
    def real(matter_id: str) -> str:
        return registration_id if matter_id == REGISTRATION else matter_id

    matter = catalogue.matter(real(component.matter_id))
    draft = matter_draft(
        matter, catalogue, tuple(real(i) for i in component.after), note=component.note
    )
    step = replace(
        draft.step,
        working_days=component.working_days,
        is_skipped=is_excluded(component.when, facts),
    )
    duration = draft.duration
    if component.working_days != draft.step.working_days:
        duration = one_thing.promised_total.provenance
    return Draft(step, duration, undecided=undecided_by(component.when, facts))


def composed_drafts(industry_code: str, registration_id: str, catalogue: Catalogue) -> list[Draft]:
    """Compose a trade from the licences that name its industry and what they wait for.

    Args:
        industry_code: GB/T 4754-2017 code.
        registration_id: The registration matter they wait for where they need one.
        catalogue: The matters and their prerequisites.

    Returns:
        Steps; empty when no licence names the industry.
    """
    todo = [
        matter
        for matter in catalogue.matters.values()
        if matter.category == LICENCE_CATEGORY and industry_code in matter.industry_codes
    ]
    return _with_what_they_need(todo, registration_id, catalogue)


def beside_drafts(
    drafts: Sequence[Draft],
    facts: Mapping[str, Answer],
    one_thing: OneThing | None,
    *,
    industry_code: str | None,
    registration_id: str,
    catalogue: Catalogue,
    named: Sequence[str] = (),
) -> list[Draft]:
    """Return the steps of a trade with those of what is sold or done beside it: 洗浴带住宿.

    Args:
        drafts: The steps of the trade by its own list.
        facts: Answers by question id; see `Question.beside`.
        one_thing: The bundle of the trade, None where it has none.
        industry_code: GB/T 4754-2017 code of the trade, None where only a bundle is known.
        registration_id: The registration matter that licences wait for.
        catalogue: The questions, matters and their prerequisites.
        named: Ids of matters that are wanted by name besides.
    """
    bundle, asked = (one_thing.id, one_thing.question_ids) if one_thing else (None, ())
    own = {draft.step.id for draft in drafts if not draft.step.is_skipped}
    wanted = [
        catalogue.matter(question.beside)
        for question in catalogue.questions.values()
        if facts.get(question.id) is True
        and question.id not in asked  # its own list decides
        and question.is_beside(bundle, industry_code)
        and not own.intersection(question.covered_by)
    ]
    wanted += [catalogue.matter(one) for one in named if one in catalogue.matters]
    if not wanted:
        return list(drafts)
    more = {d.step.id: d for d in _with_what_they_need(wanted, registration_id, catalogue)}
    known = {draft.step.id for draft in drafts}
    kept = [_needed(draft) if draft.step.id in more else draft for draft in drafts]
    return [*kept, *(draft for step_id, draft in more.items() if step_id not in known)]


def _needed(draft: Draft) -> Draft:
    """Return a step of the trade that is wanted whatever its own list says."""
    return replace(draft, step=replace(draft.step, is_skipped=False), undecided=())


def _with_what_they_need(
    matters: Sequence[Matter], registration_id: str, catalogue: Catalogue
) -> list[Draft]:
    """Return matters, and all that they always wait for, as steps behind the registration."""
    found: dict[str, Matter] = {}
    forms = {kind.matter_id for kind in catalogue.enterprise_types.values()}
    todo = list(matters)
    while todo:
        matter = todo.pop(0)
        if matter.id not in found:
            found[matter.id] = matter
            todo += [catalogue.matter(i) for i in matter.depends_on if i not in forms]
    return [
        matter_draft(
            matter,
            catalogue,
            (registration_id, *(i for i in matter.depends_on if i in found)),
            note="；".join(d.when for d in matter.depends_on_if),
        )
        for matter in found.values()
    ]
