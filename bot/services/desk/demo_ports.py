"""The repository of the mark that a database holds made-up data only, as use cases see it."""

from datetime import datetime
from typing import Protocol


class DemoStore(Protocol):
    """Whether this database is a demo."""

    def filled_at(self) -> datetime | None:
        """Return since when it is a demo, None when it is none."""

    def has_real_data(self) -> bool:
        """Tell whether anybody has talked, applied, booked or complained here."""

    def mark(self, now: datetime) -> None:
        """Note that everything in it is made up from now on."""

    def clear(self) -> None:
        """Delete everything that people and the demo have done here, and the mark.

        What an operator has set up stays: accounts, settings, switches, models, the audit log.
        """
