"""Services that a small firm needs beside money, as the catalogue knows them."""

from dataclasses import dataclass

from bot.domain.facts import Provenance


@dataclass(frozen=True)
class FirmService:
    """One service that the operator entered.

    Attributes:
        who: Who provides it.
        how: How to get it.
        cost: In words; "" when it was not entered.
        time: In words; "" when it was not entered.
    """

    name: str
    who: str
    how: str
    cost: str
    time: str
    provenance: Provenance


@dataclass(frozen=True)
class ServiceGroup:
    """Services under one heading.

    Attributes:
        id: Stable id.
        title: For people.
        from_plan: The matters of the applicant's own plan that are not done belong here.
        matter_ids: Matters of the catalogue whose facts are the service.
        policy_ids: Policies of the catalogue whose facts are the service.
        entries: What the operator entered.
        empty: What is said when nothing is known; says who has to enter it.
    """

    id: str
    title: str
    from_plan: bool
    matter_ids: tuple[str, ...]
    policy_ids: tuple[str, ...]
    entries: tuple[FirmService, ...]
    empty: str
