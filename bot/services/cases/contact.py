"""Cases opened by a telephone that a platform has checked to be the person's own."""

from datetime import datetime

from bot.domain.identity import compact
from bot.services.ports import OpenUnitOfWork


def open_cases_of_own_phone(
    unit_of_work: OpenUnitOfWork, *, phone: str, conversation_id: str, now: datetime
) -> int:
    """Let a conversation see the cases that one applicant handed in with this telephone.

    Where the telephone stands beside the codes of several applicants (an agency's does), it alone
    opens nothing: the way by telephone and code is still there.

    Args:
        unit_of_work: Opens the transaction.
        phone: The person's own, as the platform has checked.
        conversation_id: Whose.
        now: Aware UTC.

    Returns:
        How many cases were opened.
    """
    number = compact(phone)
    with unit_of_work() as uow:
        codes = {code for code in uow.case_lists.credentials_of(number) if code}
        if len(codes) != 1:
            return 0
        found = uow.case_lists.of_person(number, codes.pop())
        for one in reversed(found):
            case = uow.cases.by_number(one)
            if case is not None:
                uow.cases.grant(case.id, conversation_id, now)
        return len(found)
