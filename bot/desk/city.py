"""A city's own sign-in by OpenID Connect: there, back again, and what the provider must prove.

Authlib does the protocol (authorization code with PKCE, state, nonce, the checks of the ID token);
what has to be known between the two visits lies in the database and is taken out once.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx2  # what Authlib speaks HTTP with; its errors are not those of httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request

from bot.desk.city_open import CityProofFailed, CityUnreachable
from bot.services.accounts.city_accounts import CityRules
from bot.settings import Settings

TIMEOUT_S = 8.0
LEEWAY_S = 60
"""Seconds by which the provider's clock may differ."""

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})
"""Signatures with a key pair; a token that is not signed proves nothing."""

DISCOVERY = "/.well-known/openid-configuration"


class CitySignIn:
    """The desk as a client of one provider."""

    def __init__(self, settings: Settings, rules: CityRules) -> None:
        self.name = settings.oidc_name
        self.rules = rules
        self._client_id = settings.oidc_client_id
        self._base_url = settings.base_url
        registry = OAuth()
        self._client = registry.register(
            "city",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret or None,
            server_metadata_url=rules.issuer.rstrip("/") + DISCOVERY,
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "timeout": TIMEOUT_S,
            },
        )

    @property
    def callback(self) -> str:
        """Return where the provider sends the browser back to."""
        return f"{self._base_url}/desk/login/city/back"

    async def begin(self, request: Request) -> tuple[str, dict[str, Any]]:
        """Return the provider's address for this login, and what to know when it comes back.

        Raises:
            CityUnreachable: The provider does not answer.
        """
        request.scope["session"] = {}
        await self._load()
        answer = await self._client.authorize_redirect(request, self.callback)
        return str(answer.headers["location"]), dict(request.scope["session"])

    async def finish(self, request: Request, known: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the checked claims of the person who came back.

        Raises:
            CityUnreachable: The provider does not answer.
            CityProofFailed: Something about the answer is not as it must be.
        """
        request.scope["session"] = dict(known)
        await self._load()
        claims_options = {
            "iss": {"essential": True, "value": self.rules.issuer},
            "aud": {"essential": True, "value": self._client_id},
        }
        try:
            token = await self._client.authorize_access_token(
                request, claims_options=claims_options, leeway=LEEWAY_S
            )
        except httpx2.HTTPError as error:
            raise CityUnreachable(type(error).__name__) from error
        except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
            self._client.server_metadata.pop("jwks", None)  # the keys may have changed
            raise CityProofFailed(type(error).__name__) from error
        claims = token.get("userinfo")
        if not claims:
            raise CityProofFailed("no ID token")
        return dict(claims)

    async def logout_address(self) -> str | None:
        """Return where to sign out at the city too, None when it has no such address."""
        try:
            await self._load()
        except CityUnreachable:
            return None
        address = self._client.server_metadata.get("end_session_endpoint")
        if not address:
            return None
        back = f"{self._base_url}/desk/login"
        query = urlencode({"client_id": self._client_id, "post_logout_redirect_uri": back})
        return f"{address}{'&' if '?' in address else '?'}{query}"

    async def _load(self) -> None:
        """Read what the provider says about itself, once; a wrong issuer is no provider."""
        try:
            found = await self._client.load_server_metadata()
        except (httpx2.HTTPError, ValueError) as error:
            raise CityUnreachable(type(error).__name__) from error
        if found.get("issuer") != self.rules.issuer:
            self._client.server_metadata.clear()
            raise CityUnreachable("issuer")
        offered = found.get("id_token_signing_alg_values_supported") or ["RS256"]
        found["id_token_signing_alg_values_supported"] = [a for a in offered if a in ALGORITHMS]
