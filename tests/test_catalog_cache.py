"""The catalog is read from YAML once; after that from what was kept, as long as nothing changed."""

import os
import shutil
import time
from pathlib import Path

import pytest

from iopkit.errors import WorksheetError
from iopkit.worksheets import load_catalog
from iopkit.worksheets.cache import cache_file, keep, recall

DATA = Path(__file__).parent / "data" / "clinic"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a site of two worksheets alone, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    own = tmp_path / "site"
    shutil.copytree(DATA, own)
    monkeypatch.setattr("iopkit.worksheets.catalog.content_folder", lambda name: own)
    monkeypatch.delenv("IOPKIT_WORKSHEETS", raising=False)
    return own


def kept(site: Path) -> list[Path]:
    return sorted((site.parent / "cache" / "iopkit").glob("*"))


def test_the_second_reading_gives_the_same_catalog_from_one_file(site: Path) -> None:
    first = load_catalog()
    (place,) = kept(site)
    written = place.stat().st_ino

    second = load_catalog()

    assert dict(second) == dict(first)
    assert list(second) == list(first)
    assert kept(site)[0].stat().st_ino == written


def test_a_changed_file_is_read_again(site: Path) -> None:
    first = load_catalog()
    path = sorted(site.glob("*.yaml"))[0]
    title = next(one.title for one in first.values() if one.id == path.stem)
    path.write_text(path.read_text().replace(f"title: {title}", "title: Another title", 1))

    assert load_catalog()[path.stem].title == "Another title"


def test_a_fault_is_told_each_time_and_never_kept(site: Path) -> None:
    (site / "broken.yaml").write_text("id: broken\n")

    for _ in range(2):
        with pytest.raises(WorksheetError, match=r"broken\.yaml:1"):
            load_catalog()
    assert kept(site) == []


def test_a_damaged_cache_is_read_anew(site: Path) -> None:
    first = load_catalog()
    kept(site)[0].write_text('{"thought-record": {}}')

    assert dict(load_catalog()) == dict(first)


def test_only_the_last_few_catalogs_are_kept(site: Path) -> None:
    path = sorted(site.glob("*.yaml"))[0]
    for number in range(7):
        os.utime(path, ns=(time.time_ns(), number))
        load_catalog()

    assert len(kept(site)) <= 4


def test_a_catalog_in_use_outlives_those_that_are_not(site: Path, monkeypatch) -> None:
    path = sorted(site.glob("*.yaml"))[0]
    load_catalog()
    (used,) = kept(site)
    changed = path.stat().st_mtime_ns
    for number in range(7):
        os.utime(path, ns=(time.time_ns(), number))
        load_catalog()
        os.utime(path, ns=(time.time_ns(), changed))
        monkeypatch.setattr("iopkit.worksheets.cache._last", {})  # as in another process
        load_catalog()

    assert used in kept(site)
    assert len(kept(site)) <= 4


def test_a_cache_nobody_can_write_is_no_fault(site: Path) -> None:
    (site.parent / "cache").write_text("not a folder")

    assert len(load_catalog()) == len(sorted(site.glob("*.yaml")))


def test_what_is_not_there_is_none(site: Path) -> None:
    place = cache_file([])

    assert recall(place) is None
    keep(place, {})
    assert recall(place) == ({}, {})
