"""The format is written down once for people and once for editors; both name every key and nothing else."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from iopkit.worksheets import elements, model
from iopkit.worksheets.check import HEADER
from iopkit.worksheets.schema import schema, text

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "worksheet-format.md").read_text()
MODELS = [
    kind
    for kind in {**vars(elements), **vars(model)}.values()
    if isinstance(kind, type) and issubclass(kind, elements.Data)
]


def keys(kind: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in kind.model_fields.items()}


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_the_page_names_every_key(kind: type[BaseModel]):
    missing = {key for key in keys(kind) if f"`{key}`" not in PAGE}

    assert missing == set()


def test_the_page_lists_the_header_in_its_order():
    table = PAGE.partition("## The header")[2].partition("\n## ")[0]

    assert tuple(re.findall(r"^\| `(\w+)`", table, re.M)) == HEADER


def test_the_page_names_every_type_of_element():
    types = {word for kind in MODELS if "type" in kind.model_fields for word in type_of(kind)}

    rows = set(re.findall(r"^\| `(\w+)` \|", PAGE.partition("| `type` |")[2], re.M))

    assert types <= rows


def type_of(kind: type[BaseModel]) -> list[str]:
    return list(getattr(kind.model_fields["type"].annotation, "__args__", ()))


def test_the_schema_in_the_docs_is_the_one_of_the_model():
    """Write it anew with: python -c 'from iopkit.worksheets import schema; print(schema.text(), end="")'"""
    assert (DOCS / "worksheet.schema.json").read_text() == text()


def test_the_schema_refuses_unknown_keys_everywhere():
    made = schema()

    objects = [one for one in made["$defs"].values() if one.get("type") == "object"]

    assert made["additionalProperties"] is False
    assert all(one["additionalProperties"] is False for one in objects)
