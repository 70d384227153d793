"""Why the clock of a case stands: the rule, and what the catalogue says of the matter."""

from collections.abc import Iterator

from bot.domain.case_rules import CaseRules
from bot.domain.cases import CaseState
from bot.domain.catalogue import Catalogue
from bot.domain.facts import Duration

UNSURE = "，以窗口答复为准"
PUBLICITY = "公示"
INCLUDED = ("含公示", "包含公示", "包括公示")
"""How the catalogue says that a limit covers the publicity."""

EXCLUDED = ("另计", "不计入")
"""How it says that a limit does not; a note with neither says nothing about the clock."""


def pause_text(
    state: CaseState, matter_id: str, rules: CaseRules, catalogue: Catalogue
) -> str | None:
    """Return why nothing is counted in a state, None where the clock does not stand.

    Whether a publicity counts is a matter of each limit. Where the catalogue's limits of the matter
    speak of it, they are quoted, and it is said when they contradict that the clock stands.
    """
    pause = rules.pauses.get(state)
    if pause is None:
        return None
    told = list(_of_catalogue(matter_id, catalogue)) if state is CaseState.PUBLICITY else []
    if not told:
        return f"{pause.text}（{pause.source}{'' if pause.verified else UNSURE}）"
    quoted = "；".join(f"“{one.note}”（{one.provenance.source}）" for one in told)
    if any(words in one.note for one in told for words in INCLUDED):
        return f"正在公示。目录里这个事项的时限写明{quoted}，这里先按停表算{UNSURE}"
    is_sure = all(one.provenance.verified for one in told)
    return f"正在公示，不计入时限：目录写明{quoted}{'' if is_sure else UNSURE}"


def _of_catalogue(matter_id: str, catalogue: Catalogue) -> Iterator[Duration]:
    matter = catalogue.matters.get(matter_id)
    for limit in (matter.statutory, matter.promised) if matter else ():
        if PUBLICITY in limit.note and any(one in limit.note for one in (*INCLUDED, *EXCLUDED)):
            yield limit
