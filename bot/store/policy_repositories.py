"""The repositories of policies, as the unit of work has them."""

from functools import cached_property

from sqlalchemy.engine import Connection

from bot.store.policies import PolicyPackageRepository
from bot.store.policy_watch import PolicyWatchRepository


class PolicyRepositories:
    """A part of the unit of work; it opens the transaction."""

    _connection: Connection

    @cached_property
    def policy_packages(self) -> PolicyPackageRepository:
        """Packages of policies under links."""
        return PolicyPackageRepository(self._connection)

    @cached_property
    def policy_watch(self) -> PolicyWatchRepository:
        """The watch on policies."""
        return PolicyWatchRepository(self._connection)
