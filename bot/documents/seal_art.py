"""What the round red appearance of a seal shows: the holder on a ring, and the day."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.issued import Seal
from bot.services.times.local_time import local_day

WIDEST_RING_DEG = 250
WIDEST_STEP_DEG = 26
LARGEST_GLYPH = 24


@dataclass(frozen=True)
class Glyph:
    """One character of the ring and its angle in degrees, 0 at the top."""

    text: str
    angle: float


@dataclass(frozen=True)
class SealArt:
    """What the template of the appearance may use as `seal`.

    Attributes:
        sealed_on: Local day, ISO.
    """

    holder: str
    ring: tuple[Glyph, ...]
    ring_size: float
    is_test: bool
    sealed_on: str


def art_of(seal: Seal, at: datetime) -> SealArt:
    """Return the appearance of a seal on one day."""
    step = min(WIDEST_STEP_DEG, WIDEST_RING_DEG / max(len(seal.subject) - 1, 1))
    first = -step * (len(seal.subject) - 1) / 2
    ring = tuple(
        Glyph(character, round(first + step * index, 2))
        for index, character in enumerate(seal.subject)
    )
    size = min(LARGEST_GLYPH, round(step * 1.25, 1))
    return SealArt(seal.subject, ring, size, seal.is_test, local_day(at).isoformat())
