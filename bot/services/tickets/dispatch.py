"""Proposes who leads and who assists on a whistle; a dispatcher confirms it.

The rule: the matter named, else the matter that the words point to, gives the leading department;
departments that the business names and those the catalogue lists for the matter assist. The
machine only proposes.
"""

from collections.abc import Iterable, Mapping

from bot.domain.catalogue import Catalogue
from bot.domain.matters import Matter
from bot.domain.places import Department
from bot.domain.tickets import Role, TicketDepartment

MIN_NAME_LENGTH = 2
"""Shorter names stand in too many sentences by chance."""

MAX_ASSISTING = 4
"""More than these and nobody feels meant."""


def find_matter(
    catalogue: Catalogue, keywords: Mapping[str, str], description: str
) -> Matter | None:
    """Return the matter whose keyword, name or alias is the longest in `description`, or None."""
    best: tuple[int, Matter] | None = None
    for word, matter_id in _words(catalogue, keywords):
        if word in description and (best is None or len(word) > best[0]):
            best = (len(word), catalogue.matter(matter_id))
    return best[1] if best else None


def propose_departments(
    catalogue: Catalogue, matter: Matter | None, description: str
) -> tuple[TicketDepartment, ...]:
    """Return the proposed departments, the leading one first; empty when nothing points to one."""
    named = _named(catalogue, description)
    if matter is None:
        ids = [department.id for department in named]
    else:
        asked = [department.id for department in named]
        ids = [matter.department_id, *asked, *matter.assisting_department_ids]
    unique = list(dict.fromkeys(ids))[: MAX_ASSISTING + 1]
    return tuple(
        TicketDepartment(
            department_id, Role.LEADING if index == 0 else Role.ASSISTING, proposed=True
        )
        for index, department_id in enumerate(unique)
    )


def _words(catalogue: Catalogue, keywords: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield from keywords.items()
    for matter in catalogue.matters.values():
        for name in (matter.name, *matter.aliases):
            if len(name) >= MIN_NAME_LENGTH:
                yield name, matter.id


def _named(catalogue: Catalogue, text: str) -> list[Department]:
    """Return the departments named in `text`, in the order in which they stand there."""
    found = []
    for department in catalogue.departments.values():
        names = [n for n in (department.name, *department.aliases) if len(n) >= MIN_NAME_LENGTH]
        places = [text.find(name) for name in names if name in text]
        if places:
            found.append((min(places), department))
    return [department for _, department in sorted(found, key=lambda pair: pair[0])]
