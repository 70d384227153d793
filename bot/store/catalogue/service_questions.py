"""Reads service_questions.yml."""

from collections.abc import Iterator

from bot.domain.facts import Faq
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_service_questions(file: Entry, findings: Findings) -> Iterator[Faq]:
    """Yield the questions about services in their order, each once."""
    defaults = Defaults().of(file)
    for entry in file.entries("questions", required=True):
        faq = Faq(entry.text("question"), entry.text("answer"), read_provenance(entry, defaults))
        entry.close()
        if findings.register("service question", faq.question, entry.place):
            yield faq
    file.close()
