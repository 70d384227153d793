"""Why the clock of a case stands: the rule, and what the catalogue says of the matter."""

from collections.abc import Iterator

from bot.domain.case_rules import CaseRules
from bot.domain.cases import CaseState
from bot.domain.catalogue import Catalogue
from bot.domain.facts import Duration
from bot.domain.publicity import INCLUDED, publicity_limit, speaks_of_publicity

UNSURE = "，以窗口答复为准"


def pause_text(
    state: CaseState, matter_id: str, rules: CaseRules, catalogue: Catalogue
) -> str | None:
    """Return why nothing is counted in a state, None where the clock does not stand.

    Whether a publicity counts is a matter of each limit. Where the catalogue's limits of the matter
    speak of it, they are quoted. The clock of a case that was opened before its matter's limit was
    known to cover the publicity stands as it was registered, and that is said.
    """
    pause = rules.pauses.get(state)
    if pause is None:
        return None
    told = list(_of_catalogue(matter_id, catalogue)) if state is CaseState.PUBLICITY else []
    if not told:
        return f"{pause.text}（{pause.source}{'' if pause.verified else UNSURE}）"
    quoted = "；".join(f"“{one.note}”（{one.provenance.source}）" for one in told)
    if any(words in one.note for one in told for words in INCLUDED):
        return f"正在公示。目录里这个事项的时限写明{quoted}，收件时是按停表登记的{UNSURE}"
    is_sure = all(one.provenance.verified for one in told)
    return f"正在公示，不计入时限：目录写明{quoted}{'' if is_sure else UNSURE}"


def _of_catalogue(matter_id: str, catalogue: Catalogue) -> Iterator[Duration]:
    matter = catalogue.matters.get(matter_id)
    for limit in (matter.statutory, matter.promised) if matter else ():
        if speaks_of_publicity(limit):
            yield limit


def running_text(state: CaseState, matter_id: str, catalogue: Catalogue) -> str | None:
    """Return why the clock goes on during a publicity, None in any other state."""
    matter = catalogue.matters.get(matter_id)
    limit = publicity_limit(matter) if matter and state is CaseState.PUBLICITY else None
    if limit is None:
        return None
    unsure = "" if limit.provenance.verified else UNSURE
    return f"公示期间照常计时：目录写明“{limit.note}”（{limit.provenance.source}）{unsure}"
