"""Shared by the tests: documents from text, and where the sample reports are."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from reportlint.analysis import Analysis
from reportlint.document import Document
from reportlint.sources import from_bytes

# Several processes share the machine: how long one example takes says nothing.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

# Behind a shell that runs them in the background, programs are told to ignore an interruption, and so are those that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
#: Real reports that lie beside some checkouts and not in them; what needs them is left out elsewhere.
SHARED = next((one / "shared" for one in ROOT.parents if (one / "shared" / "seeds").is_dir()), ROOT.parent / "shared")


def document(text: str, suffix: str = ".txt") -> Document:
    """``text`` as a file with that suffix would be read."""
    return from_bytes(text.encode(), f"sample{suffix}", suffix)


def analysis(text: str, suffix: str = ".txt") -> Analysis:
    return Analysis(document(text, suffix))


def runner() -> CliRunner:
    """What runs a command in this process; before click 8.2 it had to be told to keep the two streams apart."""
    try:
        return CliRunner(mix_stderr=False)  # type: ignore[call-arg]
    except TypeError:
        return CliRunner()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files made on the spot name no test: archives hold the time of day, and every worker must see the same names."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture
def seeds() -> Path:
    return SEEDS
