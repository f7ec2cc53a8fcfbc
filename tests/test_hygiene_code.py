"""Code that must not be written: text turned markup, values read late, SQL put together, other databases.

Each rule is a function from a source to what it finds there; a sample of what it must catch stands beside it.
"""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
DDL = ("CREATE ", "ALTER ", "COMMENT ON ", "GRANT ", "REVOKE ", "DROP ")
"""Statements in which a name cannot be bound as a parameter; the names in ours come from the code."""
CONNECTS = {"iopkit/clinic/database.py", "iopkit/worksheets/search.py"}
"""The one way to the store, and the search index, which lives in memory and holds worksheets only."""


def sources(*starts: str, ending: str = ".py") -> dict[str, str]:
    return {
        name: (ROOT / name).read_text()
        for name in FILES
        if name.startswith(starts) and name.endswith(ending) and (ROOT / name).exists()
    }


def name_of(node: ast.AST) -> str:
    """Return the last part of what is called or named: ``b`` of ``a.b``."""
    return getattr(node, "attr", None) or getattr(node, "id", "")


def markup_in_python(source: str) -> Iterator[str]:
    """Find the widgets and displays that take text for markup, however they are imported."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {
            "IPython",
            "ipywidgets",
        }:
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and node.attr in {"HTMLMath", "Styler", "style"}:
            names = {
                "Styler" if node.attr == "style" and name_of(node.value) in {"df", "frame"} else node.attr
            }
        elif isinstance(node, ast.Attribute) and name_of(node.value) in {"widgets", "ipywidgets", "display"}:
            names = {node.attr}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pandas.io"):
            names = {"Styler"}
        else:
            continue
        for name in sorted(names & {"HTML", "HTMLMath", "Markdown", "Latex", "Javascript", "Styler"}):
            yield f"{node.lineno}: {name}"


def markup_in_the_page(source: str) -> Iterator[str]:
    """Find where JavaScript would let the browser parse text as markup or code."""
    sinks = (
        r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdangerouslySetInnerHTML\b"
        r"|\bdocument\.write(?:ln)?\b|\bcreateContextualFragment\b|\bsrcdoc\b"
        r"|\beval\s*\(|\bnew Function\b|javascript:"
    )
    for number, line in enumerate(source.splitlines(), 1):
        for found in re.findall(sinks, line):
            yield f"{number}: {found}"


def values_read_in_clicks(source: str) -> Iterator[str]:
    """Find ``.value`` of an element read in what a click runs: a change may still be on its way."""
    handler = r"on(?:Click|Submit)=\{|addEventListener\(\s*[\"'](?:click|submit)[\"']\s*,|\.onclick\s*="
    for start in re.finditer(handler, source):
        body = enclosed(source, start.end())
        called = re.match(r"\s*([\w$]+)\s*$", body)
        if called and (defined := re.search(rf"(?:const|function)\s+{re.escape(called[1])}\b", source)):
            body = enclosed(source, defined.end())
        for found in re.finditer(r"([\w$.?]+)\.value\b(?!\s*=[^=])", body):
            if re.search(r"arget$|urrent$|nput$|ield$|lements?[\w.]*$|area$", found[1]):
                yield f"{source.count(chr(10), 0, start.start()) + 1}: {found[0]}"


def enclosed(source: str, start: int) -> str:
    """Return the text from ``start`` to where its brackets close, or its statement ends."""
    depth, opened = 0, False
    for at in range(start, len(source)):
        depth += (source[at] in "([{") - (source[at] in ")]}")
        opened = opened or source[at] in "{["
        if depth < 0 or (depth == 0 and source[at] in "};\n" and opened):
            return source[start:at]
    return source[start:]


def values_read_in_click_handlers(source: str) -> Iterator[str]:
    """Find ``.value`` of a widget read in a function that is given to ``on_click``."""
    tree = ast.parse(source)
    named = {
        one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) == "on_click" and node.args:
            given = node.args[0]
            body = given if isinstance(given, ast.Lambda) else named.get(name_of(given))
            for one in ast.walk(body) if body is not None else ():
                if isinstance(one, ast.Attribute) and one.attr == "value" and isinstance(one.ctx, ast.Load):
                    yield f"{one.lineno}: .value"


def formatted_sql(source: str) -> Iterator[str]:
    """Find SQL that is put together from texts where it should have parameters."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    runs = {"text", "execute", "exec_driver_sql", "executemany", "executescript", "DDL", "literal_column"}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and name_of(node.func) in runs and node.args):
            continue
        first = start_of(node.args[0], constants)
        if first is not None and not first.lstrip().upper().startswith(DDL):
            yield f"{node.lineno}: {first.strip()[:40]}"


def start_of(given: ast.expr, constants: dict[str, ast.expr]) -> str | None:
    """Return how a text begins that is put together; None for one that is not."""
    if isinstance(given, ast.JoinedStr):
        first = given.values[0]
        return str(first.value) if isinstance(first, ast.Constant) else ""
    if isinstance(given, ast.BinOp) and isinstance(given.op, ast.Mod | ast.Add):
        return str(getattr(given.left, "value", ""))
    if isinstance(given, ast.Call) and name_of(given.func) in {"format", "join", "replace"}:
        made_from = given.func.value if isinstance(given.func, ast.Attribute) else given
        held = constants.get(name_of(made_from), made_from)
        return str(getattr(held, "value", ""))
    return None


def connections(source: str) -> Iterator[str]:
    """Find where a database is opened."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and name_of(node.func) in {"connect", "create_engine"}:
            owner = node.func.value if isinstance(node.func, ast.Attribute) else None
            opens = owner is None or name_of(owner) in {"sqlite3", "psycopg", "sqlalchemy", "dbapi"}
            if opens and not (owner is None and imported_from(source, "iopkit.clinic.database")):
                yield f"{node.lineno}: {ast.unparse(node.func)}"


def imported_from(source: str, module: str) -> bool:
    """Return whether ``connect`` here is the one of this module."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == module
        and any(alias.name == "connect" for alias in node.names)
        for node in ast.walk(ast.parse(source))
    )


def caught(rule: Callable[[str], Iterator[str]], among: dict[str, str]) -> list[str]:
    return [f"{name}:{found}" for name, source in among.items() for found in rule(source)]


CELLS = "reports/block.py"
"""The one module that displays markup of our own making, every text in it escaped."""


def test_no_module_but_one_takes_text_for_markup():
    found = caught(markup_in_python, sources("iopkit/", "hatch_build.py"))

    assert [one for one in found if CELLS not in one] == []
    assert len(found) <= 1


def test_no_notebook_takes_text_for_markup():
    notebooks = sources("notebooks/", ending=".ipynb")

    assert notebooks
    assert [
        name for name, text in notebooks.items() if re.search(r"\b(HTML|HTMLMath|Markdown|Styler)\(", text)
    ] == []


def test_the_page_never_parses_text_as_markup():
    scripts = sources("frontend/src/", ending=".js")

    assert len(scripts) > 20
    assert caught(markup_in_the_page, scripts) == []


def test_no_click_reads_the_value_of_an_element_or_widget():
    assert caught(values_read_in_clicks, sources("frontend/src/", ending=".js")) == []
    assert caught(values_read_in_click_handlers, sources("iopkit/", "docs/")) == []


def test_no_statement_of_sql_is_put_together_from_texts():
    assert caught(formatted_sql, sources("iopkit/")) == []


def test_one_module_connects_to_a_database():
    found = {one.split(":")[0] for one in caught(connections, sources("iopkit/"))}

    assert found == CONNECTS


@pytest.mark.parametrize(
    ("rule", "sample"),
    [
        (markup_in_python, "import ipywidgets as widgets\nwidgets.HTML(text)"),
        (markup_in_python, "from ipywidgets import HTMLMath"),
        (markup_in_python, "import ipywidgets\nipywidgets.HTMLMath(text)"),
        (markup_in_python, "from IPython.display import HTML as Shown"),
        (markup_in_python, "from IPython.display import Markdown"),
        (markup_in_python, "from IPython import display\ndisplay.Markdown(text)"),
        (markup_in_python, "from pandas.io.formats.style import Styler"),
        (markup_in_python, "df.style.format(str)"),
        (markup_in_the_page, "node.innerHTML = text"),
        (markup_in_the_page, "node['outerHTML'] = text"),
        (markup_in_the_page, "node.insertAdjacentHTML('beforeend', text)"),
        (markup_in_the_page, "<p dangerouslySetInnerHTML={{ __html: text }} />"),
        (markup_in_the_page, "document.write(text)"),
        (markup_in_the_page, "eval(text)"),
        (values_read_in_clicks, "<button onClick={() => send(input.value)}>"),
        (values_read_in_clicks, "<form onSubmit={(event) => { send(event.target.elements.note.value); }}>"),
        (
            values_read_in_clicks,
            "const send = () => { post(field.current.value); };\n<button onClick={send}>",
        ),
        (values_read_in_clicks, "button.addEventListener('click', () => post(textarea.value))"),
        (values_read_in_click_handlers, "def sent(_):\n    post(field.value)\nbutton.on_click(sent)"),
        (values_read_in_click_handlers, "button.on_click(lambda _: post(field.value))"),
        (values_read_in_click_handlers, "class A:\n  def b(self, _):\n    self.f.value\nx.on_click(a.b)"),
        (formatted_sql, "session.execute(f'SELECT * FROM entry WHERE id = {id_}')"),
        (formatted_sql, "session.execute(text('SELECT ' + what))"),
        (formatted_sql, "text('SELECT * FROM entry WHERE id = %s' % id_)"),
        (formatted_sql, "text('SELECT {}'.format(what))"),
        (formatted_sql, "FIND = 'SELECT {what}'\nrun.exec_driver_sql(FIND.format(what=what))"),
        (formatted_sql, "cursor.execute(f'{statement}')"),
        (connections, "import sqlite3\nsqlite3.connect(path)"),
        (connections, "from sqlalchemy import create_engine\ncreate_engine(url)"),
        (connections, "from sqlite3 import connect\nconnect(path)"),
    ],
)
def test_each_rule_catches_what_it_is_for(rule, sample):
    assert len(list(rule(sample))) == 1


@pytest.mark.parametrize(
    ("rule", "sample"),
    [
        (markup_in_python, "self.style = 1\nescape(text)"),
        (markup_in_the_page, "node.textContent = text"),
        (values_read_in_clicks, "<input onInput={(event) => setNote(event.currentTarget.value)} />"),
        (values_read_in_clicks, "<button onClick={() => (question.value = without(index))}>"),
        (values_read_in_click_handlers, "def sent(_):\n    post(state)\nbutton.on_click(sent)\nfield.value"),
        (formatted_sql, "session.execute(text('SELECT * FROM entry WHERE id = :id'), {'id': id_})"),
        (formatted_sql, "run.exec_driver_sql(f'GRANT SELECT ON {table.name} TO {quoted}')"),
        (connections, "from iopkit.clinic.database import connect\nconnect(url)"),
        (connections, "super().connect()"),
    ],
)
def test_no_rule_cries_wolf(rule, sample):
    assert list(rule(sample)) == []
