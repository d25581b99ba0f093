"""Do the versions that pyproject.toml allows work? Install the oldest, or the newest, of each and run the tests with them.

    python tools/check_bounds.py                                # both ends, one after the other, with this Python
    python tools/check_bounds.py lowest --python python3.10     # one end, with another Python
    python tools/check_bounds.py highest -- tests/test_cli.py   # what follows -- goes to pytest
    python tools/check_bounds.py lowest --list                  # only tell the versions

``lowest`` takes the oldest allowed version of every package that pyproject.toml names (of those that come with them, the newest: what
an old environment gets when it installs the program today); ``highest`` takes the newest of all, but for pre-releases. The whole suite runs
except what is slow; tests that need another program skip where it is missing, and how many did is in pytest's last line. Needs
``pip install uv`` and a package index; every environment is a fresh one that is deleted afterwards (``--keep FOLDER``).
Exit 0; 1 where a test fails; 2 where no environment can be made, which for ``lowest`` means that a bound is wrong.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENDS = {"lowest": "lowest-direct", "highest": "highest"}


def uv() -> str:
    """Where uv is: beside this Python, or on the path."""
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise SystemExit("uv is missing: pip install uv")
    return found


def resolved(end: str, python: str) -> str:
    """The packages of one end with their versions, as a list that ``python`` can install."""
    command = [
        uv(),
        "pip",
        "compile",
        "--quiet",
        "--no-header",
        "--no-annotate",
        "--prerelease",
        "disallow",
        "--resolution",
        ENDS[end],
    ]
    done = subprocess.run(
        [*command, "--python", python, "--extra", "all", "--extra", "dev", "pyproject.toml"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(2)
    return done.stdout


def tried(end: str, base: str, folder: Path, arguments: Sequence[str]) -> int:
    """Install one end into a new environment of ``base`` in ``folder`` and run the tests there; what pytest exits with."""
    wanted = folder / "packages.txt"
    wanted.write_text(resolved(end, base), "utf-8")
    python = folder / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = [uv(), "pip", "install", "--quiet", "--python", str(python)]
    for command in (
        [uv(), "venv", "--quiet", "--python", base, str(folder / "venv")],
        [*install, "-r", str(wanted)],
        [*install, "--no-deps", "-e", str(ROOT)],
    ):
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return 2
    pytest = [str(python), "-m", "pytest", "-n", "2", "-m", "not slow and not libreoffice", "-p", "no:cacheprovider"]
    return subprocess.run([*pytest, *arguments], cwd=ROOT, check=False).returncode


def main() -> int:
    """Try what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("end", nargs="?", choices=list(ENDS), help="default: both")
    parser.add_argument("--python", default=sys.executable, help="the interpreter; default this one")
    parser.add_argument("--list", action="store_true", help="tell the versions, and install nothing")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the environments there and leave them")
    # What stands after -- is not argparse's: it loses it where an option comes between.
    given = sys.argv[1:]
    ours = given.index("--") if "--" in given else len(given)
    asked = parser.parse_args(given[:ours])
    status = 0
    for end in [asked.end] if asked.end else ENDS:
        if asked.list:
            print(resolved(end, asked.python), end="")
            continue
        folder = (asked.keep or Path(tempfile.mkdtemp())) / end
        folder.mkdir(parents=True, exist_ok=True)
        try:
            print(f"== {end}: {folder / 'packages.txt'}", flush=True)
            done = tried(end, asked.python, folder, given[ours + 1 :])
            print(f"== {end}: {'sound' if not done else f'exit {done}'}", flush=True)
            status = max(status, min(done, 2))
        finally:
            if asked.keep is None:
                shutil.rmtree(folder.parent)
    return status


if __name__ == "__main__":
    sys.exit(main())
