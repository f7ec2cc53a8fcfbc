"""The headers on everything the server sends."""

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
"""The content security policy: nothing from another host, nothing inline, nothing evaluated, no frames."""

FOREVER = "public, max-age=31536000, immutable"
"""How long a file whose name carries its own hash is kept."""

_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "Server": "iopkit",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def response_headers(*, secure: bool) -> dict[str, str]:
    """Return the headers of every response; ``secure`` adds the demand to stay on TLS for a year."""
    strict = {"Strict-Transport-Security": "max-age=31536000"} if secure else {}
    return _ALWAYS | {"Cache-Control": "no-store"} | strict
