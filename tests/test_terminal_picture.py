"""The picture in the README: drawn from real output, harmless, and as wide as a terminal."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_holds_every_word_of_the_output() -> None:
    command = [sys.executable, str(ROOT / "tools" / "draw_terminal.py"), "--findings", "2", "seeds/env-half-year.txt"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    picture = ElementTree.fromstring(done.stdout)
    pieces = "".join(one.text or "" for one in picture.iter(f"{SVG}text"))
    described = picture.find(f"{SVG}desc")
    assert described is not None
    assert pieces == "".join((described.text or "").split())
    assert "NM106" in pieces


@pytest.mark.parametrize("name", ["terminal.svg", "terminal.en.svg"])
def test_the_pictures_that_are_shown_load_nothing_and_fit(name: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    picture = ElementTree.fromstring(text)
    assert "href" not in text
    assert "script" not in text
    right = float(picture.attrib["width"])
    for one in picture.iter(f"{SVG}text"):
        assert float(one.attrib["x"]) + float(one.attrib["textLength"]) <= right
