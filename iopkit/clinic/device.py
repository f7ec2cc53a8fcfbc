"""Which browser somebody sits at, roughly: enough to know one's own again."""

import re

_BROWSERS = (
    ("Edge", r"\bEdgA?(iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("an iPhone", r"\biPhone\b"),
    ("an iPad", r"\biPad\b"),
    ("an Android device", r"\bAndroid\b"),
    ("Windows", r"\bWindows NT\b"),
    ("a Chromebook", r"\bCrOS\b"),
    ("a Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


def device_of(user_agent: str) -> str:
    """Return what a browser calls itself as a few words of ours, such as "Firefox on Windows"."""
    browser = _first(_BROWSERS, user_agent, "A browser")
    system = _first(_SYSTEMS, user_agent, "a device")
    return f"{browser} on {system}"


def _first(known: tuple[tuple[str, str], ...], text: str, otherwise: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, text)), otherwise)
