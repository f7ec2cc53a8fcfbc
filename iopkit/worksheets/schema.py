"""The JSON Schema of a worksheet file, made from the model for editors and kept among the docs."""

import json
from typing import Any

from iopkit.worksheets.model import Worksheet

SELECTS = ("RadiogroupQuestion", "DropdownQuestion", "CheckboxQuestion", "TagboxQuestion")


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a worksheet as it is written, with ``- include: piece`` among choices.

    It completes and checks keys and types in an editor. ``iopkit worksheets check`` finds more.
    """
    made = Worksheet.model_json_schema()
    for name in SELECTS:
        made["$defs"][name]["properties"]["choices"]["items"]["anyOf"].append(_INCLUDE)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "iopkit worksheet",
        "description": "One worksheet: a header, pages in SurveyJS's form, scores, flags and charts.",
    }
    return {**head, **{key: value for key, value in made.items() if key not in head}}


def text() -> str:
    """Return the schema as it is kept in the file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


_INCLUDE = {
    "type": "object",
    "properties": {"include": {"type": "string", "title": "Include"}},
    "required": ["include"],
    "additionalProperties": False,
}
