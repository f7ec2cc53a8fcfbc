"""What a page asked for and complained of."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request


class Watch:
    """What a page asked for and complained of: hosts, policy violations, errors."""

    def __init__(self, page: Page) -> None:
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        page.on("request", self._asked)
        page.on("websocket", lambda socket: self.hosts.add(urlsplit(socket.url).hostname or ""))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._said)

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"}:
            self.hosts.add(address.hostname or "")

    def _said(self, message: ConsoleMessage) -> None:
        expected = ("Failed to load resource", "WebSocket connection to")  # a test that cuts the network
        if message.type == "error" and not message.text.startswith(expected):
            self.complaints.append(message.text)
