"""All cases of one applicant: who they are is proven once, then they are listed and chosen from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case_watch import CaseRow
from bot.domain.identity import compact, proves
from bot.services.identity import NotVerified, judge
from bot.services.local_time import local_day
from bot.services.ports import OpenUnitOfWork

PAGE = 5
"""Cases in one message, each with its button."""


@dataclass(frozen=True)
class MyCases:
    """One page of the list.

    Attributes:
        page: From 0.
        total: Cases on all pages.
    """

    rows: Sequence[CaseRow]
    page: int
    total: int

    @property
    def has_more(self) -> bool:
        """There is another page."""
        return (self.page + 1) * PAGE < self.total


def identify(
    unit_of_work: OpenUnitOfWork,
    *,
    phone: str,
    credential: str,
    conversation_id: str,
    now: datetime,
) -> int:
    """Let a conversation see every case of one applicant; returns how many there are.

    The whole telephone and the last 4 characters of the code that stands beside it, both, as a
    telephone alone is on many a business card. Where one telephone stands beside the codes of
    several applicants, only the cases of the one proven are opened.

    Args:
        unit_of_work: Opens the transaction.
        phone: As registered, whole.
        credential: Credit code or identity number of the applicant, or its last 4 characters.
        conversation_id: Who asks.
        now: Aware UTC.

    Raises:
        NotVerified: No such telephone, or the code is not the one beside it; nobody can tell which.
        TooManyTries: Three failed tries within half an hour, or many on this telephone.
    """
    number = compact(phone)
    with unit_of_work() as uow:
        codes = uow.case_lists.credentials_of(number)
        fitting = [code for code in codes if code and proves(credential, (code,))]
        verdict = judge(
            uow,
            conversation_id=conversation_id,
            number=f"phone:{number}",
            is_proven=len(fitting) == 1,
            now=now,
        )
        if verdict.error is None:
            found = uow.case_lists.of_person(number, fitting[0])
            for one in reversed(found):
                case = uow.cases.by_number(one)
                if case is not None:
                    uow.cases.grant(case.id, conversation_id, now)
            return len(found)
    # outside the transaction, which has to keep the failed try
    if isinstance(verdict.error, NotVerified):
        raise NotVerified(verdict.error.tries_left)
    raise verdict.error


def list_mine(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    page: int,
    now: datetime,
    numbers: Sequence[str] | None = None,
) -> MyCases:
    """Return one page of the cases that the conversation may see, open ones first.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Who asks.
        page: From 0; beyond the end it is the last one.
        now: Aware UTC.
        numbers: Only these, of those that the conversation may see.
    """
    with unit_of_work() as uow:
        known = uow.cases.granted_numbers(conversation_id)
        wanted = known if numbers is None else [one for one in known if one in numbers]
        rows = uow.case_lists.by_numbers(wanted, local_day(now))
    last = max((len(rows) - 1) // PAGE, 0)
    page = min(max(page, 0), last)
    return MyCases(rows[page * PAGE : (page + 1) * PAGE], page, len(rows))
