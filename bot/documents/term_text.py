"""What is said about words of the field: their meaning, or how they differ."""

from collections.abc import Sequence

from bot.documents.matter_text import MatterAnswer, source_line
from bot.domain.terms import Term


def term_answers(terms: Sequence[Term]) -> list[MatterAnswer]:
    """Return what each of the terms means; in one where they have the same source."""
    made = [MatterAnswer(_meaning(term), source_line(term.provenance)) for term in terms]
    if len({one.source for one in made}) == 1:
        return [MatterAnswer("\n".join(one.text for one in made), made[0].source)]
    return made


def difference_answers(terms: Sequence[Term]) -> list[MatterAnswer]:
    """Return how terms differ: the sentence on two of them, else what each of them means."""
    if len(terms) == 1:  # 审图和图审
        made = f"说的是一回事。{_meaning(terms[0])}"
        return [MatterAnswer(made, source_line(terms[0].provenance))]
    if len(terms) == 2:  # noqa: PLR2004 - a pair
        for one, other in (terms, terms[::-1]):
            if text := one.difference_to(other):
                return [MatterAnswer(text, source_line(one.provenance))]
    return term_answers(terms)


def _meaning(term: Term) -> str:
    return term.text if any(name in term.text for name in term.names) else _named(term)


def _named(term: Term) -> str:
    return f"{term.name}：{term.text}"
