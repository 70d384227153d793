"""Whether a city has a sign-in of its own, and what can go wrong with it."""

from typing import TYPE_CHECKING

from bot.domain.errors import BotError
from bot.services.accounts.city_accounts import BadCityRules, CityRules, read_pairs, read_roles
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.desk.city import CitySignIn


class CityUnreachable(BotError):
    """The provider does not answer, or not as a provider does."""


class CityProofFailed(BotError):
    """What came back proves nothing: state, nonce, audience, time or signature are wrong."""


def open_city(settings: Settings) -> "CitySignIn | None":
    """Return the city's own sign-in, None when the settings name none.

    Raises:
        BadCityRules: A setting cannot be used; the text names it.
    """
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id:
        raise BadCityRules("XIAOER_OIDC_CLIENT_ID: missing")
    if settings.oidc_accounts not in {"match", "provision"}:
        raise BadCityRules("XIAOER_OIDC_ACCOUNTS: match or provision")
    is_provisioned = settings.oidc_accounts == "provision"
    roles = read_roles(settings.oidc_roles)
    if is_provisioned and not roles:
        raise BadCityRules("XIAOER_OIDC_ROLES: needed to make accounts")
    rules = CityRules(
        issuer=settings.oidc_issuer,
        is_provisioned=is_provisioned,
        login_claim=settings.oidc_login_claim,
        role_claim=settings.oidc_role_claim,
        roles=roles,
        department_claim=settings.oidc_department_claim,
        departments=read_pairs(settings.oidc_departments),
    )
    # the libraries of the protocol are large, and most cities have no sign-in of their own
    from bot.desk.city import CitySignIn  # noqa: PLC0415 - see above

    return CitySignIn(settings, rules)
