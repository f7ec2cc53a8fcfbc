"""A forked kernel shares code with its parent and with other kernels, and nothing else."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from kernel_lab import PATIENCE, connected, install, run, started, tell, warmed

from iopkit.kernels import kernelspec, status, warm_up

WARMED = ["numpy", "numpy.random", "ipywidgets", "matplotlib.pyplot", "matplotlib_inline.backend_inline"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return install(tmp_path_factory.mktemp("jupyter"), *WARMED)


TIES = (
    "import os; print(os.getpid(), os.getppid(), os.getpgid(0), os.getsid(0), os.environ['JPY_PARENT_PID'])"
)


def test_a_kernel_is_a_child_of_the_warm_parent_in_a_group_of_its_own(lab):
    told = tell(lab, TIES).split()
    pid, parent, group, session, named = map(int, told)

    assert parent not in (os.getpid(), 1)
    assert (group, session, named) == (pid, pid, parent)
    assert status().forked
    assert status().reason == ""


def test_what_was_warmed_is_there_before_it_is_asked_for(lab):
    loaded = tell(lab, f"import sys; print([name in sys.modules for name in {WARMED!r}])")

    assert loaded == "[True, True, True, True, True]"


CHANCE = """
import random, numpy, uuid, tempfile, secrets
print(random.random(), numpy.random.rand(), uuid.uuid4(), tempfile.mktemp(), secrets.token_hex())
"""


def test_two_forks_of_one_parent_draw_different_numbers_and_names(lab):
    one, two = tell(lab, CHANCE).split(), tell(lab, CHANCE).split()

    assert [left == right for left, right in zip(one, two, strict=True)] == [False] * 5


def test_a_kernel_has_the_environment_it_was_given_and_no_other(lab, monkeypatch):
    monkeypatch.setenv("OWNERS_OWN", "kept")
    given = {**os.environ, "GIVEN": "yes"}
    del given["OWNERS_OWN"]

    told = tell(lab, "import os; print(os.environ.get('GIVEN'), os.environ.get('OWNERS_OWN'))", env=given)

    assert told == "yes None"


def test_a_kernel_without_an_environment_of_its_own_has_its_owners(lab, monkeypatch):
    monkeypatch.setenv("OWNERS_OWN", "kept")

    assert tell(lab, "import os; print(os.environ['OWNERS_OWN'])") == "kept"


def test_an_environment_larger_than_a_socket_buffer_arrives_whole(lab):
    large = {f"LARGE_{number}": "x" * 100_000 for number in range(3)}

    told = tell(
        lab,
        "import os; print(sum(len(v) for k, v in os.environ.items() if k.startswith('LARGE')))",
        env=dict(os.environ) | large,
    )

    assert told == "300000"
    assert status().reason == ""


def test_a_variable_that_is_not_unicode_survives(lab):
    odd = os.fsdecode(b"caf\xe9")

    assert tell(lab, "import os; print(os.environb[b'ODD'])", env={**os.environ, "ODD": odd}) == "b'caf\\xe9'"


def test_the_warm_parent_never_holds_what_a_kernel_was_given(lab):
    secret = {**os.environ, "TICKET": "a-secret-ticket"}
    look = "import os; print(open('/proc/%d/environ' % PID).read().count('a-secret-ticket'))"

    told = tell(
        lab, f"{look.replace('PID', 'os.getppid()')}; {look.replace('PID', 'os.getpid()')}", env=secret
    )

    assert told.split() == ["0", "0"]  # nor does anybody read it in the kernel's own entry of /proc


def test_the_time_zone_is_read_again(lab):
    zone = {**os.environ, "TZ": "Asia/Kathmandu"}

    assert tell(lab, "import time; print(time.strftime('%z'))", env=zone) == "+0545"


def test_temporary_files_go_where_the_kernels_environment_says(lab, tmp_path):
    folder = {**os.environ, "TMPDIR": str(tmp_path)}

    assert tell(lab, "import tempfile; print(tempfile.gettempdir())", env=folder) == str(tmp_path)


def test_a_kernel_works_in_the_folder_it_was_given_and_imports_from_it(lab, tmp_path):
    (tmp_path / "beside.py").write_text("answer = 42")

    told = tell(lab, "import os, beside; print(os.getcwd(), beside.answer)", cwd=str(tmp_path))

    assert told == f"{tmp_path} 42"


def test_a_kernel_keeps_no_history_of_what_was_typed(lab):
    assert tell(lab, "print(get_ipython().history_manager.enabled)") == "False"


def test_what_the_parent_left_out_for_speed_can_be_imported(lab):
    assert tell(lab, "import sys; print('rfc3987_syntax' in sys.modules)") == "False"


def test_a_kernel_has_the_limits_of_its_owner(lab):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    told = tell(lab, "import resource; print(*resource.getrlimit(resource.RLIMIT_NOFILE))")

    assert told == f"{soft} {hard}"


OPEN = """
import os
paths = [f'/proc/self/fd/{number}' for number in os.listdir('/proc/self/fd')]
print(sorted(os.readlink(path).split(':')[0] for path in paths if os.path.lexists(path)))
"""


def test_a_kernel_holds_no_line_to_the_kernels_before_it(lab):
    with started(lab) as first, connected(first) as client:
        alone = run(client, OPEN)

        beside = tell(lab, OPEN)

    assert beside == alone


def test_a_kernel_does_not_know_what_ran_in_another(lab):
    tell(lab, "import sys, json; json.left = sys.left = left = 'behind'")

    told = tell(
        lab, "import sys, json; print(hasattr(sys, 'left'), hasattr(json, 'left'), 'left' in globals())"
    )

    assert told == "False False False"


def test_the_browser_can_ask_for_all_widgets_at_once(lab):
    """Ipywidgets was imported when there was no kernel yet to register its control channel with."""
    with started(lab) as manager, connected(manager) as client:
        run(client, "import ipywidgets; slider = ipywidgets.IntSlider(value=42)")
        _send(client, "comm_open", target_name="jupyter.widget.control", data={})
        _send(client, "comm_msg", data={"method": "request_states"})
        reply = _next(client, "comm_msg")

    states = reply["content"]["data"]["states"].values()
    assert [state["state"]["value"] for state in states if state["model_name"] == "IntSliderModel"] == [42]


def _send(client, kind, **content):
    message = client.session.msg(kind, {"comm_id": "control", **content}, metadata={"version": "1.0.0"})
    client.shell_channel.send(message)


def _next(client, kind):
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["msg_type"] == kind:
            return message


PLOT = "import matplotlib.pyplot as plt; plt.plot([1, 3, 2]); None"


@pytest.mark.parametrize("code", [PLOT, PLOT + "\nplt.show()"], ids=["left open", "shown"])
def test_a_figure_is_really_sent(lab, code):
    """Matplotlib and its backend were imported when there was no kernel to send figures to."""
    with started(lab) as manager, connected(manager) as client:
        client.execute(code)
        shown = _next(client, "display_data")

    assert shown["content"]["data"]["image/png"].startswith("iVBORw0KGgo")


def test_a_figure_goes_elsewhere_when_the_environment_says_so(lab):
    told = tell(
        lab,
        "import matplotlib; print(matplotlib.get_backend())",
        env={**os.environ, "MPLBACKEND": "svg"},
    )

    assert told == "svg"


def test_a_picture_of_a_notebook_is_sent_by_a_kernel_that_warmed_nothing(tmp_path):
    with started(install(tmp_path)) as manager, connected(manager) as client:
        client.execute(
            "from IPython.display import Image, display; display(Image(data=b'\\x89PNG', format='png'))"
        )
        shown = _next(client, "display_data")

    assert shown["content"]["data"]["image/png"] == "iVBORw=="


def module(folder: Path, name: str, text: str) -> dict[str, str]:
    """Write a module; return the environment of a kernel that finds it."""
    (folder / f"{name}.py").write_text(text)
    os.utime(folder / f"{name}.py", (1_700_000_000, 1_700_000_000))
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


UNSAFE = {
    "a thread was started by importing unsafe": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=[99], daemon=True).start()",
    "a anon_inode was left open by importing unsafe": "import asyncio\nloop = asyncio.new_event_loop()",
    "a file was left open by importing unsafe": "import sqlite3\nbase = sqlite3.connect('{base}')",
    "a socket was left open by importing unsafe": "import socket\nline = socket.socket()",
}


@pytest.mark.parametrize("reason", UNSAFE)
def test_a_module_that_would_break_forks_makes_kernels_start_the_ordinary_way(tmp_path, reason):
    sqlite3.connect(tmp_path / "base.db").close()
    environment = module(tmp_path, "unsafe", UNSAFE[reason].format(base=tmp_path / "base.db"))
    lab = install(tmp_path / "jupyter", "unsafe")

    first = tell(lab, "import os; print(os.getppid())", env=environment)
    second = tell(lab, "import os; print(os.getppid())", env=environment)

    assert (first, second) == (str(os.getpid()), str(os.getpid()))
    assert status().reason == reason
    assert status().reason == reason
    assert not status().forked


def test_a_module_that_cannot_be_imported_is_named_and_the_rest_is_warm(tmp_path):
    environment = module(tmp_path, "broken", "import nothing_by_that_name")
    lab = install(tmp_path / "jupyter", "broken", "wave")

    told = tell(lab, "import os, sys; print(os.getppid(), 'wave' in sys.modules)", env=environment)

    assert told != f"{os.getpid()} True"
    assert told.endswith("True")
    assert "broken" in status().missing


def test_a_module_that_was_changed_is_never_served_as_it_was(tmp_path):
    environment = module(tmp_path, "moving", "value = 'old'")
    lab = install(tmp_path / "jupyter", "moving")
    ask = "import os, moving; print(moving.value, os.getppid())"
    old, warm = tell(lab, ask, env=environment).split()

    (tmp_path / "moving.py").write_text("value = 'new'")
    new, meanwhile = tell(lab, ask, env=environment).split()
    again = "meanwhile"
    while again in ("meanwhile", str(os.getpid())):
        latest, again = tell(lab, ask, env=environment).split()

    assert (old, new, latest) == ("old", "new", "new")
    assert meanwhile == str(os.getpid())  # the ordinary way, until the new parent is warm
    assert again not in (warm, str(os.getpid()))


def test_a_server_warms_the_parent_before_the_first_kernel_is_wanted(tmp_path):
    environment = module(tmp_path, "early", "")
    spec = kernelspec(["early"])

    assert warm_up(spec, environment) == ""
    told = tell(
        install(tmp_path / "jupyter", "early"), "import sys; print('early' in sys.modules)", env=environment
    )

    assert told == "True"


def test_all_that_our_kernelspec_names_can_be_imported_and_forked(tmp_path):
    names = kernelspec()["metadata"]["kernel_provisioner"]["config"]["modules"]
    modules = [name.partition(":")[0] for name in names]
    lab = warmed(install(tmp_path, *names))

    told = tell(lab, f"import os, sys; print(os.getppid(), [n for n in {modules!r} if n not in sys.modules])")

    parent, _, absent = told.partition(" ")
    assert absent == "[]"
    assert int(parent) != os.getpid()


def test_the_kernelspec_is_the_one_that_travels_with_the_package(tmp_path):
    place = install(tmp_path) / "kernels/forked/kernel.json"

    assert json.loads(place.read_text()) == kernelspec([])
    assert kernelspec()["argv"][:3] == ["python", "-m", "ipykernel_launcher"]


SHELL = """
import os
shell = get_ipython()
print(shell.kernel.shell is shell, shell.starting_dir == os.getcwd(), os.environ["PAGER"])
print(shell.parent is shell.kernel)
print(shell.profile_dir.location != "")
"""


def test_the_shell_that_was_made_before_the_fork_knows_its_kernel_and_its_place(lab, tmp_path):
    told = tell(lab, SHELL, cwd=str(tmp_path)).split()

    assert told == ["True", "True", "cat", "True", "True"]


def test_an_error_in_a_cell_is_told_and_the_shell_goes_on(lab):
    told = tell(lab, "get_ipython().run_cell('1/0', silent=True); print('goes on')")

    assert told.endswith("goes on")


def test_a_kernel_that_is_configured_otherwise_makes_a_shell_of_its_own(lab):
    looks = """
shell = get_ipython()
print(shell.separate_in == "one", shell.kernel.shell is shell, type(shell).instance() is shell)
"""

    assert tell(lab, looks, extra_arguments=["--InteractiveShell.separate_in=one"]) == "True True True"
    assert tell(lab, looks) == "False True True"


PLACE = "import os; print(os.getcwd(), os.environ.get('WHOSE'), len(get_ipython().user_ns['In']))"


def test_two_forks_with_one_shell_differ_in_place_environment_and_what_was_typed(lab, tmp_path):
    for name in ("ann", "bob"):
        folder = tmp_path / name
        folder.mkdir()
        told = tell(lab, PLACE, cwd=str(folder), env={**os.environ, "WHOSE": name})

        assert told == f"{folder} {name} 2"


def test_what_a_kernel_prints_is_its_own(lab):
    with started(lab) as one, started(lab) as two, connected(one) as first, connected(two) as second:
        assert run(first, "print('of one')") == "of one"
        assert run(second, "print('of two')") == "of two"
