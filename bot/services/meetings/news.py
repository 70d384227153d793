"""Tells of talks: new ones who agreed, cancelled ones who comes, answers who asked."""

from datetime import datetime

from bot.services.conversations.telling import tell
from bot.services.meetings.words import TalkWords
from bot.services.ports import OpenUnitOfWork
from bot.services.times.local_time import local_day

AT_ONCE = 50
"""News of a kind that are told in one transaction, so that nobody else waits long."""


def tell_of_talks(
    unit_of_work: OpenUnitOfWork, words: TalkWords, *, now: datetime
) -> tuple[str, ...]:
    """Tell what was not told; returns the conversations in which something was said.

    Notice and words are one transaction: a hub that dies tells nobody twice, two hubs share it.
    """
    told: list[str] = []
    while True:
        with unit_of_work() as unit:
            waiting = unit.meeting_chat.untold(local_day(now), AT_ONCE)
            told += [
                unit.links.used_last(news.conversation_id)
                for news in waiting
                if unit.meeting_chat.note(news, now)
                and tell(unit, news.conversation_id, words.told(news), now)
            ]
        if len(waiting) < AT_ONCE:
            return tuple(told)
