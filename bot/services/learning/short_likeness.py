"""Groups short messages that ask the same thing in other words.

The index of `bot/services/finding/similar.py` is made for letters: of short messages it takes a
shared subject (个体户) for a shared question. Here filler words are left out, and what counts is
how many of the remaining signs and pairs of signs two messages share, rare ones more than common
ones.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.services.reading.wording import core, normalise

LEAST = 0.45
"""From this likeness on (cosine, 0 to 1) two messages are of one group."""


def groups(texts: Sequence[str], background: Sequence[str]) -> list[list[int]]:
    """Return groups of places in `texts`, alone ones too; the middle one of each group is first.

    Every member is like the middle one, so that no chain leads from one question to another.
    Cost: O(n²) of a sparse product; some tenths of a second for 2,000 messages.

    Args:
        texts: Messages.
        background: Other texts, which tell what is common in the language.
    """
    if not texts:
        return []
    cores = [core(normalise(text)) or text for text in texts]
    pieces = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    pieces.fit([*cores, *(core(normalise(text)) for text in background)])
    rows = pieces.transform(cores)
    near = (rows @ rows.T) >= LEAST
    degrees = np.diff(near.tocsr().indptr)
    is_free = np.ones(len(cores), dtype=bool)
    found = []
    for middle in np.argsort(-degrees, kind="stable"):
        if not is_free[middle]:
            continue
        around = near.getrow(middle).indices
        members = sorted(int(at) for at in around if is_free[at] and at != middle)
        is_free[[int(middle), *members]] = False
        found.append([int(middle), *members])
    return found
