"""The texts of choices, for charts that count answers."""

from iopkit.worksheets.elements import SelectQuestion
from iopkit.worksheets.model import Worksheet

SPECIAL = {"none": "none of them", "other": "something else", "refused": "rather not say"}


def choice_texts(worksheet: Worksheet, path: str) -> dict[str, str]:
    """Return value → text of the choices of an item, ``panel.item`` inside a repeating panel."""
    panel, _, inner = path.partition(".")
    item = worksheet.items.get(panel)
    if item is not None and inner:
        item = item.inner.get(inner)
    if item is None or not isinstance(item.question, SelectQuestion):
        return dict(SPECIAL)
    return SPECIAL | {str(choice.value): first(choice.label) for choice in item.question.options}


def first(text: str) -> str:
    """Return the name of a choice without the sentence that explains it.

    >>> first("Mind reading. I know what they think of me")
    'Mind reading'
    """
    return text.split(". ", 1)[0]
