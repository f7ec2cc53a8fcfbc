"""What people read, in their language: English stands in the code, other languages in ``<language>.po``."""

from iopkit.words.dates import format_clock, format_day, format_number
from iopkit.words.speech import LANGUAGES, Sentence, choose, mark, said, say, sentence, several

__all__ = [
    "LANGUAGES",
    "Sentence",
    "choose",
    "format_clock",
    "format_day",
    "format_number",
    "mark",
    "said",
    "say",
    "sentence",
    "several",
]
