"""More people write than can be answered at once: who waits is told so, with the place in line.

Nothing is refused for it: a message that was taken is answered when it is its turn.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.conversations import Reply
from bot.services.ports import OpenUnitOfWork

SLOW_AFTER = timedelta(seconds=8)
"""A turn takes a fraction of a second; whoever waits for so long begins to wonder."""

TOLD_AT_ONCE = 4


def tell_of_the_crowd(
    unit_of_work: OpenUnitOfWork, *, now: datetime, line: Reply, after: timedelta = SLOW_AFTER
) -> list[str]:
    """Tell applicants whose message waits for a free worker, once until they are answered.

    Args:
        unit_of_work: Opens a transaction for each who is told; two clocks at once tell once.
        now: Aware, UTC.
        line: What is said; `{place}` stands for the place in line, 1 for the next.
        after: How long a message has to wait before anything is said.

    Returns:
        Conversations in which something was said.
    """
    with unit_of_work() as unit:
        waiting = unit.turns.crowd(now=now, before=now - after, limit=TOLD_AT_ONCE)
    told = []
    for conversation_id, ahead in waiting:
        with unit_of_work() as unit:
            if not unit.turns.tell_first(conversation_id, now):
                continue  # another hub was faster, or the answer
            text = line.text.format(place=ahead + 1)
            unit.conversations.add_message(conversation_id, replace(line, text=text), now=now)
        told.append(conversation_id)
    return told
