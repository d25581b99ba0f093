"""Make a release, step by step, each step also of use by itself.

    python tools/release.py check --tag v0.1.0        # version, tag and changelog agree
    python tools/release.py build --out dist          # sdist and wheel, built twice and compared byte by byte
    python tools/release.py sbom dist/*.whl --out dist/reportlint.cdx.json
    python tools/release.py audit dist/*.whl          # known vulnerabilities of what gets installed with it
    python tools/release.py audit dist/*.whl --advisories DIR    # without a network: from a checkout of pypa/advisory-database

``build`` takes what is committed, not what lies about, and the time of the commit as the time of every file, so that anybody can build the
same bytes again. ``sbom`` and ``audit`` install the wheel with all its extras into a fresh environment and look at that; they need the extra
``release``. ``audit`` asks an advisory service over the network, after that has shown that it knows a vulnerability of old, or the folder that
``--advisories`` names; it says which of them was asked about how many packages, and takes a list (``name==1.2.3``) as well as a wheel.
Exit 0; 1 where something does not hold; 2 where it could not be tried.
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
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([\w.!+-]+)", re.MULTILINE)
#: A release that every advisory database has known for years.
_FLAWED = ("jinja2", "2.4.1")
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


def numbered(project: str, wheel: Path) -> str:
    """A pyproject.toml that takes its version from elsewhere, with the version of ``wheel`` in it: a bill must say what it is the bill of.

    >>> numbered('name = "a"\\ndynamic = ["version"]\\n', Path("a-1.2.3-py3-none-any.whl"))
    'name = "a"\\nversion = "1.2.3"\\n'
    """
    return project.replace('dynamic = ["version"]', f'version = "{wheel.name.split("-")[1]}"')


def sbom(wheel: Path, out: Path) -> None:
    """Write what gets installed with ``wheel`` as CycloneDX JSON; the same environment gives the same bytes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        python = furnished(wheel, Path(name, "venv"))
        project = Path(name, "pyproject.toml")
        project.write_text(numbered((ROOT / "pyproject.toml").read_text("utf-8"), wheel), "utf-8")
        command = [
            sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--pyproject", str(project),
            "--output-format", "JSON", "--output-file", str(out), str(python),
        ]  # fmt: skip
        _run(command, "cyclonedx-bom")
    print(out)


def audit(what: Path, advisories: Path | None = None) -> None:
    """Ask for known vulnerabilities of everything that gets installed with a wheel, or of a list of packages, and tell what was asked of whom."""
    with tempfile.TemporaryDirectory() as name:
        if what.suffix == ".whl":
            packages = there(furnished(what, Path(name)))
        else:
            packages = dict(_PINNED.findall(what.read_text("utf-8")))
        if not packages:
            raise UntriedError(f"{what} names no packages: a wheel, or a list with lines like name==1.2.3, is expected")
        if advisories is not None:
            _audit_here(packages, advisories)
        else:
            _audit_there(packages, Path(name))


def there(python: Path) -> dict[str, str]:
    """The packages in the environment of ``python`` apart from our own, versions by name."""
    told = "import importlib.metadata as m; print(*(f'{d.name}=={d.version}' for d in m.distributions()), sep='\\n')"
    done = subprocess.run([str(python), "-c", told], capture_output=True, text=True, check=True)
    return {name: number for name, number in sorted(_PINNED.findall(done.stdout)) if name != "reportlint"}


def _audit_here(packages: Mapping[str, str], folder: Path) -> None:
    """Ask a folder of advisories."""
    try:
        import advisories
    except ModuleNotFoundError as missing:
        raise UntriedError(f"{missing.name} is not installed: pip install -e '.[release]'") from missing
    try:
        answer = advisories.asked(folder, packages)
    except (advisories.UnreadableError, OSError, UnicodeDecodeError) as wrong:
        raise UntriedError(str(wrong)) from wrong
    print(
        f"asked: {answer.advisories} advisories in {folder}, the youngest of {answer.youngest}, about {len(packages)} packages"
    )
    print(
        f"not asked: any service; what became known after {answer.youngest}, or stands in another database, is not known here"
    )
    if answer.known:
        raise BrokenError("\n".join(map(str, answer.known)))
    print("no vulnerability known there")


def _audit_there(packages: Mapping[str, str], folder: Path) -> None:
    """Ask the advisory service of pip-audit, which has to show first that it knows anything."""
    if not _asked_service({_FLAWED[0]: _FLAWED[1]}, folder).returncode:
        raise UntriedError(
            f"the advisory service knows nothing of {' '.join(_FLAWED)}, which is known to be vulnerable: it can tell nothing"
        )
    done = _asked_service(packages, folder)
    said = (done.stdout + done.stderr).strip()
    if done.returncode:
        raise BrokenError(said)
    print(f"asked: the advisory service of pip-audit, about {len(packages)} packages\nno known vulnerabilities")


def _asked_service(packages: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What pip-audit says of ``packages``; raises `UntriedError` where the service did not answer about every one."""
    wanted = folder / "packages.txt"
    wanted.write_text("".join(f"{name}=={number}\n" for name, number in packages.items()), "utf-8")
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--strict",
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "-r",
        str(wanted),
    ]
    done = _run(command, "pip-audit", may_fail=True)
    said = (done.stdout + done.stderr).strip().splitlines()
    unanswered = [line for line in said if "could not be audited" in line or "Error" in line or "Max retries" in line]
    if unanswered:
        raise UntriedError(
            f"the advisory service did not answer, so nothing is known: {unanswered[-1][:200]}\n"
            "without it: --advisories DIR, a checkout of https://github.com/pypa/advisory-database"
        )
    return done


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
    one.add_argument("what", type=Path, metavar="WHEEL|LIST")
    one.add_argument("--advisories", type=Path, metavar="DIR", help="ask these files and no service")
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
            audit(options.what, options.advisories)
    except BrokenError as wrong:
        print(f"release: {wrong}", file=sys.stderr)
        return 1
    except UntriedError as wrong:
        print(f"release: {wrong}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
