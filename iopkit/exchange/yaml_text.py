"""A worksheet as the YAML of a worksheet file, every text in double quotes so that it reads back the same."""

import json
import re
from collections.abc import Iterator, Mapping

from iopkit.worksheets.model import Worksheet

PLAIN = re.compile(r"[a-z][a-zA-Z_]*")
RESERVED = ("true", "false", "null")


def as_yaml(worksheet: Worksheet) -> str:
    """Return a worksheet as text for a file of its own."""
    data = worksheet.model_dump(mode="json", exclude_defaults=True)
    return "\n".join(_lines(data, "")) + "\n"


def _lines(value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _entry(f"{indent}{key}:", inner, f"{indent}  ")
    elif isinstance(value, list | tuple):
        for inner in value:
            block = list(_lines(inner, f"{indent}  ")) if _nested(inner) else [f"{indent}  {_scalar(inner)}"]
            yield f"{indent}- {block[0].lstrip()}"
            yield from block[1:]


def _entry(key: str, value: object, indent: str) -> Iterator[str]:
    if _nested(value):
        yield key
        yield from _lines(value, indent)
    else:
        yield f"{key} {_scalar(value)}"


def _nested(value: object) -> bool:
    return isinstance(value, Mapping | list | tuple) and len(value) > 0


def _scalar(value: object) -> str:
    if isinstance(value, str) and PLAIN.fullmatch(value) and value not in RESERVED:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return "".join(one if one.isprintable() or one == " " else _escaped(one) for one in text)


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
