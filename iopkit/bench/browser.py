"""A browser with a stopwatch: how long until the first field of a page takes the focus, and what it got."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from iopkit.errors import ServeError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FEATURES_OFF = (
    # the address bar is a page of its own: each new window loads it, for more processor time than ours takes
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "PreloadTopChromeWebUI",
    # the browser heeds one such list, the last: of what Playwright switches off, what these pages may meet
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(FEATURES_OFF)}",
)
"""A browser that does nothing but show the pages it is sent to, and asks no host but theirs."""
# a page that asks another host learns at once that there is none: no figure hangs on a network
_ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
PATIENCE = 90_000
FOCUS = """() => {
    const inside = (root) => [...root.querySelectorAll("input, textarea, select")];
    const roots = () => [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
    const deep = (all) => all.flatMap((root) => [
        ...inside(root),
        ...deep([...root.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)),
    ]);
    const fields = inside(document);
    for (const field of fields.length ? fields : deep(roots())) {
        if (field.disabled || !field.getClientRects().length || !field.checkVisibility()) continue;
        field.focus();
        if (field.getRootNode().activeElement === field) return performance.now();
    }
    return false;
}"""

WATCH = f"""() => {{
    const look = {FOCUS};
    const again = () => {{ window.arrived = look() || 0; if (!window.arrived) setTimeout(again, 8); }};
    again();
}}"""

Cookie = tuple[str, str]


@dataclass(frozen=True)
class Site:
    """A page to visit: what it is called here, and the session cookie it wants, if any."""

    name: str
    address: str
    cookie: Cookie | None = None


@dataclass(frozen=True)
class Visit:
    """One visit: seconds until the first field had the focus, requests made, kilobytes received."""

    seconds: float
    requests: int
    kilobytes: float


class Visitor:
    """One person's browser, with a cache of its own."""

    def __init__(self, browser: Any, site: Site) -> None:  # noqa: ANN401  # playwright is an optional tool
        self.site = site
        self.context = browser.new_context(viewport={"width": 390, "height": 844})
        self.context.set_default_timeout(PATIENCE)
        if site.cookie:
            name, value = site.cookie
            self.context.add_cookies([{"name": name, "value": value, "url": site.address}])

    def visit(self, *, keep: bool = False) -> Visit:
        """Return what one visit took; the page is left at once unless ``keep``."""
        page = self.context.new_page()
        traffic = Traffic(self.context.new_cdp_session(page))
        page.goto(self.site.address, wait_until="commit")
        seconds = self._stopped(page.wait_for_function, FOCUS, polling="raf")
        page.wait_for_load_state("networkidle")
        if not keep:
            page.close()
        return Visit(seconds, traffic.requests, traffic.bytes / 1024)

    def stand_by(self) -> Any:  # noqa: ANN401  # see above
        """Return an empty page that is ready to go, with a stopwatch in it."""
        self.context.add_init_script(f"({WATCH})()")
        return self.context.new_page()

    def go(self, page: Any) -> None:  # noqa: ANN401  # see above
        """Begin a visit, without waiting for anything."""
        page.evaluate("address => { setTimeout(() => { location.href = address; }); }", self.site.address)

    def arrived(self, page: Any) -> float:  # noqa: ANN401  # see above
        """Return the seconds until the first field had the focus, on a page that went off before."""
        return self._stopped(page.wait_for_function, "() => window.arrived", polling=50)

    def _stopped(self, wait_for: Any, script: str, **given: object) -> float:  # noqa: ANN401  # see above
        from playwright.sync_api import TimeoutError as TooLate

        try:
            return float(wait_for(script, **given).json_value()) / 1000
        except TooLate:
            raise ServeError(
                f"No field of {self.site.name} could be used in {PATIENCE // 1000} seconds: measure again."
            ) from None

    def close(self) -> None:
        """Forget this person and their cache."""
        self.context.close()


class Traffic:
    """Counts a page's requests, cached ones and sockets too, and the bytes that came over the network."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401  # see above
        self.requests = 0
        self.bytes = 0
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.webSocketCreated", self._asked)
        session.on("Network.dataReceived", lambda event: self._got(event["encodedDataLength"]))
        session.on(
            "Network.webSocketFrameReceived", lambda event: self._got(len(event["response"]["payloadData"]))
        )
        session.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        url = event.get("request", event).get("url", "")
        self.requests += not url.startswith(("data:", "blob:"))

    def _heard(self, event: dict[str, Any]) -> None:
        self._got(len(event["response"]["payloadData"]))

    def _got(self, count: int) -> None:
        self.bytes += count


@contextmanager
def open_browser() -> Iterator[Any]:
    """Yield a Chromium without a window; ServeError with the command to run when there is none."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise ServeError("Measuring pages drives a browser: pip install playwright, then again.") from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=[*QUIET, _ALONE])
        except Error:
            raise ServeError("There is no Chromium here: run `playwright install chromium`.") from None
        yield browser
        browser.close()


def find_browser() -> str | None:
    """Return the path in ``IOPKIT_BROWSER``, else of a Chromium on the PATH; None means Playwright's own."""
    return os.environ.get("IOPKIT_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
