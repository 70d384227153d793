"""Open a conversation, take in what people say, read the transcript."""

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.choices import chosen
from bot.domain.conversations import (
    Accepted,
    Author,
    Button,
    Conversation,
    Heard,
    Inbound,
    Message,
    OpenedConversation,
    Owner,
    Speaker,
    TooManyMessages,
    TranscriptPage,
    UnknownConversation,
)
from bot.domain.deliveries import PULLED_CHANNELS
from bot.domain.payloads import clean_text, parse_payload
from bot.services.conversations.turns import Beginning, begun, hold_for
from bot.services.desk.typing_signs import Signs, signs_in
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.reading.spoken_choices import pressed_by_words

WEB = "web"
TOKEN_BYTES = 32
PAGE_SIZE = 200
RATE_WINDOW = timedelta(seconds=10)
MAX_MESSAGES_PER_WINDOW = 20
"""Nobody types faster; a script that does is slowed down before it fills the queue."""

NO_TITLES: Mapping[str, str] = {}


def open_web_conversation(
    unit_of_work: OpenUnitOfWork, *, now: datetime, channel: str = WEB
) -> OpenedConversation:
    """Open a conversation of a client of ours; only the SHA-256 of its 256-bit token is stored."""
    opened, token = new_conversation(channel, now), secrets.token_urlsafe(TOKEN_BYTES)
    with unit_of_work() as unit:
        unit.conversations.add(opened, token_hash=hash_token(token))
    return OpenedConversation(conversation_id=opened.id, token=token)


def open_pushed_conversation(
    unit_of_work: OpenUnitOfWork, *, channel: str, external_id: str, now: datetime
) -> Conversation:
    """Return the conversation of a person on a messaging platform, opened when it is new."""
    with unit_of_work() as unit:
        return find_or_open(unit, channel=channel, external_id=external_id, now=now)[0]


def new_conversation(channel: str, now: datetime) -> Conversation:
    """Return a conversation that nobody has stored yet."""
    return Conversation(
        id=secrets.token_hex(16), channel=channel, owner=Owner.BOT, created_at=now, updated_at=now
    )


def find_or_open(
    unit: UnitOfWork, *, channel: str, external_id: str, now: datetime
) -> tuple[Conversation, bool]:
    """Return a person's conversation, and whether this transaction has opened it."""
    known = unit.conversations.find(channel, external_id)
    if known is not None:
        return known, False
    return _opened(unit, channel=channel, external_id=external_id, now=now)


def _opened(
    unit: UnitOfWork, *, channel: str, external_id: str, now: datetime
) -> tuple[Conversation, bool]:
    opened = new_conversation(channel, now)
    if unit.conversations.add(opened, external_id=external_id):
        return opened, True
    # two first messages at the same time: the other one was faster
    found = unit.conversations.find(channel, external_id)
    assert found is not None
    return found, False


def hear(
    unit: UnitOfWork, speaker: Speaker, *, now: datetime, beginning: Beginning | None = None
) -> Heard:
    """Find the conversation of a new message, lock it, and return what the message asks of it.

    Args:
        unit: The open transaction.
        speaker: By what it is known.
        now: The time.
        beginning: The right to begin with the message; None for none.

    Raises:
        UnknownConversation: There is no such conversation.
    """
    run_id = None if beginning is None else beginning.run_id
    return unit.conversations.hear(speaker, since=now - RATE_WINDOW, run_id=run_id)


def hear_or_open(
    unit: UnitOfWork, speaker: Speaker, *, now: datetime, beginning: Beginning | None = None
) -> Heard:
    """Do what `hear` does; opens the conversation of somebody who is new on a platform."""
    try:
        return hear(unit, speaker, now=now, beginning=beginning)
    except UnknownConversation:
        if speaker.person is None:
            raise
    channel, external_id = speaker.person
    conversation, is_opened = _opened(unit, channel=channel, external_id=external_id, now=now)
    if is_opened:
        return Heard(conversation, is_opened=True)
    return hear(unit, Speaker(conversation.id), now=now, beginning=beginning)


def authenticate(unit_of_work: OpenUnitOfWork, *, token: str) -> Conversation:
    """Return the web conversation of a token; raises `UnknownConversation`."""
    with unit_of_work() as unit:
        return unit.conversations.get_by_token(hash_token(token))


def accept(
    unit_of_work: OpenUnitOfWork,
    *,
    inbound: Inbound,
    now: datetime,
    titles: Mapping[str, str] | None = None,
    is_numbered: bool = False,
    beginning: Beginning | None = None,
) -> Accepted:
    """Store an applicant's message; once this returns it is never lost.

    The same `external_id` again gives the same message id and stores nothing. A pressed button is
    shown with its title, looked up among the buttons of the conversation and then in `titles`
    (payload to title, for buttons that a page offers by itself). With `is_numbered` the person was
    shown numbers instead of buttons, and "2" or "第二个" presses the second; otherwise a title that
    is typed out presses its button. With `beginning` the message is claimed in the same transaction
    when nothing comes before it.

    Raises:
        BadPayload: `inbound.payload` is not a public command.
        EmptyMessage: There is nothing in it.
        TextTooLong: It has more than `MAX_TEXT_LENGTH` characters.
        TooManyMessages: More than `MAX_MESSAGES_PER_WINDOW` within `RATE_WINDOW`.
        UnknownConversation: There is no such conversation.
    """
    with unit_of_work() as unit:
        heard = hear(unit, Speaker(inbound.conversation_id), now=now, beginning=beginning)
        return accept_in(
            unit,
            heard,
            inbound,
            now=now,
            titles=titles or {},
            is_numbered=is_numbered,
            beginning=beginning,
        )


def accept_in(
    unit: UnitOfWork,
    heard: Heard,
    inbound: Inbound,
    *,
    now: datetime,
    titles: Mapping[str, str],
    is_numbered: bool = False,
    beginning: Beginning | None = None,
) -> Accepted:
    """Do what `accept` does, in an open transaction that has heard or opened the conversation."""
    said = meant_in(unit, heard, inbound, titles=titles, is_numbered=is_numbered)
    return said if isinstance(said, Accepted) else _stored(unit, heard, said, beginning, now=now)


def meant_in(
    unit: UnitOfWork,
    heard: Heard,
    inbound: Inbound,
    *,
    titles: Mapping[str, str],
    is_numbered: bool = False,
) -> Inbound | Accepted:
    """Return a message as `accept` stores it, or what was stored before where too many come.

    Raises:
        BadPayload, EmptyMessage, TextTooLong, TooManyMessages: As `accept`.
    """
    conversation = heard.conversation

    def title(pressed: str) -> str | None:
        return unit.conversations.button_title(conversation.id, pressed)

    said = said_as(inbound, heard.offers, title, titles, is_numbered=is_numbered)
    _heard_from(unit, inbound, conversation)
    if heard.recent >= MAX_MESSAGES_PER_WINDOW:
        stored = unit.conversations.find_inbound(conversation.id, inbound.external_id)
        if stored is None:
            raise TooManyMessages(inbound.conversation_id)
        return Accepted(stored, is_new=False, conversation_id=conversation.id)
    return said


def said_as(
    inbound: Inbound,
    offers: Sequence[Button],
    offered: Callable[[str], str | None],
    titles: Mapping[str, str] = NO_TITLES,
    *,
    is_numbered: bool = False,
) -> Inbound:
    """Return a message as it is stored: cleaned, with the button that was pressed or named.

    Args:
        inbound: As it came.
        offers: Buttons said last, of which a typed text may name one.
        offered: Returns the title under which a command was offered, None for never.
        titles: Of buttons that a page offers by itself, by command.
        is_numbered: A typed number presses a button.

    Raises:
        BadPayload, EmptyMessage, TextTooLong: As `accept`.
    """
    if inbound.payload is None:
        words, payload = _typed(clean_text(inbound.text), offers, is_numbered=is_numbered)
        return replace(inbound, text=words, payload=payload)
    payload = str(parse_payload(inbound.payload))
    # asked for as it was offered, blanks and all
    text = offered(inbound.payload.strip()) or titles.get(payload) or inbound.text.strip()
    return replace(inbound, text=text, payload=payload)


def _stored(
    unit: UnitOfWork, heard: Heard, inbound: Inbound, beginning: Beginning | None, *, now: datetime
) -> Accepted:
    """Store a message, as one that is begun when nothing comes before it."""
    conversation = heard.conversation
    hold = hold_for(beginning, conversation, now) if beginning is not None else None
    accepted, is_begun = unit.conversations.add_heard(
        inbound, now=now, hold=hold, is_opened=heard.is_opened
    )
    accepted = in_conversation(conversation, accepted)
    if not is_begun or hold is None or beginning is None:
        return accepted
    message = Message(
        accepted.message_id,
        conversation.id,
        Author.APPLICANT,
        inbound.text,
        created_at=now,
        payload=inbound.payload,
        attachments=inbound.attachments,
    )
    turn = begun(unit, message, heard, hold, beginning)
    return replace(accepted, turn=turn)


def in_conversation(conversation: Conversation, accepted: Accepted) -> Accepted:
    """Return what was stored together with whose the conversation was then."""
    return replace(
        accepted,
        owner=conversation.owner,
        agent_id=conversation.agent_id,
        conversation_id=conversation.id,
    )


def _typed(text: str, offers: Sequence[Button], *, is_numbered: bool) -> tuple[str, str | None]:
    """Return a typed text and the command of the button that it names, None for none."""
    meant = chosen(text, offers) if is_numbered else pressed_by_words(text, offers)
    return (text, None) if meant is None else (meant.title, str(parse_payload(meant.payload)))


def read_transcript(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    after: int = 0,
    limit: int = PAGE_SIZE,
    now: datetime | None = None,
    token_hash: str | None = None,
) -> TranscriptPage:
    """Return the lines with an id above `after`, the owner, and whether an answer is due.

    With `now`, and while a person serves, also what that person does. With `token_hash` only to who
    has the conversation's secret.

    Raises:
        UnknownConversation: There is no such conversation, or the secret opens another one.
    """
    with unit_of_work() as unit:
        if token_hash is None:
            conversation = unit.conversations.get(conversation_id)
        else:
            conversation = unit.conversations.get_by_token(token_hash)
            if conversation.id != conversation_id:
                raise UnknownConversation(conversation_id)
        signs = Signs()
        if now is not None and conversation.owner is Owner.AGENT:
            signs = signs_in(unit.desk_work.thread(conversation_id), now)
        return TranscriptPage(
            messages=unit.conversations.messages(conversation_id, after=after, limit=limit),
            owner=conversation.owner,
            busy=unit.conversations.is_busy(conversation_id),
            is_agent_typing=signs.is_typing,
            agent_read_id=signs.read_id,
        )


def hash_token(token: str) -> str:
    """Return what is stored of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _heard_from(unit: UnitOfWork, inbound: Inbound, conversation: Conversation) -> None:
    """Note that a person who was out of reach has written again."""
    if inbound.channel in PULLED_CHANNELS:
        return
    if conversation.unreachable_since is not None:
        unit.conversations.set_unreachable(inbound.conversation_id, None)
