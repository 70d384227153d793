"""The repositories of those who watch, lead and switch, as a part of the unit of work."""

from functools import cached_property

from sqlalchemy.engine import Connection

from bot.store.board import BoardRepository
from bot.store.challenges import ChallengeRepository
from bot.store.demo import DemoRepository
from bot.store.fact_checks import FactCheckRepository
from bot.store.figures import FiguresRepository
from bot.store.incidents import IncidentRepository
from bot.store.quality import QualityRepository
from bot.store.reports import ReportRepository
from bot.store.switches import SwitchRepository
from bot.store.talk_counts import TalkCountRepository


class WatchingUnit:
    """Repositories on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def fact_checks(self) -> FactCheckRepository:
        """Checks of the catalogue's facts."""
        return FactCheckRepository(self._connection)

    @cached_property
    def talk_counts(self) -> TalkCountRepository:
        """Conversations counted by day."""
        return TalkCountRepository(self._connection)

    @cached_property
    def reports(self) -> ReportRepository:
        """What reports read."""
        return ReportRepository(self._connection)

    @cached_property
    def quality(self) -> QualityRepository:
        """Ended conversations and their quality marks."""
        return QualityRepository(self._connection)

    @cached_property
    def challenges(self) -> ChallengeRepository:
        """Challenged answers."""
        return ChallengeRepository(self._connection)

    @cached_property
    def board(self) -> BoardRepository:
        """The supervisor's board."""
        return BoardRepository(self._connection)

    @cached_property
    def switches(self) -> SwitchRepository:
        """What is out of use."""
        return SwitchRepository(self._connection)

    @cached_property
    def demo(self) -> DemoRepository:
        """Whether everything here is made up."""
        return DemoRepository(self._connection)

    @cached_property
    def figures(self) -> FiguresRepository:
        """What is watched."""
        return FiguresRepository(self._connection)

    @cached_property
    def incidents(self) -> IncidentRepository:
        """What went wrong in actions."""
        return IncidentRepository(self._connection)
