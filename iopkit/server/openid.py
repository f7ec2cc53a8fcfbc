"""OpenID Connect: a hospital's own sign-in says who somebody is (authorization code with PKCE, state, nonce).

The library is optional: ``pip install "iopkit[oidc]"``. Nothing of the provider is believed but a signed
token for us, from the issuer that the operator named, made for this very sign-in.
"""

import math
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from iopkit.errors import ServeError, SignInError
from iopkit.words import sentence

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures with a key pair; a shared secret or none at all proves nothing about the issuer."""
SLACK = 60
"""How many seconds two clocks may differ."""
KNOWN_SECONDS = 3600.0
"""How long the provider's addresses and keys are kept."""
_NEEDED = ("IOPKIT_OIDC_ISSUER", "IOPKIT_OIDC_CLIENT_ID", "IOPKIT_OIDC_CLIENT_SECRET")
BACK = "sign-in/provider/back"


def broken(provider: str) -> str:
    """Return that a sign-in through a provider did not work."""
    return sentence(
        "Signing in through {provider} did not work. Try again, or use your password here.",
        provider=provider,
    )


@dataclass(frozen=True)
class Provider:
    """What an operator says about the provider. ``claim`` holds user names, where it is trusted."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    address: str
    label: str = "your organization"
    claim: str = ""

    def __post_init__(self) -> None:
        if not (self.issuer and self.client_id and self.client_secret):
            raise ServeError(f"OpenID Connect needs all three: {', '.join(_NEEDED)}.")
        parts = urlsplit(self.issuer)
        if parts.scheme != "https" and not _is_here(parts.hostname or ""):
            raise ServeError("IOPKIT_OIDC_ISSUER must be an https address.")
        try:
            import authlib  # noqa: F401
            import httpx  # noqa: F401
        except ImportError:
            raise ServeError(
                'OpenID Connect needs two more packages: install them with `pip install "iopkit[oidc]"`.'
            ) from None


@dataclass(frozen=True)
class Account:
    """Who the provider says it is. ``proved`` tells that it asked for more than one factor."""

    subject: str
    user: str
    proved: bool


@dataclass(frozen=True)
class Attempt:
    """A sign-in that is under way at the provider."""

    state: str = field(repr=False, default_factory=lambda: secrets.token_urlsafe(24))
    nonce: str = field(repr=False, default_factory=lambda: secrets.token_urlsafe(24))
    verifier: str = field(repr=False, default_factory=lambda: secrets.token_urlsafe(48))
    next: str = "/"
    begun: float = field(default_factory=time.monotonic)


def provider_from_environment(environment: Mapping[str, str] = os.environ) -> Provider | None:
    """Return the provider of the settings, or None where there is none."""
    from iopkit.clinic.settings import public_address

    def of(name: str) -> str:
        return environment.get(name, "").strip()

    if not any(of(name) for name in _NEEDED):
        return None
    return Provider(
        issuer=of("IOPKIT_OIDC_ISSUER"),
        client_id=of("IOPKIT_OIDC_CLIENT_ID"),
        client_secret=of("IOPKIT_OIDC_CLIENT_SECRET"),
        address=public_address(),
        label=of("IOPKIT_OIDC_NAME") or "your organization",
        claim=of("IOPKIT_OIDC_CLAIM"),
    )


class Conversation:
    """Talks to one provider; SignInError, in one sentence, for whatever goes wrong there."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._known: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}
        self._read = -math.inf

    async def address_for(self, attempt: Attempt) -> str:
        """Return where the browser goes to sign in."""
        known = await self._discover()
        async with self._client() as client:
            where, _ = client.create_authorization_url(
                known["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(where)

    async def account(self, attempt: Attempt, code: str) -> Account:
        """Return whose account it is that came back with this code."""
        import httpx
        from authlib.common.errors import AuthlibBaseError

        known = await self._discover()
        try:
            async with self._client() as client:
                token = await client.fetch_token(
                    known["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                )
        except (httpx.HTTPError, AuthlibBaseError, ValueError):
            raise self._broken() from None
        return self._account(self._claims(str(token.get("id_token", "")), attempt.nonce))

    def _claims(self, id_token: str, nonce: str) -> dict[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        wanted = jwt.JWTClaimsRegistry(
            leeway=SLACK,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            keys = KeySet.import_key_set(self._keys)  # type: ignore[arg-type]  # as the provider sent them
            found = jwt.decode(id_token, keys, algorithms=ALGORITHMS)
            wanted.validate(found.claims)
        except (JoseError, ValueError, KeyError, TypeError):
            raise self._broken() from None
        claims = dict(found.claims)
        if claims.get("azp", self.provider.client_id) != self.provider.client_id:
            raise self._broken()
        return claims

    def _account(self, claims: Mapping[str, Any]) -> Account:
        user = claims.get(self.provider.claim, "") if self.provider.claim else ""
        if self.provider.claim == "email" and claims.get("email_verified") is not True:
            user = ""
        means = claims.get("amr", [])
        proved = isinstance(means, list) and "mfa" in means  # RFC 8176 § 2
        return Account(str(claims["sub"]), user if isinstance(user, str) else "", proved)

    async def _discover(self) -> dict[str, Any]:
        import httpx

        if self._known and time.monotonic() - self._read < KNOWN_SECONDS:
            return self._known
        where = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                known = (await client.get(where)).raise_for_status().json()
                if known["issuer"] != self.provider.issuer:
                    raise self._broken()
                keys = (await client.get(known["jwks_uri"])).raise_for_status().json()
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            raise self._broken() from None
        self._known, self._keys, self._read = known, keys, time.monotonic()
        return self._known

    def _client(self) -> Any:
        from authlib.integrations.httpx_client import AsyncOAuth2Client

        provider = self.provider
        return AsyncOAuth2Client(
            provider.client_id,
            provider.client_secret,
            scope="openid email profile" if provider.claim else "openid",
            redirect_uri=provider.address + BACK,
            code_challenge_method="S256",
            timeout=10,
        )

    def _broken(self) -> SignInError:
        self._read = -math.inf  # keys may have changed: the next try asks for them again
        return SignInError(broken(self.provider.label))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
