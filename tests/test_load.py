from pathlib import Path

import pytest

from iopkit.errors import WorksheetError
from iopkit.worksheets.load import MAX_BYTES, read_document, spell


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "w.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_values_have_the_types_of_yaml_1_2(tmp_path: Path):
    path = written(tmp_path, 'a: no\nb: 1:30\nc: 2026-01-31\nd: [1, -2.5, on, "5", true, null]\n')

    data = read_document(path).data

    assert data == {"a": "no", "b": "1:30", "c": "2026-01-31", "d": [1, -2.5, "on", "5", True, None]}


def test_every_value_knows_its_line(tmp_path: Path):
    document = read_document(written(tmp_path, "a: 1\nb:\n  - x\n  - y: 2\n"))

    assert document.line(("b", 1, "y")) == 4
    assert document.line(("b", 1, "not there")) == 4
    assert document.line(()) == 1


def test_an_empty_file_holds_nothing(tmp_path: Path):
    assert read_document(written(tmp_path, "")).data is None


def test_a_place_is_spelled_as_people_write_it():
    assert spell(("pages", 0, "elements", 2, "title")) == "pages[0].elements[2].title"
    assert spell(()) == "file"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", ":3: a: expected each key once, got it again (first on line 1)"),
        ("a: &x 1\n", ":1: a: expected plain values, got an anchor (&name); write the value out"),
        ("a: !secret 1\n", ":1: a: expected a plain value, got the tag !secret"),
        ("a: !!python/object:os.system 1\n", ":1: a: expected a plain value, got the tag"),
        ("a: [1\nb: 2\n", ":2: file: expected YAML, got: expected ',' or ']', but got ':'"),
        ("? [1, 2]\n: 3\n", ":1: file: expected a word as key, got a list or mapping"),
        ("a: 1\n---\nb: 2\n", ":2: file: expected YAML, got: but found another document"),
        ("a: \x01\n", ":1: file: expected YAML, got: unacceptable character"),
        (b"a: 1\nb: \xff\n", ":2: file: expected UTF-8 text, got other bytes"),
        (b"x" * (MAX_BYTES + 1), f":1: file: expected at most {MAX_BYTES} bytes, got {MAX_BYTES + 1}"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(tmp_path: Path, text: str | bytes, problem: str):
    path = written(tmp_path, text)

    with pytest.raises(WorksheetError) as caught:
        read_document(path)

    assert caught.value.problems[0].startswith(f"{path}{problem}")


def test_a_missing_file_is_refused_by_name(tmp_path: Path):
    with pytest.raises(
        WorksheetError, match=r"gone\.yaml:1: file: expected a readable file, got: No such file"
    ):
        read_document(tmp_path / "gone.yaml")
