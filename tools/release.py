"""Make a release, step by step, each step also of use by itself.

    python tools/release.py check --tag v0.1.0        # version, tag and changelog agree
    python tools/release.py build --out dist          # sdist and wheel, built twice and compared byte by byte
    python tools/release.py sbom dist/*.whl --out dist/reportlint.cdx.json
    python tools/release.py audit dist/*.whl          # known vulnerabilities of what gets installed with it

``build`` takes what is committed, not what lies about, and the time of the commit as the time of every file, so that anybody can build the
same bytes again. ``sbom`` and ``audit`` install the wheel with all its extras into a fresh environment and look at that; they need the extra
``release``, and ``audit`` asks an advisory service over the network. Exit 0; 1 where something does not hold; 2 where it could not be tried.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
_DATED = r"^## {}（(\d{{4}}-\d{{2}}-\d{{2}})）$"


class BrokenError(Exception):
    """Something a release must hold does not; the message says what to do."""


class UntriedError(Exception):
    """A step could not be tried; the message says why."""


def git(*arguments: str) -> bytes:
    """What git prints."""
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=False)
    if done.returncode:
        raise UntriedError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def version(tree: Path = ROOT) -> str:
    """The version the package gives itself."""
    found = _VERSION.search((tree / "linter" / "reportlint" / "__init__.py").read_text("utf-8"))
    if found is None:
        raise BrokenError("linter/reportlint/__init__.py has no line __version__ = …")
    return found[1]


def check(tag: str | None, tree: Path = ROOT) -> None:
    """Raise `BrokenError` unless version, changelog and (where one is given) tag agree."""
    here = version(tree)
    if not _SEMANTIC.fullmatch(here):
        raise BrokenError(f"version {here} is not MAJOR.MINOR.PATCH")
    changes = (tree / "CHANGELOG.md").read_text("utf-8")
    if not re.search(rf"^## {re.escape(here)}（", changes, re.MULTILINE):
        raise BrokenError(f"CHANGELOG.md has no part “## {here}（…）”")
    if tag is None:
        return
    if tag != f"v{here}":
        raise BrokenError(f"the tag is {tag}, the package says {here}: change __version__ or the tag")
    if not re.search(_DATED.format(re.escape(here)), changes, re.MULTILINE):
        raise BrokenError(f"CHANGELOG.md: write the day of the release into “## {here}（YYYY-MM-DD）”")


def exported(revision: str, folder: Path) -> Path:
    """The committed files of ``revision``, in ``folder``."""
    with tarfile.open(fileobj=BytesIO(git("archive", "--format=tar", revision))) as archive:
        archive.extractall(folder, filter="data")
    return folder


def built(tree: Path, target: Path, epoch: str) -> Path:
    """The sdist of ``tree``, and the wheel made from that sdist, in ``target``: what a stranger who builds from source gets."""
    _hatch(tree, target, epoch, "sdist")
    (source,) = target.glob("*.tar.gz")
    with tempfile.TemporaryDirectory() as name:
        with tarfile.open(source) as archive:
            archive.extractall(name, filter="data")
        (inner,) = Path(name).iterdir()
        _hatch(inner, target, epoch, "wheel")
    return target


def _hatch(tree: Path, target: Path, epoch: str, kind: str) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(target)]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BrokenError(f"hatchling could not build the {kind}:\n{done.stdout}{done.stderr}")


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 by file name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()
    }


def left_out(wheel: Path, tree: Path) -> Iterator[str]:
    """Files of the packages that are committed and not in the wheel, and files in the wheel that nobody committed."""
    wanted = {
        path.relative_to(tree / root).as_posix()
        for root in ("linter", "rules")
        for path in (tree / root).rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        there = {name for name in archive.namelist() if ".dist-info/" not in name}
    yield from (f"missing in the wheel: {name}" for name in sorted(wanted - there))
    yield from (f"only in the wheel: {name}" for name in sorted(there - wanted))


def build(out: Path, revision: str) -> None:
    """Build twice, in different folders; put one of the two, and its sums, into ``out``."""
    epoch = git("log", "-1", "--format=%ct", revision).decode().strip()
    with tempfile.TemporaryDirectory() as name:
        first, second = (
            built(exported(revision, Path(name, which, "tree")), Path(name, which, "dist"), epoch) for which in "ab"
        )
        if sums(first) != sums(second):
            raise BrokenError(f"two builds of {revision} differ: {sums(first)} and {sums(second)}")
        (wheel,) = first.glob("*.whl")
        if wrong := list(left_out(wheel, Path(name, "a", "tree"))):
            raise BrokenError("\n".join(wrong))
        out.mkdir(parents=True, exist_ok=True)
        for path in first.iterdir():
            (out / path.name).write_bytes(path.read_bytes())
        lines = [f"{digest}  {file}\n" for file, digest in sums(first).items()]
    (out / "SHA256SUMS").write_text("".join(lines), "utf-8")
    sys.stdout.writelines(lines)


def furnished(wheel: Path, folder: Path) -> Path:
    """The interpreter of a fresh environment in ``folder`` into which ``wheel`` went with all its extras."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel.resolve()}[all]"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise UntriedError(f"pip could not install {wheel.name}: {done.stderr.strip()}")
    # pip is what installed it, not what it needs.
    subprocess.run([str(python), "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools", "pip"], check=False)
    return python


def sbom(wheel: Path, out: Path) -> None:
    """Write what gets installed with ``wheel`` as CycloneDX JSON; the same environment gives the same bytes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        python = furnished(wheel, Path(name))
        command = [
            sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--pyproject", str(ROOT / "pyproject.toml"),
            "--output-format", "JSON", "--output-file", str(out), str(python),
        ]  # fmt: skip
        _run(command, "cyclonedx-bom")
    print(out)


def audit(wheel: Path) -> None:
    """Ask for known vulnerabilities of everything that gets installed with ``wheel``."""
    with tempfile.TemporaryDirectory() as name:
        python = furnished(wheel, Path(name))
        found = subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        )
        command = [sys.executable, "-m", "pip_audit", "--strict", "--path", found.stdout.strip()]
        done = _run(command, "pip-audit", may_fail=True)
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()
        if any("could not be audited" in line or "ConnectionError" in line or "Max retries" in line for line in said):
            raise UntriedError(f"the advisory service could not be asked: {said[-1]}")
        raise BrokenError("\n".join(said))
    print(done.stdout.strip() or "no known vulnerabilities")


def _run(command: Sequence[str], package: str, *, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "No module named" in done.stderr and done.returncode == 1:
        raise UntriedError(f"{package} is not installed: pip install -e '.[release]'")
    if done.returncode and not may_fail:
        raise UntriedError(f"{package}: {done.stderr.strip()}")
    return done


def main() -> int:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    one = steps.add_parser("check", help="version, tag and changelog agree")
    one.add_argument("--tag")
    one = steps.add_parser("build", help="sdist and wheel, reproducibly")
    one.add_argument("--out", type=Path, default=ROOT / "dist")
    one.add_argument("--revision", default="HEAD")
    one = steps.add_parser("sbom", help="what gets installed with the wheel")
    one.add_argument("wheel", type=Path)
    one.add_argument("--out", type=Path, required=True)
    one = steps.add_parser("audit", help="known vulnerabilities of it")
    one.add_argument("wheel", type=Path)
    options = parser.parse_args()
    try:
        if options.step == "check":
            check(options.tag)
            print(f"{version()}: ok")
        elif options.step == "build":
            build(options.out, options.revision)
        elif options.step == "sbom":
            sbom(options.wheel, options.out)
        else:
            audit(options.wheel)
    except BrokenError as wrong:
        print(f"release: {wrong}", file=sys.stderr)
        return 1
    except UntriedError as wrong:
        print(f"release: {wrong}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
