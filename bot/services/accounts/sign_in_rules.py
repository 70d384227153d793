"""Settings of the sign-in, read into what the desk asks."""

from bot.domain.errors import BotError
from bot.domain.permissions import Role


class BadRoleName(BotError):
    """A setting names a role that does not exist."""


def read_role_names(text: str) -> frozenset[Role]:
    """Read roles with commas between; "" is none.

    Raises:
        BadRoleName: There is no such role.
    """
    try:
        return frozenset(Role(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise BadRoleName(f"XIAOER_SECOND_FACTOR_ROLES: {error}") from error
