"""The form widget: checked state, strict keywords, nothing in its repr."""

import re

import pytest

from iopkit.errors import NotFoundError, ServeError
from iopkit.widgets import assets
from iopkit.widgets.base import Widget, own_traits
from iopkit.widgets.form import Form
from iopkit.worksheets import Catalog, load_catalog


@pytest.fixture(scope="module")
def sheets() -> Catalog:
    return load_catalog()


def test_a_form_shows_the_worksheet_of_its_id(sheets):
    form = Form("thought-record")

    assert form.title == "Thought record"
    assert form.survey == sheets["thought-record"].survey()
    assert form.answers == {}
    assert form.read_only is False


def test_answers_that_fit_are_kept(sheets):
    form = Form(sheets["thought-record"], answers={"situation": "A walk"})

    assert form.answers == {"situation": "A walk"}
    assert form.refused == {}


def test_an_answer_that_does_not_fit_is_left_out_and_told(sheets):
    form = Form(sheets["sleep-diary"])

    form.answers = {"into_bed": "22:45", "sleep_latency": -5}

    assert form.answers == {"into_bed": "22:45"}
    assert list(form.refused) == ["sleep_latency"]


def test_what_the_browser_sends_is_checked_like_what_python_sets(sheets):
    form = Form(sheets["sleep-diary"])

    form.set_state({"answers": {"into_bed": "22:45", "no_such_item": "x"}})

    assert form.answers == {"into_bed": "22:45"}
    assert list(form.refused) == ["no_such_item"]


def test_a_refusal_is_gone_when_the_answer_is_mended(sheets):
    form = Form(sheets["sleep-diary"], answers={"sleep_latency": -5})

    form.answers = {"sleep_latency": 25}

    assert form.refused == {}


def test_an_unknown_keyword_is_refused_with_the_closest(sheets):
    with pytest.raises(TypeError, match=r"^Form takes no 'read_onyl'. Did you mean 'read_only'\?$"):
        Form(sheets["thought-record"], read_onyl=True)


def test_a_keyword_like_no_other_is_refused_with_all_there_are(sheets):
    said = r"^Form takes no 'colour'. It takes: about, answers, read_only, refused, survey, title.$"

    with pytest.raises(TypeError, match=said):
        Form(sheets["thought-record"], colour="red")


def test_an_unknown_worksheet_is_refused_with_those_there_are():
    with pytest.raises(
        NotFoundError, match=r"^There is no worksheet 'thoughts'. There are: .*thought-record"
    ):
        Form("thoughts")


def test_the_repr_shows_no_answer(sheets):
    form = Form(sheets["thought-record"], answers={"situation": "marked-7f3a"})

    assert repr(form) == "Form()"
    assert "marked-7f3a" not in str(form._repr_mimebundle_()[0]["text/plain"])


def test_each_trait_of_a_widget_says_what_it_is():
    assert all(own_traits(Form).values())
    assert own_traits(Widget) == {}


def test_an_asset_is_found_by_its_plain_name():
    assert assets.asset("page.js").startswith("page-")
    assert (assets.static / assets.asset("base.css")).is_file()


def test_an_unknown_asset_is_refused_with_those_there_are():
    listed = re.escape(", ".join(assets.manifest()))

    with pytest.raises(ServeError, match=rf"^The front end has no .pages\.js.\. It has: {listed}\.$"):
        assets.asset("pages.js")


def test_without_a_build_the_message_names_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "static", tmp_path)
    said = r"^The front end is not built. In the checkout run: cd frontend && npm ci && node build.mjs$"

    with pytest.raises(ServeError, match=said):
        assets.module("form-widget.js")
    with pytest.raises(ServeError, match=said):
        assets.manifest.__wrapped__()
