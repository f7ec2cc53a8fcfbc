"""The examples in deploy/: each command is ours and takes what it is given; systemd and nginx agree."""

import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import typer
from traitlets.config import Config

from iopkit.cli import app
from iopkit.server.options import Options

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = {path.name: path for path in sorted((DEPLOY / "systemd").glob("iopkit*"))}
SERVICES = [name for name in UNITS if name.endswith(".service")]
TIMERS = [name for name in UNITS if name.endswith(".timer")]
NGINX = (DEPLOY / "nginx" / "iopkit.conf").read_text()
CONTAINER = (DEPLOY / "container" / "Containerfile").read_text()
CLOSED = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
    "User": "iopkit",
    "EnvironmentFile": "/etc/iopkit/environment",
}


def unit(name):
    """Read a unit; of a key that stands there more often, the last."""
    parsed = ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parsed.optionxform = str
    parsed.read_string(UNITS[name].read_text())
    return parsed


def words_of(line):
    """Return the words of a command as systemd runs it, a shell's own command instead of the shell."""
    words = shlex.split(line.replace("%%", "%").replace("$$", "$").replace("%i", "8866"))
    return shlex.split(words[2].removeprefix("exec ")) if words[0] == "/bin/sh" else words


def understood(words):
    """Fail unless these are words that iopkit takes: the command is there, and so is each of its options."""
    command = typer.main.get_command(app)
    context = command.make_context("iopkit", list(words), resilient_parsing=True)
    name, inner, rest = command.resolve_command(context, list(words))
    taken = inner.make_context(name, list(rest), parent=context, resilient_parsing=False)
    assert taken.args == []
    return name


COMMANDS = {name: words_of(unit(name)["Service"]["ExecStart"]) for name in SERVICES}


def test_each_thing_that_runs_by_the_clock_has_a_timer_and_a_service():
    assert SERVICES == [
        "iopkit-backup.service",
        "iopkit-remind.service",
        "iopkit-report.service",
        "iopkit@.service",
    ]
    assert [name.replace(".timer", ".service") for name in TIMERS] == SERVICES[:3]


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_runs_a_command_of_ours_with_options_that_it_has(name):
    program, *words = COMMANDS[name]

    assert program == "/opt/iopkit/bin/iopkit"
    assert understood(words) == {"iopkit@.service": "serve"}.get(name, name[7:].split(".")[0])


def test_an_option_that_a_command_does_not_have_is_found():
    with pytest.raises(Exception, match="--no-such"):
        understood(["serve", "--no-such"])


def test_each_command_in_a_unit_explains_itself():
    names = sorted({words[1] for words in COMMANDS.values()})

    for name in names:
        done = subprocess.run(
            [sys.executable, "-m", "iopkit", name, "--help"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0
        assert f"iopkit {name}" in done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_closed_up(name):
    service = unit(name)["Service"]

    assert {key: service.get(key) for key in CLOSED} == CLOSED
    assert "AF_UNIX AF_INET AF_INET6" in service["RestrictAddressFamilies"]
    assert "root" not in UNITS[name].read_text()


def test_the_server_starts_again_and_keeps_its_kernels_files_to_itself():
    service = unit("iopkit@.service")["Service"]

    assert service["Restart"] == "always"
    assert service["RuntimeDirectory"] == "iopkit-%i"
    assert "Environment=JUPYTER_RUNTIME_DIR=/run/iopkit-%i" in UNITS["iopkit@.service"].read_text()


@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_has_an_hour_and_is_wanted(name):
    timer = unit(name)

    assert timer["Timer"]["OnCalendar"]
    assert timer["Install"]["WantedBy"] == "timers.target"


def test_the_settings_are_settings_of_ours():
    named = re.findall(r"^(\w+)=", (DEPLOY / "systemd" / "environment").read_text(), re.M)
    table = (ROOT / "docs" / "command-line.md").read_text()

    assert [name for name in named if f"`{name}`" not in table] == []
    assert "IOPKIT_OWNER_URL" not in named  # the server and its kernels never get it


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("name", [*SERVICES, *TIMERS])
def test_systemd_finds_nothing_wrong(name, tmp_path):
    for other, path in UNITS.items():
        text = path.read_text().replace("/opt/iopkit/bin/iopkit", sys.executable)
        (tmp_path / other).write_text(text)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / name],
        capture_output=True,
        text=True,
        check=False,
    )

    assert [line for line in done.stderr.splitlines() if "iopkit" in line] == []


def nginx(name):
    """Return the values of a directive, wherever it stands."""
    return re.findall(rf"^\s*{name}\s+(.*);$", NGINX, re.M)


def test_nginx_sets_the_headers_that_the_server_believes_and_lets_none_through():
    headers = dict(re.split(r"\s+", value, maxsplit=1) for value in nginx("proxy_set_header"))

    assert headers == {
        "Host": "$host",
        "X-Real-IP": "$remote_addr",
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "https",
        "X-Scheme": "https",
        "Upgrade": "$http_upgrade",
        "Connection": "$iopkit_connection",
    }


def test_nginx_keeps_a_sign_in_at_one_server_by_the_cookie_that_is_ours(tmp_path):
    pattern = re.search(r'"~(.*__Host-iopkit=.*?)"', NGINX)[1].replace("?<", "?P<")
    options = Options(str(tmp_path), str(tmp_path), tmp_path, behind_proxy=True)

    found = re.search(pattern, f"_xsrf=2|a; {options.cookie}=token-1; other=x")

    assert found["iopkit_login"] == "token-1"
    assert re.search(pattern, f"{options.step_cookie}=token-2; x{options.cookie}=token-3") is None
    assert re.findall(r"^\s*hash\s+(\S+)\s+consistent;", NGINX, re.M) == ["$iopkit_sticks_to"]
    assert len(re.findall(r"^\s*server 127\.0\.0\.1:\d+ max_fails=1", NGINX, re.M)) == 2


def test_nginx_writes_no_address_of_a_page_to_its_log():
    format_ = re.search(r"log_format iopkit '(.*)';", NGINX)[1]

    assert not re.search(r"\$(request|request_uri|uri|args|http_referer|http_cookie)\b", format_)
    assert nginx("access_log") == ["off", "/var/log/nginx/iopkit.log iopkit"]


def test_nginx_speaks_only_tls_and_takes_no_more_than_the_server():
    assert nginx("ssl_protocols") == ["TLSv1.2 TLSv1.3"]
    assert nginx("client_max_body_size") == ["64k"]
    assert nginx("return") == ["301 https://clinic.example$request_uri"]


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_finds_nothing_wrong(tmp_path):
    certificate(tmp_path)
    text = NGINX.replace("/etc/nginx/certificates", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    text = re.sub(r"^ *listen \[::\].*$", "", text, flags=re.M)
    text = re.sub(r"listen (\d+)", rf"listen unix:{tmp_path}/\1", text)
    (tmp_path / "iopkit.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; include {tmp_path}/iopkit.conf; }}\n"
    )

    done = subprocess.run(
        ["nginx", "-t", "-q", "-p", tmp_path, "-c", tmp_path / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def certificate(folder):
    """Write a certificate of an invented host, and its key."""
    subject = ["-subj", "/CN=clinic.example", "-days", "2", "-nodes"]
    files = ["-keyout", folder / "clinic.example.key", "-out", folder / "clinic.example.pem"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run(["openssl", "req", "-x509", *kind, *subject, *files], check=True, capture_output=True)


def test_the_container_runs_as_nobody_special_and_holds_no_key():
    *_, final = CONTAINER.split("\nFROM ")

    assert re.search(r"^USER 10001$", final, re.M)
    assert final.index("USER 10001") < final.index("ENTRYPOINT")
    assert "COPY --from=build /opt/iopkit /opt/iopkit" in final
    assert len(re.findall(r"^COPY|^ADD", final, re.M)) == 1
    assert re.search(r'^VOLUME \["/data", "/keys"\]$', final, re.M)
    assert "--require-hashes" in CONTAINER
    assert not re.search(r"BEGIN .*KEY|PASSWORD|SECRET", CONTAINER)


def test_what_the_container_runs_is_a_command_of_ours():
    entry = re.search(r'^ENTRYPOINT \["iopkit"\]$', CONTAINER, re.M)
    words = re.findall(r'"([^"]*)"', re.search(r"^CMD \[(.*)\]$", CONTAINER.split("ENTRYPOINT")[1], re.M)[1])

    assert entry
    assert understood(words) == "serve"


def test_no_key_or_database_gets_into_the_build():
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {"*.key", "*.db", "*.iopkit", ".git", ".venv"} <= set(ignored)


def test_the_hub_starts_a_command_of_ours_and_gives_authors_no_key():
    found = Config()
    code = (DEPLOY / "jupyterhub" / "jupyterhub_config.py").read_text()

    exec(
        compile(code, "jupyterhub_config.py", "exec"), {"get_config": lambda: found}
    )  # as JupyterHub reads it

    (service,) = found.JupyterHub.services
    assert understood(service["command"][1:]) == "serve"
    assert "url" not in service
    table = (ROOT / "docs" / "command-line.md").read_text()
    ours = {name for name in service["environment"] if name.startswith("IOPKIT_")}
    assert {name for name in ours if f"`{name}`" not in table} == set()
    assert set(found.Spawner.environment) == {"IOPKIT_WORKSHEETS"}
    assert not [name for name in found.Spawner.env_keep if name.startswith("IOPKIT")]


@pytest.mark.parametrize("name", sorted(path.name for path in DEPLOY.rglob("*") if path.is_file()))
def test_the_docs_lead_to_each_example(name):
    page = (ROOT / "docs" / "deploy.md").read_text()
    unit_name = name.replace("@.", "@8866.").replace("backup.service", "backup.timer")
    unit_name = unit_name.replace("remind.service", "remind.timer").replace("report.service", "report.timer")

    assert unit_name in page
