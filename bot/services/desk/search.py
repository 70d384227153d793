"""Search in conversations: names, numbers, halves of both, traditional characters."""

from collections.abc import Sequence

from bot.services.ports import OpenUnitOfWork
from bot.services.reading.wording import normalise

BATCH = 500
MAX_WORDS = 6
MAX_WORD_LENGTH = 60


def index_new(unit_of_work: OpenUnitOfWork, *, limit: int = BATCH) -> int:
    """Put messages that came since into the index; returns how many.

    Two processes at once are harmless: the second finds the rows there.
    """
    with unit_of_work() as unit:
        found = unit.desk_search.unindexed(limit)
        if found:
            unit.desk_search.add_messages(
                [(ref_id, talk_id, normalise(text)) for ref_id, talk_id, text in found]
            )
            answers = unit.desk_search.fields_texts(sorted({talk_id for _, talk_id, _ in found}))
            known = {talk_id: normalise(text) for talk_id, text in answers.items()}
            unit.desk_search.put_fields({one: text for one, text in known.items() if text})
    return len(found)


def find_conversations(unit_of_work: OpenUnitOfWork, text: str) -> list[str] | None:
    """Return conversations that hold every word of the query, the newest hit first.

    Words are separated by blanks; each may stand in another message. None when nothing is asked.
    """
    words = words_of(text)
    if not words:
        return None
    with unit_of_work() as unit:
        hits = [unit.desk_search.find(word) for word in words]
    rest = [set(one) for one in hits[1:]]
    return [one for one in hits[0] if all(one in other for other in rest)]


def words_of(text: str) -> Sequence[str]:
    """Return the words of a query as the index holds them, the longest first."""
    words = {normalise(word)[:MAX_WORD_LENGTH] for word in text.split()[:MAX_WORDS]}
    return sorted((word for word in words if word), key=lambda word: (-len(word), word))
