"""Reads what every fact carries, and the small facts that many entries share."""

from dataclasses import dataclass
from datetime import date

from bot.domain.facts import (
    Citation,
    Confidence,
    Duration,
    Faq,
    Fee,
    Limit,
    Measure,
    Provenance,
    Unit,
)
from bot.store.catalogue.reader import Entry

_NEVER = date.min


@dataclass(frozen=True)
class Defaults:
    """Date and confidence that a file or an entry gives to the facts inside it."""

    checked_on: date | None = None
    confidence: Confidence | None = None

    def of(self, entry: Entry) -> "Defaults":
        """Return these defaults, overruled by what the entry says itself."""
        confidence = self.confidence
        if entry.has("confidence"):
            confidence = entry.choice("confidence", Confidence)
        return Defaults(entry.day("checked_on", self.checked_on), confidence)


def read_provenance(entry: Entry, defaults: Defaults) -> Provenance:
    """Read `source`, `verified`, `checked_on` and `confidence` of a fact.

    An unverified fact without a confidence of its own is never taken for more than medium, however
    sure the entry around it is.
    """
    return _complete(entry, defaults, entry.text("source"), verified=entry.flag("verified"))


def read_cited_provenance(
    entry: Entry, defaults: Defaults
) -> tuple[tuple[Citation, ...], Provenance]:
    """Read the list `sources` of an entry, and sum it up in one provenance."""
    sources = read_citations(entry, "sources", required=True)
    verified = bool(sources) and all(source.verified for source in sources)
    text = "；".join(source.text for source in sources)
    return sources, _complete(entry, defaults, text, verified=verified)


def read_citations(entry: Entry, key: str, *, required: bool = False) -> tuple[Citation, ...]:
    """Read a list of `text` and `verified`."""
    citations = []
    for item in entry.entries(key, required=required):
        citations.append(Citation(item.text("text"), item.flag("verified")))
        item.close()
    if required and entry.has(key) and not citations:
        entry.fault(f"{key!r} names no source", key)
    return tuple(citations)


def read_duration(entry: Entry, defaults: Defaults) -> Duration:
    """Read a time limit."""
    duration = Duration(
        value=entry.optional_number("value"),
        unit=entry.choice("unit", Unit),
        working_days=entry.optional_number("working_days"),
        is_estimate=entry.flag("is_estimate", default=False),
        note=entry.text("note", ""),
        provenance=read_provenance(entry, defaults),
    )
    if (duration.value is None) != (duration.unit is Unit.NOT_SPECIFIED):
        entry.fault("'value' is null exactly when 'unit' is not_specified", "value")
    entry.close()
    return duration


def read_fee(entry: Entry, defaults: Defaults) -> Fee:
    """Read a fee."""
    fee = Fee(
        amount_cny=entry.optional_number("amount_cny"),
        text=entry.text("text"),
        provenance=read_provenance(entry, defaults),
    )
    entry.close()
    return fee


def read_faqs(entry: Entry, defaults: Defaults) -> tuple[Faq, ...]:
    """Read the questions and answers of an entry."""
    faqs = []
    for item in entry.entries("faqs"):
        provenance = read_provenance(item, defaults)
        faqs.append(Faq(item.text("question"), item.text("answer"), provenance, read_limits(item)))
        item.close()
    return tuple(faqs)


def read_limits(entry: Entry) -> tuple[Limit, ...]:
    """Read what an answer means for amounts that somebody tells."""
    limits = []
    for item in entry.entries("limits"):
        is_above = item.has("above")
        value = item.number("above" if is_above else "from")
        measure = item.choice("of", Measure)
        words = item.text("reached"), item.text("short")
        limits.append(Limit(measure, value, is_above, *words, item.flag("settles", default=False)))
        item.close()
    return tuple(limits)


def _complete(entry: Entry, defaults: Defaults, source: str, *, verified: bool) -> Provenance:
    confidence = defaults.confidence
    if entry.has("confidence"):
        confidence = entry.choice("confidence", Confidence)
    elif confidence is Confidence.HIGH and not verified:
        confidence = Confidence.MEDIUM
    checked_on = entry.day("checked_on", defaults.checked_on)
    if confidence is None:
        entry.fault("'confidence' is missing here and at the head of the file")
    if checked_on is None:
        entry.fault("'checked_on' is missing here and at the head of the file")
    return Provenance(source, verified, checked_on or _NEVER, confidence or Confidence.LOW)
