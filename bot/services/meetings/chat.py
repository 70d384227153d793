"""Talks with business in the chat: what is announced, signing up, asking, wanting to hear."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.conversations import Message, Reply
from bot.domain.meetings import (
    TALK_NOTICE,
    AlreadySigned,
    BadQuestion,
    BadSignup,
    Meeting,
    MeetingClosed,
    PendingStep,
    TalkStep,
    TooMuchAtOnce,
    UnknownMeeting,
)
from bot.domain.privacy import Decision
from bot.domain.talk_texts import contact_in
from bot.services.meetings import meetings
from bot.services.meetings.words import TalkWords
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.consents import decide
from bot.services.times.local_time import local_day

LISTED = 5
LASTS = timedelta(minutes=30)
"""So long a question of ours stays open; what is said later is something else."""

SHORT = 12
"""What is no longer than this and holds no number is taken for a name, and the number is missed."""


@dataclass(frozen=True)
class TalkChat:
    """Somebody in the chat, at one moment."""

    unit_of_work: OpenUnitOfWork
    words: TalkWords
    message: Message
    now: datetime

    @property
    def own(self) -> str:
        """Return the conversation."""
        return self.message.conversation_id

    @property
    def client(self) -> str:
        """Return what the limit on much at once counts by."""
        return f"chat:{self.own}"


def press(chat: TalkChat, do: str, talk: int | None) -> Reply:
    """Do what a button wants; what it names and is not there is said."""
    if talk is None or do in _OF_ALL:
        return _OF_ALL.get(do, show_list)(chat)
    act = _OF_ONE.get(do, _show)
    try:
        with chat.unit_of_work() as unit:
            found = unit.meetings.by_id(talk)
            if found is None:
                return chat.words.say("unknown")
            if do not in _AFTERWARDS and not found.is_open(local_day(chat.now)):
                return chat.words.one(found, is_open=False, is_signed=False)
            return act(chat, unit, found)
    except TooMuchAtOnce:
        return chat.words.say("too_many")


def show_list(chat: TalkChat, name: str = "list") -> Reply:
    """Return what is announced and open, in the sentence of that name."""
    today = local_day(chat.now)
    with chat.unit_of_work() as unit:
        found = [one for one in unit.meetings.newest(meetings.SHOWN) if one.is_open(today)]
        is_watching = unit.meeting_chat.is_watching(unit.links.of(chat.own))
    return chat.words.listed(found[:LISTED], is_watching=is_watching, name=name)


def _show_asked(chat: TalkChat) -> Reply:
    return show_list(chat, "asked_of")


def open_step(chat: TalkChat) -> PendingStep | None:
    """Return what this message may answer, None when nothing is open."""
    with chat.unit_of_work() as unit:
        step = unit.meeting_chat.pending(chat.own)
    return still_open(chat, step)


def still_open(chat: TalkChat, step: PendingStep | None) -> PendingStep | None:
    """Return what somebody was asked for if this message may answer it."""
    if step is None or step.answered_by not in {None, chat.message.id}:
        return None
    return step if chat.now - step.at <= LASTS else None


def answer(chat: TalkChat, step: PendingStep) -> Reply | None:
    """Take what somebody was asked for; None when the message is about something else."""
    try:
        if chat.words.texts.leaves(chat.message.text):
            return _leave(chat)
        if chat.words.texts.is_else(chat.message.text):
            return None
        take = _take_contact if step.step is TalkStep.SIGN_UP else _take_question
        return take(chat, step)
    except TooMuchAtOnce:
        return chat.words.say("too_many")
    except (MeetingClosed, UnknownMeeting):
        _end(chat)
        return press(chat, "show", step.meeting_id)


def put_off(chat: TalkChat, step: PendingStep) -> Reply | None:
    """Close what was open, as somebody speaks of something else; returns the way back."""
    _end(chat)
    with chat.unit_of_work() as unit:
        found = unit.meetings.by_id(step.meeting_id)
    if found is None:
        return None
    do = "join" if step.step is TalkStep.SIGN_UP else "ask"
    again = chat.words.button("continue", do, found.id)
    return chat.words.say("put_off", again, title=found.new.title)


def _show(chat: TalkChat, unit: UnitOfWork, found: Meeting) -> Reply:
    is_open = found.is_open(local_day(chat.now))
    is_signed = unit.meeting_chat.is_signed(found.id, chat.own)
    return chat.words.one(found, is_open=is_open, is_signed=is_signed)


def _join(chat: TalkChat, unit: UnitOfWork, found: Meeting) -> Reply:
    if found.new.starts_at is None:  # a round of consultation: there is nothing to come to
        return _show(chat, unit, found)
    unit.meeting_chat.begin(chat.own, found.id, TalkStep.SIGN_UP, chat.now)
    leave = chat.words.button("no_join", "decline")
    return chat.words.say("ask_contact", leave, title=found.new.title)


def _ask(chat: TalkChat, unit: UnitOfWork, found: Meeting) -> Reply:
    unit.meeting_chat.begin(chat.own, found.id, TalkStep.ASK, chat.now)
    leave = chat.words.button("no_ask", "decline")
    return chat.words.say("ask_question", leave, title=found.new.title)


def _sign_off(chat: TalkChat, unit: UnitOfWork, found: Meeting) -> Reply:
    done = unit.meeting_chat.sign_off(found.id, chat.own)
    return chat.words.say("signed_off" if done else "not_signed", title=found.new.title)


def _withdraw(chat: TalkChat, unit: UnitOfWork, found: Meeting) -> Reply:
    done = unit.meeting_chat.withdraw(found.id, chat.own)
    return chat.words.say("withdrawn" if done else "nothing_to_withdraw")


_OF_ONE: Mapping[str, Callable[[TalkChat, UnitOfWork, Meeting], Reply]] = {
    "show": _show,
    "join": _join,
    "ask": _ask,
    "sign_off": _sign_off,
    "withdraw": _withdraw,
}
_AFTERWARDS = frozenset({"show", "sign_off", "withdraw"})
"""What can be done with a talk that is over."""


def _take_contact(chat: TalkChat, step: PendingStep) -> Reply | None:
    name, phone = contact_in(chat.message.text)
    if not phone and len(chat.message.text) > SHORT:
        return None
    leave = chat.words.button("no_join", "decline")
    title = _title(chat, step.meeting_id)
    try:
        meetings.sign_up(
            chat.unit_of_work,
            step.meeting_id,
            name=name,
            phone=phone,
            client=chat.client,
            now=chat.now,
            conversation_id=chat.own,
        )
    except BadSignup:
        return chat.words.say("bad_contact", leave)
    except AlreadySigned:
        # our own row when the turn is served again
        if step.answered_by != chat.message.id:
            _end(chat)
            return chat.words.say("signed_before", title=title)
    _end(chat)
    with chat.unit_of_work() as unit:
        found = unit.meetings.by_id(step.meeting_id)
    facts = "" if found is None else chat.words.facts(found)
    more = chat.words.button("ask", "ask", step.meeting_id)
    off = chat.words.button("sign_off", "sign_off", step.meeting_id)
    return chat.words.say("signed", more, off, title=title, facts=facts)


def _take_question(chat: TalkChat, step: PendingStep) -> Reply | None:
    text = chat.message.text
    leave = chat.words.button("no_ask", "decline")
    try:
        meetings.ask(
            chat.unit_of_work,
            step.meeting_id,
            text=text,
            client=chat.client,
            now=chat.now,
            conversation_id=chat.own,
            origin=f"{chat.own}:{chat.message.id}",
        )
    except BadQuestion:
        return chat.words.say("bad_question", leave)
    _end(chat)
    return chat.words.say(
        "asked",
        chat.words.button("ask_more", "ask", step.meeting_id),
        chat.words.button("withdraw", "withdraw", step.meeting_id),
        question=text.strip(),
        url=f"{chat.words.url()}/{step.meeting_id}",
    )


def _ask_watch(chat: TalkChat) -> Reply:
    agree = chat.words.button("agree", "agree")
    return chat.words.say("ask_watch", agree, chat.words.button("decline", "decline"))


def _watch(chat: TalkChat) -> Reply:
    with chat.unit_of_work() as unit:
        if not unit.meeting_chat.is_watching(unit.links.of(chat.own)):
            unit.meeting_chat.watch(chat.own, chat.now)
            decide(unit, chat.own, TALK_NOTICE, Decision.AGREED, chat.now)
    return chat.words.say("watching")


def _stop(chat: TalkChat) -> Reply:
    with chat.unit_of_work() as unit:
        if not unit.meeting_chat.unwatch(unit.links.of(chat.own)):
            return chat.words.say("not_watched")
        decide(unit, chat.own, TALK_NOTICE, Decision.REFUSED, chat.now)
    return chat.words.say("not_watching")


def _leave(chat: TalkChat) -> Reply:
    _end(chat)
    return chat.words.say("left")


def _end(chat: TalkChat) -> None:
    with chat.unit_of_work() as unit:
        unit.meeting_chat.end(chat.own, chat.message.id)


def _title(chat: TalkChat, meeting_id: int) -> str:
    with chat.unit_of_work() as unit:
        found = unit.meetings.by_id(meeting_id)
    return "" if found is None else found.new.title


_OF_ALL: Mapping[str, Callable[[TalkChat], Reply]] = {
    "watch": _ask_watch,
    "agree": _watch,
    "decline": _leave,
    "stop": _stop,
    "asked": _show_asked,
}
