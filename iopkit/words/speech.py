"""The one function through which every shown text goes: English in, the reader's language out.

The language is always a parameter. ``say`` is for whoever knows the reader; ``sentence`` is for the engine,
which does not: it keeps pattern and values apart, so that whoever shows it can ``say`` it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Self

from iopkit.words.dates import format_day

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "es": "Español"})
"""The languages there are, each by its own name."""

Known = Mapping[str, tuple[str, ...]]


class Sentence(str):
    """English text that remembers its pattern and values; it can be said in another language later."""

    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, values: Mapping[str, object]) -> Self:
        """Return the English text of a pattern filled with its values."""
        made = super().__new__(cls, fill(pattern, "en", values))
        made.pattern, made.values = pattern, values
        return made


def sentence(text: str, /, **values: object) -> str:
    """Return a text to be said later; in itself it is English.

    >>> sentence("Please choose at most {most}.", most=3)
    'Please choose at most 3.'
    """
    return Sentence(text, values)


def mark(text: str) -> str:
    """Return a text as it is: a pattern that is said later, when its values are known."""
    return text


def say(text: str, language: str, /, **values: object) -> str:
    """Return a text in a language, with its values filled in; what has no translation stays English.

    >>> say("Help now", "es"), say("Help now", "en")
    ('Ayuda ahora', 'Help now')
    """
    if isinstance(text, Sentence):
        values = {**text.values, **values}
        text = text.pattern
    found = known(language).get(text)
    return fill(found[0] if found else text, language, values)


def said(error: Exception, language: str) -> str:
    """Return the sentence of an error in a language."""
    text = error.args[0] if error.args else ""
    return say(text, language) if isinstance(text, str) else str(error)


def several(one: str, many: str, language: str, /, count: int, **values: object) -> str:
    """Return the form that fits a number, which stands at ``{count}``.

    >>> several("{count} entry", "{count} entries", "en", 2)
    '2 entries'
    """
    forms = known(language).get(one, (one, many))
    return fill(forms[0 if count == 1 else -1], language, {"count": count, **values})


def fill(pattern: str, language: str, values: Mapping[str, object]) -> str:
    """Return a pattern with its values, those that are sentences said in the language too."""
    if not values:
        return pattern
    return pattern.format_map({name: spoken(value, language) for name, value in values.items()})


def spoken(value: object, language: str) -> object:
    """Return a value as it stands in a text: a sentence in the language, a day with its year."""
    if isinstance(value, Sentence):
        return say(value, language)
    if isinstance(value, date) and not isinstance(value, datetime):
        return format_day(value, say("d MMMM y", language), language)
    return value


@lru_cache(maxsize=len(LANGUAGES))
def known(language: str) -> Known:
    """Return the translations into a language, singular first; read once."""
    if language == "en" or language not in LANGUAGES:
        return MappingProxyType({})
    from babel.messages.pofile import read_po  # only those who need another language wait for it

    with (files("iopkit.words") / f"{language}.po").open("rb") as file:
        messages = list(read_po(file, locale=language))
    found = {}
    for message in messages:
        one = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if one and forms and all(forms):
            found[one] = forms
    return MappingProxyType(found)


def choose(accepted: str) -> str:
    """Return the language of ours that a browser asks for first (``Accept-Language``), else English.

    >>> choose("fr-CH, es-MX;q=0.9, en;q=0.8"), choose("")
    ('es', 'en')
    """
    wanted = []
    for part in accepted[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), tag.partition("-")[0].strip().lower()))
        except ValueError:
            continue
    ours = [tag for weight, tag in sorted(wanted, key=lambda one: one[0]) if tag in LANGUAGES and weight < 0]
    return ours[0] if ours else "en"
