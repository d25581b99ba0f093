"""Do the versions that pyproject.toml allows work? Install the oldest, and the newest, of each and run the tests, with every Python there is.

    python tools/check_bounds.py                                  # both ends with each supported Python found here: the table
    python tools/check_bounds.py lowest --python python3.10       # one end, one Python
    python tools/check_bounds.py highest -- tests/test_cli.py     # what follows -- goes to pytest
    python tools/check_bounds.py lowest --python 3.13 --list      # only tell the versions

``lowest`` takes the oldest allowed version of every package that pyproject.toml names for which there is a wheel for that Python (of those that
come with them, the newest: what an old environment gets when it installs the program today); ``highest`` takes the newest of all, but for
pre-releases. The whole suite runs except what is slow or needs LibreOffice; what needs another program that is missing skips, and the
table says how many did. Every environment is a fresh one that is deleted afterwards (``--keep FOLDER``). Needs ``pip install uv`` and a
package index. Last comes the table, a row for each Python that pyproject.toml names, also for those that are not here: an end that was
not tried is told from one that passed. Exit 0; 1 where a test fails; 2 where no environment can be made, which for ``lowest`` means that
a bound is wrong.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
ENDS = {"lowest": "lowest-direct", "highest": "highest"}
#: There is no wheel of it.
_SOURCE_ONLY = "jieba"
_KINDS = ("failures", "errors", "skipped")


class Outcome(NamedTuple):
    """What came of one end with one Python: an exit status, and in words what the tests said."""

    status: int
    said: str


class Python(NamedTuple):
    """An interpreter: its file, and its version as far as it is known."""

    path: str
    version: str


def supported(pyproject: str) -> list[str]:
    """The versions of Python that the text of pyproject.toml names.

    >>> supported('  "Programming Language :: Python :: 3",\\n  "Programming Language :: Python :: 3.10",')
    ['3.10']
    """
    return re.findall(r'"Programming Language :: Python :: (\d+\.\d+)"', pyproject)


def interpreter(name: str) -> Python | None:
    """The interpreter called ``name`` (``3.10``, ``python3.10``, a path), or none where it does not start."""
    command = f"python{name}" if name[:1].isdigit() else name
    told = "import platform, sys; print(sys.executable); print(platform.python_version())"
    try:
        done = subprocess.run([command, "-c", told], capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    path, version = done.stdout.splitlines()
    return Python(path, version)


def uv() -> str:
    """Where uv is: beside this Python, or on the path."""
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise SystemExit("uv is missing: pip install uv")
    return found


def resolved(end: str, python: str) -> str | None:
    """The packages of one end with their versions, as a list that ``python`` can install; none where there is no such list."""
    command = [
        *(uv(), "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--prerelease", "disallow"),
        *("--only-binary", ":all:", "--no-binary", _SOURCE_ONLY, "--resolution", ENDS[end]),
        *("--python", python, "--extra", "all", "--extra", "dev", "pyproject.toml"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return None
    return done.stdout


def tried(end: str, base: str, folder: Path, arguments: Sequence[str]) -> Outcome:
    """What comes of it when one end goes into a new environment of ``base`` in ``folder`` and the tests run there."""
    packages = resolved(end, base)
    if packages is None:
        return Outcome(2, "no such versions")
    wanted, results = folder / "packages.txt", folder / "results.xml"
    wanted.write_text(packages, "utf-8")
    python = folder / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = [uv(), "pip", "install", "--quiet", "--python", str(python)]
    for command in (
        [uv(), "venv", "--quiet", "--clear", "--python", base, str(folder / "venv")],
        [*install, "-r", str(wanted)],
        [*install, "--no-deps", "-e", str(ROOT)],
    ):
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return Outcome(2, "not installed")
    pytest = [str(python), "-m", "pytest", "-n", "2", "-m", "not slow and not libreoffice", "-p", "no:cacheprovider"]
    done = subprocess.run([*pytest, "--junit-xml", str(results), *arguments], cwd=ROOT, check=False)
    said = summary(results.read_text("utf-8")) if results.exists() else f"pytest left with {done.returncode}"
    return Outcome(min(done.returncode, 2), said)


def summary(results: str) -> str:
    """What a JUnit report of pytest says, in a few words.

    >>> summary('<testsuites><testsuite tests="7" failures="1" errors="0" skipped="2"/></testsuites>')
    '4 passed, 1 failed, 2 skipped'
    """
    counts = dict.fromkeys(("tests", *_KINDS), 0)
    for suite in ElementTree.fromstring(results).iter("testsuite"):
        for kind in counts:
            counts[kind] += int(suite.get(kind, "0"))
    said = {
        "passed": counts["tests"] - sum(counts[kind] for kind in _KINDS),
        "failed": counts["failures"] + counts["errors"],
        "skipped": counts["skipped"],
    }
    return ", ".join(f"{number} {what}" for what, number in said.items() if number or what == "passed")


def table(rows: Iterable[tuple[str, dict[str, Outcome]]], ends: Sequence[str]) -> Iterator[str]:
    """The outcomes, a row for each Python, in Markdown."""
    yield f"| Python | {' | '.join(ends)} |"
    yield "|---|" + "---|" * len(ends)
    for version, outcomes in rows:
        yield f"| {version} | {' | '.join(outcomes[end].said if end in outcomes else 'not tried' for end in ends)} |"


def main() -> int:
    """Try what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("end", nargs="?", choices=list(ENDS), help="default: both")
    parser.add_argument(
        "--python", action="append", metavar="NAME", help="3.10, python3.10 or a path, also several times; default: all that are supported"
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="tell the versions, and install nothing")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the environments there and leave them")
    # What stands after -- is not argparse's: it loses it where an option comes between.
    given = sys.argv[1:]
    ours = given.index("--") if "--" in given else len(given)
    asked = parser.parse_args(given[:ours])
    ends = [asked.end] if asked.end else list(ENDS)
    rows: list[tuple[str, dict[str, Outcome]]] = []
    status = 0
    for name in asked.python or supported((ROOT / "pyproject.toml").read_text("utf-8")):
        python = interpreter(name)
        outcomes: dict[str, Outcome] = {}
        rows.append((python.version if python else f"{name} (not here)", outcomes))
        if python is None and asked.python:
            status = 2
        for end in ends if python else ():
            if asked.list:
                packages = resolved(end, python.path)
                print(f"# {end}, Python {python.version}\n{packages or ''}", end="")
                status = status if packages else 2
                continue
            folder = (asked.keep or Path(tempfile.mkdtemp())) / f"{python.version}-{end}"
            folder.mkdir(parents=True, exist_ok=True)
            try:
                print(f"== {end}, Python {python.version}: {folder / 'packages.txt'}", flush=True)
                outcomes[end] = tried(end, python.path, folder, given[ours + 1 :])
                print(f"== {end}, Python {python.version}: {outcomes[end].said}", flush=True)
                status = max(status, outcomes[end].status)
            finally:
                if asked.keep is None:
                    shutil.rmtree(folder.parent)
    if not asked.list:
        print("", *table(rows, ends), sep="\n")
    if all(version.endswith("(not here)") for version, _ in rows):
        print("no supported Python was found: nothing was tried", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
