"""Syllables that many people type for each other: zh and z, ch and c, sh and s, -ng and -n."""

NEAR_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
"""Beginnings of a syllable, each with the one it is taken for."""


def near_syllable(syllable: str) -> str:
    """Return the one syllable that stands for those which sound nearly alike: zhang is zan."""
    for exact, near in NEAR_SOUNDS:
        if syllable.startswith(exact):
            syllable = near + syllable[len(exact) :]
    return syllable[:-1] if syllable.endswith("ng") else syllable
