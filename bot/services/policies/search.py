"""Topic search over policies: what they are called, and what their text is about."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.policies import Policy, leaves
from bot.services.reading.matching import Level, Match, PhraseIndex
from bot.services.reading.wording import core, normalise

_IN_TEXT_ONLY = 0.7
"""A topic named in a policy's text only counts this much of one named in its name or alias."""


class PolicySearch:
    """Search by name, alias and topic.

    A topic is a group of synonyms of which the query uses one: 招人有补贴吗 has two, hiring and
    subsidy, and a policy is the better the more of them, and the rarer ones, it speaks about.

    Args:
        policies: What to search.
        topics: Groups of words that mean the same.
    """

    def __init__(self, policies: Iterable[Policy], topics: Iterable[tuple[str, ...]]) -> None:
        entries = tuple(policies)
        self._topics = tuple(tuple(normalise(word) for word in group) for group in topics)
        names = [(x.id, phrase) for x in entries for phrase in (x.name, *x.aliases)]
        self._names = PhraseIndex(names, whole_questions=True)
        self._titles = {x.id: normalise(" ".join((x.name, *x.aliases))) for x in entries}
        self._texts = {x.id: normalise(" ".join(_texts(x))) for x in entries}
        self._order = tuple(x.id for x in entries)

    def search(self, text: str, limit: int = 5, floor: float = 0.30) -> list[Match]:
        """Return at most `limit` policies, best first."""
        best = {match.entry_id: match for match in self._names.search(text, len(self._order), 0.2)}
        for match in self._by_topic(normalise(text)):
            known = best.get(match.entry_id)
            if known is None:
                best[match.entry_id] = replace(match, score=0.6 * match.score)
            elif known.level is not Level.EXACT:
                winner = max(known, match, key=lambda candidate: candidate.score)
                score = min(0.99, 0.6 * match.score + 0.5 * known.score)
                best[match.entry_id] = replace(winner, score=score)
        ranked = sorted(best.values(), key=lambda match: -match.score)
        return [match for match in ranked if match.score >= floor][:limit]

    def _by_topic(self, query: str) -> Iterator[Match]:
        inner = core(query)
        topics = [g for g in self._topics if any(word in query or word in inner for word in g)]
        weights = [self._weight(topic) for topic in topics]
        for policy_id in self._order if topics else ():
            hits = [self._hit(policy_id, topic) for topic in topics]
            earned = sum(weight * hit for weight, hit in zip(weights, hits, strict=True))
            if earned:
                score = 0.15 + 0.70 * earned / sum(weights)
                yield Match(policy_id, self._word(policy_id, topics), score, Level.FUZZY)

    def _weight(self, topic: tuple[str, ...]) -> float:
        found = sum(any(word in text for word in topic) for text in self._texts.values())
        return math.log(1 + len(self._order) / max(found, 1))

    def _hit(self, policy_id: str, topic: tuple[str, ...]) -> float:
        if any(word in self._titles[policy_id] for word in topic):
            return 1.0
        return _IN_TEXT_ONLY if any(word in self._texts[policy_id] for word in topic) else 0.0

    def _word(self, policy_id: str, topics: list[tuple[str, ...]]) -> str:
        text = self._texts[policy_id]
        return next(word for topic in topics for word in topic if word in text)


def _texts(policy: Policy) -> Iterator[str]:
    yield from (policy.name, *policy.aliases, policy.kind)
    yield from (policy.benefit.tax, policy.benefit.formula, policy.benefit.also, policy.notes)
    for leaf in leaves(policy.criteria):
        values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        yield from (value for value in values if isinstance(value, str))
    yield from (f"{faq.question} {faq.answer}" for faq in policy.faqs)
