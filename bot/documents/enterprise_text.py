"""The forms of enterprise side by side, in the words of the catalogue."""

from bot.documents.matter_text import source_line
from bot.domain.catalogue import Catalogue
from bot.domain.facts import Confidence
from bot.domain.matters import Matter

TELLING = ("区别", "不同", "哪个", "几个人")
"""Words of the question whose answer sets one form off from the others."""


def enterprise_types_text(catalogue: Catalogue) -> str:
    """Return who may open each form and what sets it off, with the weakest source."""
    lines, matters = [], []
    for kind in catalogue.enterprise_types.values():
        matter = catalogue.matter(kind.matter_id)
        matters.append(matter)
        told = "。".join(part for part in ("、".join(matter.applicants), _telling(matter)) if part)
        lines.append(f"· {kind.name}：{told}")
    weakest = min(matters, key=lambda m: (m.provenance.verified, _sureness(m)))
    return "\n".join([*lines, source_line(weakest.provenance)])


def _telling(matter: Matter) -> str:
    hits = (f.answer for f in matter.faqs if any(word in f.question for word in TELLING))
    return next(hits, "")


def _sureness(matter: Matter) -> int:
    order = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
    return order.index(matter.provenance.confidence)
