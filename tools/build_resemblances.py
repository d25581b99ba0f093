"""Builds ``tools/resemblances.tsv``: which characters are taken for one another by a tired eye, more of them than ``shapes.tsv`` lists.

    pip install numpy pillow && python tools/build_resemblances.py FONT [FONT...]

The characters of GB 2312 are drawn in every FONT (Noto Sans CJK SC and Noto Serif CJK SC, SIL Open Font License, were used) and compared as a
whole, much blurred, and part by part (减 and 诚, 扣 and 和). The first level of GB 2312, which is what people write, is what others are taken for.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy
from build_shapes import SIZE, drawn
from build_sounds import characters
from PIL import Image, ImageFilter, ImageFont

TARGET = Path(__file__).with_name("resemblances.tsv")
#: How many are listed of a character, and how like they have to be.
MOST, LEAST = 16, 0.6
#: How many characters are compared with all others at a time.
BLOCK = 500
#: The parts that are compared with the same parts of others: left, top, right and bottom edge, as shares of the square.
PARTS = ((0.4, 0.0, 1.0, 1.0), (0.0, 0.0, 0.5, 1.0), (0.0, 0.42, 1.0, 1.0), (0.0, 0.0, 1.0, 0.55))
#: What a picture far blurred, and a part, count against a whole.
BLURRED, PART = 0.9, 0.85


def vectors(images: list[Image.Image], blur: float, size: int) -> numpy.ndarray:
    """Blurred pictures as vectors of length one around their means, a row each."""
    rows = numpy.stack(
        [
            numpy.asarray(image.filter(ImageFilter.GaussianBlur(blur)).resize((size, size)), numpy.float32).ravel()
            for image in images
        ]
    )
    rows -= rows.mean(axis=1, keepdims=True)
    return rows / numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def views(images: list[Image.Image]) -> list[tuple[float, list[numpy.ndarray]]]:
    """What is compared, with its weight: of the vectors in a list the likest counts."""
    parts = [
        vectors([image.crop(tuple(int(share * SIZE) for share in shares)) for image in images], 1.4, 20)
        for shares in PARTS
    ]
    return [(1.0, [vectors(images, 1.6, 24)]), (BLURRED, [vectors(images, 3.0, 16)]), (PART, parts)]


def main(fonts: list[str]) -> None:
    """Write the table: a character a line, with those that resemble it and how much, in hundredths, the likest first."""
    every = characters()
    common = every[:3755]
    seen = [views([drawn(one, ImageFont.truetype(path, SIZE - 8, index=2)) for one in every]) for path in fonts]
    lines = [
        "# character\tresembling ones with hundredths",
        "# Built by tools/build_resemblances.py from pictures of the GB 2312 characters in Noto Sans CJK and Noto Serif CJK (SIL OFL).",
    ]
    for start in range(0, len(every), BLOCK):
        rows = slice(start, start + BLOCK)
        likeness = numpy.zeros((len(every[rows]), len(common)), numpy.float32)
        for kind in range(3):
            agreed = numpy.min(
                [numpy.max([view[rows] @ view[: len(common)].T for view in font[kind][1]], axis=0) for font in seen],
                axis=0,
            )
            numpy.maximum(likeness, seen[0][kind][0] * agreed, out=likeness)
        for one, row in zip(every[rows], likeness, strict=True):
            likest = numpy.argsort(-row, kind="stable")[: MOST + 1]
            found = [f"{common[at]}{int(100 * row[at])}" for at in likest if row[at] >= LEAST and common[at] != one]
            lines.append(f"{one}\t{' '.join(found[:MOST])}")
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
