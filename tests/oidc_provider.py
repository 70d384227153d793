"""An OpenID Connect provider on loopback, for tests: discovery, keys, authorise, token, logout.

It checks what a provider must check (client, redirect, PKCE, code used once) and lies on demand.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.servers import ServerThread

CLIENT, SECRET = "desk", "s3cret-of-the-desk"
SUBJECT = "city-0001"


@dataclass
class Provider:
    """The running provider and its lies.

    Attributes:
        claims: What it says about the person, over the usual ones; None takes one away.
        sign_with: "good", "unknown" (a key that is not published) or "none" (unsigned).
        seen: Parameters of the last visit to the authorisation address.
    """

    server: ServerThread | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    sign_with: str = "good"
    issuer_said: str = ""
    algorithms: list[str] = field(default_factory=lambda: ["RS256"])
    is_broken: bool = False
    seen: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    stranger: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "two"}))

    @property
    def issuer(self) -> str:
        """Return its address."""
        assert self.server is not None
        return self.server.url

    def application(self) -> Starlette:
        """Return its web application."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/keys", self._keys),
                Route("/authorise", self._authorise),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _discovery(self, _request: Request) -> Response:
        if self.is_broken:
            return Response("<html>maintenance</html>", status_code=503)
        return JSONResponse(
            {
                "issuer": self.issuer_said or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorise",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/logout",
                "id_token_signing_alg_values_supported": self.algorithms,
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def _authorise(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.seen = asked
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        query = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{query}", status_code=302)

    async def _token(self, request: Request) -> Response:
        if self.is_broken:
            return Response("broken", status_code=503)
        form = await request.form()
        given = base64.b64decode(request.headers["authorization"].removeprefix("Basic "))
        asked = self.codes.pop(str(form["code"]), None)
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        is_right = asked is not None and asked["code_challenge"] == challenge
        if given.decode() != f"{CLIENT}:{SECRET}" or not is_right:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        assert asked is not None
        token = self._id_token(asked["nonce"])
        return JSONResponse(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token}
        )

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "preferred_username": "hanmeimei",
            "name": "韩梅梅",
            **self.claims,
        }
        claims = {name: value for name, value in said.items() if value is not None}
        if self.sign_with == "none":
            header = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return (
                jwt.encode({"alg": "RS256"}, claims, self.key)
                .split(".")[1]
                .join((f"{header}.", "."))
            )
        key = self.stranger if self.sign_with == "unknown" else self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    provider = Provider()
    provider.server = ServerThread(provider.application())
    provider.server.start()
    try:
        yield provider
    finally:
        provider.server.stop()
