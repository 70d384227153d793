"""The parameters of the service: reviews, hotline, acceptance, deferral, commitment, the hall."""

from dataclasses import dataclass

from bot.domain.facts import Provenance


@dataclass(frozen=True)
class ReviewLevel:
    """One of the five levels of 好差评; `score` 5 is the best."""

    score: int
    name: str
    is_negative: bool


@dataclass(frozen=True)
class ReviewHandling:
    """What is done with a bad review.

    Attributes:
        step: The case.
        text: What is done.
        working_days: Time limit; None when there is none.
        limit: Origin of the time limit.
        provenance: Origin of the step.
    """

    step: str
    text: str
    working_days: float | None
    limit: Provenance
    provenance: Provenance


@dataclass(frozen=True)
class ReviewRules:
    """Reviews: levels, how long they may be given afterwards, what follows a bad one."""

    levels: tuple[ReviewLevel, ...]
    levels_provenance: Provenance
    negative: Provenance
    late_window_working_days: float
    late_window: Provenance
    handling: tuple[ReviewHandling, ...]


@dataclass(frozen=True)
class HotlineLimit:
    """A time limit of the hotline 12345, in working days."""

    kind: str
    working_days: float
    extension_working_days: float | None
    provenance: Provenance


@dataclass(frozen=True)
class HotlineRules:
    """The hotline 12345."""

    hours: str
    hours_provenance: Provenance
    limits: tuple[HotlineLimit, ...]
    yellow_warning: str
    red_warning: str
    warning: Provenance
    reject_returns: str
    channels: tuple[str, ...]
    channels_provenance: Provenance
    categories: tuple[str, ...]


@dataclass(frozen=True)
class SuggestionRules:
    """Suggestions and complaints: working days until a public answer."""

    working_days: float
    text: str
    provenance: Provenance


@dataclass(frozen=True)
class AcceptanceRules:
    """Limits of the licensing law, in working days unless the name says calendar days."""

    notice_once_working_days: float
    notice_once: Provenance
    decision_working_days: float
    extension_working_days: float
    decision: Provenance
    joint_calendar_days: float
    joint_extension_calendar_days: float
    delivery_working_days: float
    delivery: Provenance
    no_fee: Provenance


@dataclass(frozen=True)
class DeferralRules:
    """How long a deferred document may be outstanding, in working days."""

    working_days: float
    note: str
    provenance: Provenance


@dataclass(frozen=True)
class CommitmentRules:
    """Where a written commitment does not replace a document, and how it is verified."""

    basis: Provenance
    not_for: str
    not_for_provenance: Provenance
    verification: str
    verification_provenance: Provenance


@dataclass(frozen=True)
class Remedy:
    """What an applicant may do against a refusal, in words."""

    text: str
    provenance: Provenance


@dataclass(frozen=True)
class ServiceOffer:
    """A service promised to everyone, such as booking or weekend hours."""

    name: str
    provenance: Provenance


@dataclass(frozen=True)
class Hall:
    """The service hall; address and hours are None until the operator enters them."""

    address: str | None
    hours: str | None
    note: str
    provenance: Provenance


@dataclass(frozen=True)
class WorkingDayRules:
    """How limits are counted."""

    rule: str
    rule_provenance: Provenance
    start_rule: str
    start_provenance: Provenance
    holidays: str
    holidays_provenance: Provenance


@dataclass(frozen=True)
class CreditCodeRules:
    """How a unified social credit code is built, in words; checking is a library's work.

    Attributes:
        standard: Name of the standard.
        structure: Its parts.
        charset: Characters of the code.
        excluded: Letters that are never used.
        weight: Weights of the check digit.
        check: Formula of the check digit.
        caution: When a failing check is no proof of a wrong code.
        local_prefixes: How codes of this city begin.
        examples: Codes whose check digit was computed and is right.
        provenance: Origin.
    """

    standard: str
    structure: str
    charset: str
    excluded: str
    weight: str
    check: str
    caution: str
    local_prefixes: tuple[str, ...]
    examples: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True)
class ServiceRules:
    """All parameters of the service."""

    review: ReviewRules
    hotline: HotlineRules
    suggestions: SuggestionRules
    acceptance: AcceptanceRules
    deferral: DeferralRules
    commitment: CommitmentRules
    offers: tuple[ServiceOffer, ...]
    hall: Hall
    working_days: WorkingDayRules
    credit_code: CreditCodeRules
    remedies: tuple[Remedy, ...] = ()
