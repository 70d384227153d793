"""Finds the word of the field whose meaning a text asks for: by its names, the longest first.

Nothing is learnt here: a text that is no question about the words it names finds none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.terms import Term
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.terms import MARK, TermQuestion, asked_of_terms

LONGEST = 40
"""Signs of such a question; a longer text tells a story."""

_NOISE = re.compile(r"[\s，,。；;！!？?、：:.…~～“”\"'‘’《》（）()【】\-—]+")


@dataclass(frozen=True)
class TermsAsked:
    """What a text asks of which terms, in their order, each once.

    Attributes:
        is_whole: Nothing stands beside the question.
    """

    kind: TermQuestion
    terms: tuple[Term, ...]
    is_whole: bool


class TermFinder:
    """Finds the terms that a text asks about."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Prepare one expression of all names: O(names)."""
        self._terms = {_bare(name): term for term in terms for name in term.names}
        names = sorted(self._terms, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, names))) if names else None

    def asked(self, text: str) -> TermsAsked | None:
        """Return what the text asks of terms; None where it asks anything else as well.

        O(length of the text), a few expressions for each of its clauses.
        """
        if self._names is None or len(text) > LONGEST:
            return None
        whole = self._asked_in(text, is_whole=True)
        if whole is not None:
            return whole
        parts = clauses(text)
        found = [self._asked_in(part, is_whole=False) for part in parts]
        rest = [part for part, one in zip(parts, found, strict=True) if one is None]
        known = [one for one in found if one is not None]
        if not known or any(map(asks, rest)):
            return None  # 招拍挂是啥意思，要多久
        same = [one for one in known if one.kind is known[0].kind is TermQuestion.MEANING]
        terms = tuple(dict.fromkeys(term for one in same or known[:1] for term in one.terms))
        return TermsAsked(known[0].kind, terms, is_whole=not rest)  # 标准地是啥 划拨又是啥

    def asked_behind(self, name: str, text: str) -> TermsAsked | None:
        """Return what a few words ask of the term that was all the message before: 是啥."""
        is_name = _bare(name) in self._terms
        asked = self.asked(name + text) if is_name and self.asked(text) is None else None
        return asked if asked is not None and asked.kind is TermQuestion.MEANING else None

    def _asked_in(self, text: str, *, is_whole: bool) -> TermsAsked | None:
        bare = _bare(text)
        assert self._names is not None
        named = [self._terms[name] for name in self._names.findall(bare)]
        kind = asked_of_terms(self._names.sub(MARK, bare)) if named else None
        is_of_matters = any(term.matter_ids or term.policy_ids for term in named)
        is_which = kind is TermQuestion.WHICH
        if kind is None or (is_which and not (is_whole and is_of_matters)):
            return None  # 药店里摆口罩，是备案还是许可 asks of a matter
        return TermsAsked(kind, tuple(dict.fromkeys(named)), is_whole)


def said_last(terms: Iterable[Term], said: Sequence[str]) -> Term | None:
    """Return the term that was explained in what was said, or held against another; or None."""
    return next((term for term in terms if any(map(term.is_said_in, said))), None)


def _bare(text: str) -> str:
    return _NOISE.sub("", text).lower()
