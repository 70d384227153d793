"""What is wrong with a name for a business, in words."""

from collections.abc import Sequence

from bot.services.plans.company_names import NameProblem


def name_problems_text(problems: Sequence[NameProblem]) -> str:
    """Return one line for each rule, with the word and the source."""
    return "\n".join(
        f"· {f'“{problem.word}”：' if problem.word else ''}{problem.rule.says}"
        f"（{problem.rule.provenance.source}）"
        for problem in problems
    )
