"""Opening a business: name, registration, and what follows a business licence."""

from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.services.plans.draft import Draft, matter_draft

ONE_STOP = "biz-start-onething"
"""The joint service that promises the whole opening at once."""

NAME_STAGE = "start.name"
FOLLOW_UP_STAGE = "start.follow"
"""`Matter.stage` of the name and of what follows the licence."""

EMPLOYER_MATTERS = frozenset({"si-employer", "hf-employer"})
"""Only for those who employ somebody (applicant: 用人单位)."""

OPTIONAL_FOR_INDIVIDUALS = frozenset({"biz-seal", "bank-reserve"})
"""What the catalogue's answer on `biz-individual` calls 不强制: seal and account."""

INDIVIDUAL = "biz-individual"


def registration_draft(form: EnterpriseType, catalogue: Catalogue) -> Draft:
    """Return the registration of the form as a step."""
    return matter_draft(catalogue.matter(form.matter_id), catalogue)


def name_draft(form: EnterpriseType, catalogue: Catalogue) -> Draft | None:
    """Return the name as a step, None for forms that declare none.

    Optional where the catalogue asks for it in some cases only (个体工商户使用名称时).
    """
    registration = catalogue.matter(form.matter_id)
    conditional = {dependency.matter_id for dependency in registration.depends_on_if}
    for matter in catalogue.matters.values():
        if matter.stage != NAME_STAGE:
            continue
        if matter.id in registration.depends_on:
            return matter_draft(matter, catalogue)
        if matter.id in conditional:
            return replace(matter_draft(matter, catalogue), is_optional=True)
    return None


def follow_up_drafts(
    registration: Draft, hires_staff: bool | None, catalogue: Catalogue
) -> list[Draft]:
    """Return what follows the licence for this form, side by side unless one needs another.

    Args:
        registration: The registration step.
        hires_staff: None plans the employer's registrations, marked undecided.
        catalogue: Where the matters come from.
    """
    registration_id = registration.step.id
    follow = {
        matter.id: matter
        for matter in catalogue.matters.values()
        if matter.stage == FOLLOW_UP_STAGE
        and matter.id != ONE_STOP
        and _follows(matter, registration_id)
        and not (hires_staff is False and matter.id in EMPLOYER_MATTERS)
    }
    return [
        replace(
            matter_draft(
                matter,
                catalogue,
                (registration_id, *(i for i in matter.depends_on if i in follow)),
            ),
            undecided=("hires_staff",)
            if hires_staff is None and matter.id in EMPLOYER_MATTERS
            else (),
            is_optional=registration_id == INDIVIDUAL and matter.id in OPTIONAL_FOR_INDIVIDUALS,
        )
        for matter in follow.values()
    ]


def _follows(matter: Matter, registration_id: str) -> bool:
    """Tell whether a follow-up is open to this form; without a list of forms it is to all."""
    groups = matter.depends_on_any
    return all(registration_id in group for group in groups)
