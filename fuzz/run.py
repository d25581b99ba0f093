"""Coverage-guided fuzzing of every reader, of the grammars and of the whole pipeline.

    python fuzz/run.py                      every target, 60 seconds each
    python fuzz/run.py pipeline --seconds 600
    python fuzz/run.py --seconds 200 --cpu  200 seconds of processor time each, however long that takes on a busy machine
    python fuzz/run.py --replay             the kept inputs only, without atheris

Needs ``pip install atheris``. What is found while it runs is kept below ``--work`` (by default the user's cache folder), and the next run
starts from there; an input that breaks something is written there too, and belongs into ``fuzz/corpus/TARGET/`` once it is mended.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
CORPUS = HERE / "corpus"
ROOT = HERE.parent
#: Targets whose input comes from files of the repository besides their own corpus, and what one input may weigh.
_FILES = {"docx": "*.docx", "xlsx": "*.xlsx", "xls": "*.xls", "pdf": "*.pdf", "html": "*.htm*"}
_LONGEST = {"docx": 60_000, "xlsx": 30_000, "xls": 30_000, "pdf": 60_000, "html": 30_000, "word-parts": 8_000}
_SHORT = 1_500
#: How many times its processor time a run may take on the clock.
_PATIENCE = 60
#: The processor time in seconds that one input may take, where it is processor time that counts.
_SLOW = 20


def main() -> int:
    """Run what is asked for; 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--cpu", action="store_true", help="count seconds of processor time, not of the clock")
    parser.add_argument("--work", type=Path, default=None, help="where what is found is kept")
    parser.add_argument("--replay", action="store_true", help="only the kept inputs")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    from targets import TARGETS

    wrong = [name for name in asked.targets if name not in TARGETS]
    if wrong:
        parser.error(f"no target {wrong[0]}; there are {', '.join(TARGETS)}")
    chosen = asked.targets or list(TARGETS)
    if asked.replay:
        return max(map(_replay, chosen))
    work = asked.work or _work()
    if asked.child:
        return _fuzz(chosen[0], asked.seconds, work, cpu=asked.cpu)
    broken = []
    for name in chosen:
        command = [sys.executable, __file__, name, "--seconds", str(asked.seconds), "--work", str(work), "--child"]
        command += ["--cpu"] if asked.cpu else []
        start, spent = time.monotonic(), _spent()
        log = work / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as file:
            done = subprocess.run(command, stdout=file, stderr=file, check=False)
        print(f"{name:14} {_summary(log)}, {time.monotonic() - start:.0f} s, CPU {_spent() - spent:.0f} s", flush=True)
        if done.returncode:
            broken.append(name)
            print(f"  broken: {log}", flush=True)
    return int(bool(broken))


def inputs(name: str) -> Iterator[bytes]:
    """What the fuzzing of a target starts from: its kept inputs, files of the repository, examples of rules."""
    yield from kept(name)
    if name in _FILES:
        for path in sorted((ROOT / "tests" / "documents").rglob(_FILES[name])):
            if path.stat().st_size <= _LONGEST[name]:
                yield path.read_bytes()
    if name in ("txt", "md", "grammar", "pipeline", "word-round"):
        from reportlint.registry import rules

        for rule in rules():
            for example in (*rule.bad, *rule.good):
                yield example.replace("⟦", "").replace("⟧", "").encode()


def kept(name: str) -> Iterator[bytes]:
    """The inputs of a target that are kept in the repository: what to start from, and what once broke something."""
    for path in sorted(CORPUS.joinpath(name).glob("*")):
        yield path.read_bytes()


def _replay(name: str) -> int:
    from targets import TARGETS

    for data in inputs(name):
        TARGETS[name](data)
    return 0


def _fuzz(name: str, seconds: int, work: Path, *, cpu: bool = False) -> int:
    """Fuzz one target in this process, which libFuzzer ends."""
    import atheris
    from fragments import changed, pieces

    with atheris.instrument_imports(include=["reportlint", "reportlint_rules"]):
        for module in [
            one for one in sys.modules if one.partition(".")[0] in ("reportlint", "reportlint_rules", "targets")
        ]:
            del sys.modules[module]
        from targets import TARGETS

        import reportlint
        import reportlint_rules

        for package in (reportlint, reportlint_rules):
            for module in walk_packages(package.__path__, f"{package.__name__}."):
                if (
                    not module.name.endswith(("__main__", "apart"))
                    and ".web" not in module.name
                    and ".lsp" not in module.name
                ):
                    import_module(module.name)  # readers and reporters are imported late, when nobody counts any more

    found = work / name
    start = work / f"{name}.start"
    for folder in (found, start):
        folder.mkdir(parents=True, exist_ok=True)
    longest = _LONGEST.get(name, _SHORT)
    for number, data in enumerate(inputs(name)):
        if len(data) <= longest:
            start.joinpath(f"{number:05}").write_bytes(data)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        if not pieces(name) or seed % 8 == 0:
            return bytes(atheris.Mutate(data, most))
        return changed(data.decode("utf-8", "replace"), name, seed).encode()[:most]

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    options = (
        *(
            f"-max_total_time={seconds * (_PATIENCE if cpu else 1)}",
            f"-max_len={longest}",
            f"-timeout={60 * (_PATIENCE if cpu else 1)}",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
        ),
        *("-verbosity=1", f"-artifact_prefix={work / name}-broken-", "-use_value_profile=0"),
    )
    target = _within(seconds, TARGETS[name]) if cpu else TARGETS[name]
    atheris.Setup([name, *options, str(found), str(start)], target, custom_mutator=mutated)
    atheris.Fuzz()
    return 0


def _within(seconds: int, target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """``target``, which asks libFuzzer to end once it and its processes have used ``seconds`` of processor time."""
    end = sum(os.times()[:4]) + seconds

    def counted(data: bytes) -> None:
        start = sum(os.times()[:4])
        target(data)
        done = sum(os.times()[:4])
        assert done - start < _SLOW, f"one input took {done - start:.0f} s"
        if done >= end:
            os.kill(os.getpid(), signal.SIGUSR1)

    return counted


def _work() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("reportlint")) / "fuzz"


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _summary(log: Path) -> str:
    """What libFuzzer says at the end."""
    lines = log.read_text("utf-8", "replace").splitlines()
    runs = next((line.rpartition(" ")[2] for line in lines if "number_of_executed_units" in line), "?")
    status = [line for line in lines if " cov: " in line]
    reached = status[-1].partition("cov: ")[2].split()[0] if status else "?"
    return f"{runs:>8} runs, {reached:>5} places covered"


if __name__ == "__main__":
    sys.exit(main())
