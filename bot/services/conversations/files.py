"""Files that people hand in on our own pages: checked by content, kept with the conversation."""

from dataclasses import replace
from datetime import datetime

from bot.domain.attachments import TooManyFiles, clean_name, type_of
from bot.domain.conversations import Accepted, Attachment, Author, Reply, TooManyMessages
from bot.domain.desk_files import SentFile
from bot.services.conversations.channel_events import WITH_BOT
from bot.services.conversations.conversations import MAX_MESSAGES_PER_WINDOW, RATE_WINDOW
from bot.services.ports import OpenUnitOfWork

MOST_FILES = 20
"""In one conversation; more belong into a whistle or an application."""

DESK_PATH = "/desk/conversations/{conversation}/files/web/{file}"


def keep_file(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    client_id: str,
    name: str,
    content: bytes,
    told: Reply,
    now: datetime,
) -> Accepted:
    """Store a file and show it in the transcript; the same `client_id` again changes nothing.

    Args:
        unit_of_work: Opens the transaction.
        conversation_id: Which.
        client_id: The sender's own id of it.
        name: As the person's device calls it; cleaned here.
        content: The file.
        told: The answer, with a placeholder `{name}`; left out while a person has the
            conversation, who answers better.
        now: The time.

    Raises:
        FileEmpty, FileNotTaken, FileTooLarge: see `bot.domain.attachments.type_of`.
        TooManyFiles: The conversation has `MOST_FILES` already.
        TooManyMessages: Too much was sent within a few seconds.
        UnknownConversation: There is no such conversation.
    """
    kind = type_of(content)
    file = SentFile(clean_name(name, kind), kind.media_type, content)
    with unit_of_work() as unit:
        conversation = unit.conversations.get(conversation_id)
        stored = unit.conversations.find_inbound(conversation_id, client_id)
        if stored is not None:
            return Accepted(message_id=stored, is_new=False)
        recent = unit.conversations.count_from_applicant(conversation_id, now - RATE_WINDOW)
        if recent >= MAX_MESSAGES_PER_WINDOW:
            raise TooManyMessages(conversation_id)
        if unit.chat_files.count(conversation_id) >= MOST_FILES:
            raise TooManyFiles
        file_id = unit.chat_files.add(conversation_id, client_id=client_id, file=file, now=now)
        url = DESK_PATH.format(conversation=conversation_id, file=file_id)
        accepted = unit.conversations.add_inbound(
            conversation_id,
            author=Author.APPLICANT,
            text="",
            payload=None,
            external_id=client_id,
            now=now,
            attachments=(Attachment(file.name, url, file.media_type),),
            is_handled=True,
        )
        if accepted.is_new and conversation.owner in WITH_BOT:
            line = replace(told, text=told.text.format(name=file.name))
            unit.conversations.add_message(conversation_id, line, now=now)
        return accepted


def read_file(
    unit_of_work: OpenUnitOfWork, *, file_id: int, conversation_id: str | None = None
) -> SentFile | None:
    """Return a file, None when there is none, or when it is of another conversation."""
    with unit_of_work() as unit:
        return unit.chat_files.get(file_id, conversation_id=conversation_id)
