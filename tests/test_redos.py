"""The search for slow expressions finds what is slow, and takes in every way in which the program makes one."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import redos

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="clocks as Unix has them")
EVERY = frozenset({"search", "match", "fullmatch"})


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, redos._stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    "source",
    [
        r"(?:甲|甲甲)+乙",
        r"\s*(?:甲|乙)",
        r"[一二三]+、",
        r"(?:达到了?|达|到|了)+$",
        r"字号\s*[:：]?\s*[（]?\s*大",
        r"<(.*?)\s*>\Z",
    ],
)
def test_what_grows_faster_than_its_text_is_found(source: str) -> None:
    assert redos.slow(source, 0, EVERY) is not None


@pytest.mark.parametrize(
    "source",
    [r"(?:甲|乙){1,20}丙", r"\s{0,8}(?:甲|乙)", r"(?<![一二三])[一二三]+、", r"(?:达|到|了){1,12}$", r"[^，]{0,40}的$"],
)
def test_what_grows_with_its_text_is_not(source: str) -> None:
    assert redos.slow(source, 0, EVERY) is None


def test_one_that_is_only_matched_at_a_place_may_start_often() -> None:
    assert redos.slow(r"[一二三]+、", 0, frozenset({"match"})) is None


@pytest.mark.slow
def test_no_expression_of_the_program_is_slow() -> None:
    from subprocess import run

    done = run([sys.executable, str(ROOT / "tools" / "redos.py")], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert int(done.stdout.rpartition("\n")[0].rpartition("\n")[2].split()[0]) > 800
