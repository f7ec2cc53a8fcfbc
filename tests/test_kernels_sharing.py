"""Forks share the pages of their parent until one of them, or the parent, writes on them: few do."""

import ctypes
import gc
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import pytest
from kernel_lab import connected, install, run, started, tell, warmed

from iopkit.kernels import safety
from iopkit.kernels.shell import FewModules, annotate

linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return warmed(install(tmp_path_factory.mktemp("jupyter"), "sqlalchemy"))


def own_kilobytes(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(text.partition(f"\nPrivate_{kind}:")[2].split()[0]) for kind in ("Clean", "Dirty"))


@linux
def test_kernels_that_are_forked_later_leave_an_earlier_one_its_shared_pages(lab):
    with started(lab) as manager, connected(manager) as client:
        run(client, "print(1)")
        with started(lab) as beside, connected(beside):
            before = own_kilobytes(manager.provisioner.pid)
            for _ in range(3):
                with started(lab) as another, connected(another) as speaks:
                    run(speaks, "print(1)")
            grown = own_kilobytes(manager.provisioner.pid) - before
    assert grown < 1500, grown  # the paths of all modules alone lie on 4,000 kB


@linux
def test_a_fork_copies_a_small_part_of_its_parent(lab):
    with started(lab) as manager, connected(manager) as client:
        run(client, "print(1)")
        pid = manager.provisioner.pid
        rss = int(Path(f"/proc/{pid}/smaps_rollup").read_text().partition("\nRss:")[2].split()[0])
        assert own_kilobytes(pid) < rss / 4


def test_a_kernel_knows_which_modules_were_there_before_it(lab):
    code = (
        "keys = get_ipython()._sys_modules_keys; print('zmq' in keys, 'sqlalchemy' in keys, len(keys) > 500)"
    )
    assert tell(lab, code) == "True True True"


def test_a_kernel_still_has_all_modules_itself(lab):
    code = "import sys, IPython.core.shellapp as one; print(one.sys is sys, 'zmq' in sys.modules)"
    assert tell(lab, code) == "True True"


def test_a_kernel_has_what_ipython_adds_to_each_shell(lab, tmp_path):
    code = "ip = get_ipython(); print(ip.find_line_magic('store') is not None, ip.extension_manager.loaded)"
    assert tell(lab, code) == "True {'IPython.extensions.storemagic'}"
    kept = "kept = 3\n%store kept\ndel kept\n%store -r kept\nprint(kept)"
    assert tell(lab, kept, env={**os.environ, "IPYTHONDIR": str(tmp_path)}).endswith("3")
    assert (tmp_path / "profile_default/db/autorestore/kept").exists()


def test_classes_of_sockets_are_annotated_before_a_kernel_makes_one(lab):
    code = (
        "import zmq; print([one.__name__ for one in zmq.Socket.__mro__ if one is not object"
        " and one.__flags__ & 512 and '__annotations__' not in vars(one)])"
    )
    assert tell(lab, code) == "[]"


def test_classes_without_annotations_are_given_none_and_others_keep_theirs():
    class Plain:
        pass

    class Told(Plain):
        number: int

    annotate(Told, int)

    assert vars(Plain)["__annotations__"] == {}
    assert Told.__annotations__ == {"number": int}


# ---- code that changed


@pytest.fixture
def code(tmp_path, monkeypatch):
    """Return what knows two modules, one of them in a folder whose name is no Unicode, and their files."""
    files = [tmp_path / "one.py", Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9")) / "two.py"]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_text("")
    known = {str(file): safety.changed_at(str(file)) for file in files}
    monkeypatch.setattr(safety, "loaded_files", lambda: dict(known))
    made = safety.Code()
    made.note(time.time_ns())
    return made, files, known


CHANGED = "code changed after it was imported"


def test_code_that_stays_as_it_was_is_up_to_date(code):
    made, _files, _known = code
    assert made.outdated() == made.outdated() == ""
    assert safety.Code().outdated() == ""


@pytest.mark.parametrize("which", [0, 1])
def test_code_that_is_written_again_or_removed_is_outdated(code, which):
    made, files, _known = code
    then = files[which].stat().st_mtime_ns
    os.utime(files[which], ns=(then, then + 1))
    assert made.outdated() == CHANGED

    os.utime(files[which], ns=(then, then))
    assert made.outdated() == ""

    files[which].unlink()
    assert made.outdated() == CHANGED


def test_code_that_is_loaded_later_is_looked_at_too_and_what_was_read_first_counts(code, tmp_path):
    made, files, known = code
    later = tmp_path / "later.py"
    later.write_text("")
    known[str(later)] = safety.changed_at(str(later))
    known[str(files[0])] += 5  # changed meanwhile: what is loaded is older

    made.note(time.time_ns())
    assert made.outdated() == ""

    later.unlink()
    assert made.outdated() == CHANGED


def test_code_that_changed_while_it_was_loaded_is_outdated_from_the_start(code):
    made, _files, known = code
    made.note(max(known.values()) - 1)
    assert made.outdated() == CHANGED


def test_to_look_for_changes_counts_no_object(code):
    made, _files, _known = code
    gc.collect()
    before = sys.getrefcount(made._paths)
    made.outdated()
    assert (sys.getrefcount(made._paths), isinstance(made._paths, bytes)) == (before, True)


# ---- modules that are not looked at, and holes


def test_code_that_finds_no_modules_finds_all_else_and_changes_what_it_changes():
    where = ModuleType("where")
    exec("import sys\ndef look(): return sys.modules, sys.path, sys.argv", vars(where))
    before = sys.argv
    try:
        with FewModules(where):
            assert where.look() == ({}, sys.path, sys.argv)
            exec("sys.argv = ['other']", vars(where))
        assert sys.argv == ["other"]
    finally:
        sys.argv = before
    assert where.look()[0] is sys.modules


def test_all_modules_are_back_after_an_error():
    where = ModuleType("where")
    where.sys = sys
    with pytest.raises(ValueError, match="wrong"), FewModules(where):
        raise ValueError("wrong")
    assert where.sys is sys


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="this C library does not count its holes"
)
def test_holes_of_the_heap_are_filled_until_pieces_come_from_its_end():
    """In a process of its own: the heap of one that ran other tests has holes of every size."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        alone.submit(fill_holes).result()


def fill_holes():
    pieces = [bytes(size) for size in range(1000, 20_000, 64) for _ in range(3)]
    walls = pieces[1::2]
    del pieces  # every other one is a hole now
    look = ctypes.CDLL(None).mallinfo2
    look.restype = safety._Heap
    holes = look().fordblks - look().keepcost

    filling = list(safety._fill_heap())

    assert holes > 1_000_000
    assert look().fordblks - look().keepcost < holes / 2
    assert sum(map(len, filling)) > holes / 2
    assert walls


def test_a_c_library_that_does_not_count_its_holes_has_none_filled(monkeypatch):
    monkeypatch.setattr(safety, "_LIBC", None)
    assert list(safety._fill_heap()) == []
    assert len(safety.fill_holes()) > 30
