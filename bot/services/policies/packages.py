"""Keeping what a package is worked out from under a link, and opening it again."""

from datetime import datetime

from bot.domain.policy_watch import KeptPackage, PackageFacts
from bot.domain.short_links import code_hash
from bot.services.papers.short_links import guarded, new_code
from bot.services.ports import OpenUnitOfWork, UnitOfWork

PATH = "/p/"
"""Where packages lie, without host."""


def keep_package(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    facts: PackageFacts,
    now: datetime,
) -> str:
    """Keep a package and return the path of its page; only a hash of the code is kept.

    The same `origin` again keeps nothing more; the path of that time no longer opens.
    """
    code = new_code()
    with unit_of_work() as unit:
        unit.policy_packages.keep(
            origin=origin,
            conversation_id=conversation_id,
            code_hash=code_hash(code),
            facts=facts,
            now=now,
        )
    return PATH + code


def package_by_code(
    unit_of_work: OpenUnitOfWork, *, code: str, client: str, now: datetime
) -> KeptPackage:
    """Return the package under a link.

    Args:
        unit_of_work: Opens a transaction.
        code: As in the link.
        client: Address that asks; only a hash of it is kept, for an hour, when the code is wrong.
        now: The time.

    Raises:
        UnknownLink: No package lies under this code.
        TooManyLookups: Too many wrong codes came from this address.
    """

    def look(unit: UnitOfWork) -> KeptPackage:
        return unit.policy_packages.by_code(code_hash(code))

    return guarded(unit_of_work, look, f"package:{client}", now)
