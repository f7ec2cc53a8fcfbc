"""An environment that holds what a lock file names and nothing else, made of links to what is installed here.

To fetch and unpack the same 150 packages a second time takes a minute and proves only that pip works.
"""

import os
import re
import sysconfig
import venv
from collections import Counter
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement


def locked(lock: Path) -> list[Distribution]:
    """Return the installed packages that a lock file asks this machine for; another version is an error."""
    lines = re.findall(r"^[\w.-]+==[^\\\n]+", lock.read_text("utf-8"), re.MULTILINE)
    asked = [Requirement(line.strip()) for line in lines]
    wanted = [one for one in asked if one.marker is None or one.marker.evaluate()]
    found = [distribution(one.name) for one in wanted]
    other = [one.name for one, it in zip(wanted, found, strict=True) if it.version not in one.specifier]
    assert other == [], f"another version than the lock's is installed: {other}"

    return found


def environment(place: Path, lock: Path) -> Path:
    """Make an environment with the packages of a lock file; return its Python."""
    venv.create(place, symlinks=True, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    packages = locked(lock)
    owners = Counter(top for one in packages for top in tops(one))
    for one in packages:
        for top in tops(one):
            if owners[top] == 1:
                link(Path(str(one.locate_file(top))), site / top)
        for file in one.files or []:
            if owners[file.parts[0]] != 1 and "__pycache__" not in file.parts and keeps(file):
                link(Path(str(one.locate_file(file))).resolve(), Path(os.path.normpath(site / file)))

    return place / "bin" / "python"


def tops(package: Distribution) -> set[str]:
    """Return the names that a package has in the folder of packages."""
    return {file.parts[0] for file in package.files or []} - {"..", "__pycache__"}


def keeps(file: PurePosixPath) -> bool:
    """Return False for a program: its first line names the environment it was installed into."""
    return "bin" not in file.parts[: file.parts.count("..") + 1]


def link(source: Path, target: Path) -> None:
    """Link to a file or folder, once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.exists() and not target.exists():
        target.symlink_to(source)
