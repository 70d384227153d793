"""What does not go together among the answers about a project, in words."""

from collections.abc import Mapping
from typing import Any

from bot.documents.matter_text import source_line
from bot.domain.catalogue import Catalogue
from bot.domain.conditions import Answer
from bot.domain.contradictions import PROJECT_TYPE, Contradiction


def contradiction_values(
    found: Contradiction, answers: Mapping[str, Answer], catalogue: Catalogue
) -> dict[str, Any]:
    """Return the values of the response: what was said, the rule, its source."""
    said = [_said(name, answers, catalogue) for name in sorted(found.questions)]
    return {
        "said": "”和“".join(part for part in said if part),
        "rule": found.rule,
        "source": source_line(found.provenance),
    }


def _said(name: str, answers: Mapping[str, Answer], catalogue: Catalogue) -> str:
    answer = answers.get(name)
    if answer is None:
        return ""
    if name == PROJECT_TYPE:
        return catalogue.project_type(str(answer)).name
    return catalogue.question(name).said(answer)
