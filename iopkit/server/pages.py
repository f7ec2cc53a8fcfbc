"""The server's own pages: sign-in, and what it says when it cannot show what was asked for."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from iopkit.apps.help import help_lines
from iopkit.server.assets import Assets
from iopkit.words import say, sentence

_HERE = Path(__file__).parent / "pages"
_WITH_SCRIPT = frozenset({"sign-in", "code", "pairing", "invitation", "locked"})


@dataclass(frozen=True)
class Words:
    """A page that only says something, and the way on."""

    title: str
    text: str
    way: str = field(default=sentence("Go to your start page"))
    to: str = "/"


NOT_FOUND = Words(
    sentence("This page is not here"),
    sentence("The address may have been typed wrong, or the page has moved. Nothing you wrote is lost."),
)
NOT_YOURS = Words(
    sentence("This page is not yours"),
    sentence("It belongs to somebody else here. If you think you should see it, ask your program."),
)
OPEN_TOO_LONG = Words(
    sentence("Please try once more"),
    sentence(
        "This page was open for a long time, so the last step was not taken. Nothing you wrote is lost."
    ),
    way=sentence("Open it again"),
)
MANY_PAGES = Words(
    sentence("You have many pages open here"),
    sentence("Close one of the other tabs, then open this page again. Nothing you wrote is lost."),
    way=sentence("Try again"),
)
BUSY = Words(
    sentence("The server is restarting"),
    sentence("Wait a minute, then try again. Everything that said “saved” is safe."),
    way=sentence("Try again"),
)
BROKEN = Words(
    sentence("This page could not be opened"),
    sentence(
        "Something went wrong here, not with you. Everything that said “saved” is safe. "
        "Try again in a minute; if it stays this way, tell your program."
    ),
    way=sentence("Try again"),
)
NOTHING_YET = Words(
    sentence("Nothing is here for you yet"),
    sentence(
        "You are signed in, but there is no view for your role in this version. "
        "Your program can tell you more."
    ),
    way=sentence("Sign out"),
    to="/sign-out",
)

_OF_STATUS = {403: NOT_YOURS, 404: NOT_FOUND, 405: NOT_FOUND, 429: MANY_PAGES, 503: BUSY, 504: BUSY}


def words_for(status: int) -> Words:
    """Return what to say for an HTTP status."""
    return _OF_STATUS.get(status, BROKEN)


def qr_code(text: str) -> Markup:
    """Return a QR code as an SVG element, dark on light in every theme: cameras expect that."""
    drawn = segno.make(text, error="m", micro=False)
    return Markup(drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr"))  # noqa: S704  # drawn, no text in it


def say_on_page(language: str, text: str, **values: object) -> str:
    """Return a text in a language; with elements among its values it is markup, all else in it escaped."""
    if any(isinstance(value, Markup) for value in values.values()):
        return Markup(escape(say(text, language))).format(**values)  # noqa: S704  # escaped, values too
    return say(text, language, **values)


def strong(text: str, name: str = "") -> Markup:
    """Return a text as a strong element, with an id if there is one."""
    known = Markup(' id="{}"').format(name) if name else ""
    return Markup("<strong{}>{}</strong>").format(known, text)


def code(text: str) -> Markup:
    """Return a text as a code element."""
    return Markup("<code>{}</code>").format(text)


class Pages:
    """Renders the server's own pages in the theme of the front end."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets
        self._environment = Environment(
            loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    def render(
        self,
        name: str,
        *,
        language: str = "en",
        who: str = "",
        idle: int = 0,
        here: str = "/",
        **values: Any,
    ) -> str:
        """Return the page of ``pages/`` called ``name`` as HTML; ``who`` is signed in at this browser.

        It locks after ``idle`` seconds in which nobody touched it, and leads back ``here`` afterwards.
        """
        styles = self.assets.addresses("base.css")
        scripts = self.assets.addresses("sign-in.js") if who or name in _WITH_SCRIPT else []
        template = self._environment.get_template(f"{name}.html")
        return template.render(
            styles=styles,
            scripts=scripts,
            language=language,
            say=partial(say_on_page, language),
            strong=strong,
            code=code,
            help=help_lines(language=language),
            who=who,
            idle=idle,
            here=here,
            **values,
        )
