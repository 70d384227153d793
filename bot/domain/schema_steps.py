"""Whether code of one release lives with the schema of another: expand first, contract later."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Phase(enum.Enum):
    """What a migration does to code of an earlier release.

    EXPAND only adds: older code goes on as before. CONTRACT takes away or rewrites what older code
    uses; `safe_from` names the oldest release that does without it.
    """

    EXPAND = "expand"
    CONTRACT = "contract"


class Standing(enum.Enum):
    """How the schema of a database stands to the code that looks at it."""

    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"
    """Newer, and we live with everything that was done."""

    BEYOND = "beyond"
    """Newer and contracted, or not ours at all."""

    @property
    def is_usable(self) -> bool:
        """Tell whether this code can work on it."""
        return self in {Standing.CURRENT, Standing.AHEAD}


@dataclass(frozen=True)
class SchemaStep:
    """One migration as the database remembers it.

    Attributes:
        safe_from: The oldest release that lives with a CONTRACT; None for an EXPAND.
    """

    revision: str
    phase: Phase
    safe_from: str | None = None

    def is_safe_for(self, release: str) -> bool:
        """Tell whether code of a release lives with the schema afterwards."""
        if self.phase is Phase.EXPAND:
            return True
        return self.safe_from is not None and release_number(self.safe_from) <= release_number(
            release
        )


def release_number(release: str) -> tuple[int, ...]:
    """Return a release as numbers that can be compared: "0.10.2" comes after "0.9".

    Raises:
        ValueError: It is not numbers with dots between them.
    """
    return tuple(int(part) for part in release.split("."))


def live_with(steps: Iterable[SchemaStep], known: frozenset[str], release: str) -> bool:
    """Tell whether code lives with all migrations that it does not know; true for none."""
    return all(step.is_safe_for(release) for step in steps if step.revision not in known)
