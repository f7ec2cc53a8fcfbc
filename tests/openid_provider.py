"""A small OpenID provider on this machine: signs real tokens, checks PKCE, and can be told to misbehave."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT = ("clinic", "a secret of the clinic")


@dataclass
class OpenIdProvider:
    """Signs in whoever ``subject`` names; ``spoil`` says what it does wrong."""

    address: str = ""
    subject: str = "s-1"
    claims: dict[str, Any] = field(default_factory=dict)
    spoil: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser goes back to, with a code."""
        code = secrets.token_urlsafe(16)
        self.asked[code] = query
        self.seen.append(" ".join(sorted(query)))
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return the tokens for a code; None when client, code or verifier do not fit."""
        query = self.asked.pop(form.get("code", ""), None)
        if query is None or authorization != _basic(CLIENT):
            return None
        made = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(made).rstrip(b"=").decode() != query["code_challenge"]:
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.token(query["nonce"])}

    def token(self, nonce: str) -> str:
        """Return a signed token, spoilt as told."""
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT[0], "sub": self.subject, "nonce": nonce}
        claims |= {"iat": now, "exp": now + 300} | self.claims
        header, key = {"alg": "RS256", "kid": "k1"}, self.key
        if self.spoil == "another key":
            key = RSAKey.generate_key(2048, {"kid": "k1"})
        if self.spoil == "shared secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(self.key.as_pem(private=False)))
        if self.spoil == "no signature":
            parts = [{"alg": "none"}, claims]
            return ".".join(_part(json.dumps(part).encode()) for part in parts) + "."
        return jwt.encode(header, claims, key)


def _basic(pair: tuple[str, str]) -> str:
    return "Basic " + base64.b64encode(":".join(pair).encode()).decode()


def _part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    """Yield a provider that listens on this machine."""
    provider = OpenIdProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = urlsplit(self.path)
            if where.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(where.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
            elif where.path == "/keys":
                self._json({"keys": [provider.key.as_dict(private=False)]})
            else:
                at = provider.address
                issuer = "https://evil.example" if provider.spoil == "another issuer" else at
                known = {"issuer": issuer, "jwks_uri": f"{at}/keys", "token_endpoint": f"{at}/token"}
                self._json(known | {"authorization_endpoint": f"{at}/authorize"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            found = provider.exchange(form, self.headers.get("Authorization", ""))
            self._json(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _json(self, data: dict[str, Any], status: int = 200) -> None:
            content = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
