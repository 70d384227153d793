"""What agents send besides their own words: files, plans, facts; and asking who somebody is."""

import hashlib
import secrets
from datetime import datetime

from bot.domain.conversations import Attachment, Author, Reply
from bot.domain.desk_files import SentFile
from bot.domain.errors import BotError
from bot.domain.handovers import DeskTexts, NotYours
from bot.domain.people import AuditEntry
from bot.planner.calendar import WorkingCalendar
from bot.services.cases import cases
from bot.services.plans.plans import share_latest_plan
from bot.services.ports import OpenUnitOfWork

FILES_PATH = "/files/"
TOKEN_BYTES = 24


class NoPlan(BotError):
    """This conversation has no plan that could be sent."""


def send_file(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    file: SentFile,
    now: datetime,
    texts: DeskTexts,
) -> int:
    """Send a checked file; returns the message's id.

    The address holds a secret of which only the SHA-256 is stored.

    Raises:
        NotYours: The agent does not hold this conversation.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    line = Reply(
        text=texts.file_sent.format(name=file.name),
        author=Author.AGENT,
        attachments=(Attachment(file.name, f"{FILES_PATH}{token}", file.media_type),),
    )
    with unit_of_work() as unit:
        if not unit.desk.hold(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
        unit.desk_notes.add_file(
            digest(token), conversation_id=conversation_id, agent_id=agent_id, file=file, now=now
        )
        message = unit.conversations.add_message(conversation_id, line, now=now, agent_id=agent_id)
        unit.people.add_audit(AuditEntry(now, agent_id, "file_sent", conversation_id))
    return message.id


def read_file(unit_of_work: OpenUnitOfWork, token: str) -> SentFile | None:
    """Return the file under an address's secret, None when there is none."""
    with unit_of_work() as unit:
        return unit.desk_notes.file(digest(token))


def send_plan(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> int:
    """Send a new link to the newest plan of this conversation; returns the message's id.

    Raises:
        NotYours: The agent does not hold this conversation.
        NoPlan: There is none.
    """
    with unit_of_work() as unit:
        if not unit.desk.hold(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
    shared = share_latest_plan(unit_of_work, conversation_id=conversation_id, now=now)
    if shared is None:
        raise NoPlan
    line = Reply(
        text=texts.plan_sent,
        author=Author.AGENT,
        attachments=(Attachment(texts.plan_title, shared.path, "text/html"),),
    )
    return _send(unit_of_work, conversation_id, agent_id, line, now)


def ask_identification(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    now: datetime,
    texts: DeskTexts,
) -> int:
    """Ask the applicant for a case number and the end of the phone; raises `NotYours`."""
    line = Reply(text=texts.identify, author=Author.AGENT)
    return _send(unit_of_work, conversation_id, agent_id, line, now)


def identify(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    agent_id: int,
    number: str,
    credential: str,
    now: datetime,
    calendar: WorkingCalendar,
    texts: DeskTexts,
) -> str:
    """Check what the applicant gave against the case; the conversation may speak of it then.

    Wrong tries are counted as if the applicant had made them with the bot.

    Returns:
        Name of the matter of the case.

    Raises:
        NotYours: The agent does not hold this conversation.
        CaseNotVerified: No such case, or not theirs; nobody can tell which.
        TooManyTries: Locked for a while.
    """
    with unit_of_work() as unit:
        if not unit.desk.hold(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
        unit.people.add_audit(AuditEntry(now, agent_id, "identity_checked", conversation_id))
    view = cases.find_case(
        unit_of_work,
        number=number,
        credential=credential,
        conversation_id=conversation_id,
        now=now,
        calendar=calendar,
    )
    line = Reply(text=texts.identified.format(number=number), author=Author.SYSTEM)
    _send(unit_of_work, conversation_id, agent_id, line, now)
    return view.matter_name


def digest(token: str) -> str:
    """Return what is stored of a file's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _send(
    unit_of_work: OpenUnitOfWork, conversation_id: str, agent_id: int, line: Reply, now: datetime
) -> int:
    by = agent_id if line.author is Author.AGENT else None
    with unit_of_work() as unit:
        if not unit.desk.hold(conversation_id, agent_id, now=now):
            raise NotYours(conversation_id)
        return unit.conversations.add_message(conversation_id, line, now=now, agent_id=by).id
