"""Reads shared_questions.yml."""

from collections.abc import Iterator

from bot.domain.facts import Faq
from bot.domain.shared_questions import SharedQuestion
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_shared_questions(file: Entry, findings: Findings) -> Iterator[SharedQuestion]:
    """Yield the questions in their order; one may stand once for each kind of matters."""
    defaults = Defaults().of(file)
    for entry in file.entries("questions", required=True):
        faq = Faq(entry.text("question"), entry.text("answer"), read_provenance(entry, defaults))
        kinds = entry.texts("kinds", required=True)
        entry.close()
        ids = [f"{faq.question} ({kind})" for kind in kinds]
        new = [findings.register("shared question", one, entry.place) for one in ids]
        if all(new):
            yield SharedQuestion(faq, kinds)
    file.close()
