"""Puts texts about the same together: long ones as hot issues are, short ones as lessons are."""

from collections.abc import Sequence

from bot.services.tickets.routing import Router


def groups_of(texts: Sequence[str], router: Router, likeness: float) -> list[list[int]]:
    """Return groups of places in `texts`, alone ones too; the middle one of each group is first.

    Args:
        texts: In any order.
        router: Knows how texts are read.
        likeness: From which on long texts count as the same, 0 to 1.
    """
    if len(texts) < 2:  # noqa: PLR2004 - nothing to compare with
        return [[at] for at in range(len(texts))]
    from bot.services.finding.similar import SimilarIndex  # noqa: PLC0415 - likewise
    from bot.services.learning import short_likeness  # noqa: PLC0415 - loads scikit-learn

    found = SimilarIndex(router.reader, list(texts)).groups(likeness)
    together = [list(group) for group in found if len(group) > 1]
    taken = {at for group in together for at in group}
    left = [at for at in range(len(texts)) if at not in taken]
    short = short_likeness.groups([texts[at] for at in left], router.reader.background)
    return together + [[left[at] for at in group] for group in short]
