"""Builds ``linter/reportlint/data/shapes.tsv``: which common characters look alike.

    pip install numpy pillow && python tools/build_shapes.py FONT [FONT...]

Each character of GB 2312 is drawn in every FONT (Noto Sans CJK SC and Noto Serif CJK SC, SIL Open Font License, were used), blurred a little
and compared with all others: two look alike where the pictures nearly agree in all fonts, and are kin where one is a part of the other
(每 in 海) or both have a large part in common (完 and 院). Only the lists are kept, not the pictures.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy
from build_sounds import characters
from PIL import Image, ImageDraw, ImageFilter, ImageFont

TARGET = Path(__file__).parent.parent / "linter" / "reportlint" / "data" / "shapes.tsv"
SIZE = 48
ALIKE = 0.80
MOST = 8
KIN, MOST_KIN = 0.80, 8
#: The parts that are compared: left, top, right and bottom edge of the part, as shares of the square.
PARTS = ((0.36, 0.0, 1.0, 1.0), (0.0, 0.0, 0.5, 1.0), (0.0, 0.36, 1.0, 1.0), (0.0, 0.0, 1.0, 0.55))


def drawn(character: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """The character, cut to its edges and stretched to the square."""
    image = Image.new("L", (SIZE, SIZE))
    ImageDraw.Draw(image).text((SIZE / 2, SIZE / 2), character, 255, font, anchor="mm")
    return image


def part(image: Image.Image, shares: tuple[float, float, float, float]) -> numpy.ndarray:
    """What lies in a part of the square, cut to its edges and stretched, as a vector."""
    cut = image.crop(tuple(int(share * SIZE) for share in shares))
    cut = cut.crop(cut.getbbox() or (0, 0, 1, 1)).resize((24, 24))
    return vector(cut)


def vector(image: Image.Image) -> numpy.ndarray:
    """A blurred picture as a vector of length one around its mean."""
    vector = numpy.asarray(image.filter(ImageFilter.GaussianBlur(1.6)), dtype=numpy.float32).ravel()
    vector = vector - vector.mean()
    return vector / max(float(numpy.linalg.norm(vector)), 1e-6)


def chosen(every: list[str], likeness: numpy.ndarray, least: float, most: int) -> str:
    """Those that are like enough, the likest first."""
    return "".join(every[at] for at in numpy.argsort(-likeness)[:most] if likeness[at] >= least)


def main(fonts: list[str]) -> None:
    """Write the table: a character a line, with those that look like it, the likest first."""
    every = characters()
    likeness = numpy.ones((len(every), len(every)), dtype=numpy.float32)
    kinship = likeness.copy()
    for path in fonts:
        font = ImageFont.truetype(path, SIZE - 8, index=2)
        images = [drawn(character, font) for character in every]
        whole = numpy.stack([vector(image) for image in images])
        likeness = numpy.minimum(likeness, whole @ whole.T)
        squares = numpy.stack([part(image, (0, 0, 1, 1)) for image in images])
        nearest = numpy.zeros_like(likeness)
        for shares in PARTS:
            parts = numpy.stack([part(image, shares) for image in images])
            inside = parts @ squares.T
            numpy.maximum(nearest, numpy.maximum(inside, inside.T), out=nearest)
            numpy.maximum(nearest, parts @ parts.T - 0.05, out=nearest)
        kinship = numpy.minimum(kinship, nearest)
    for table in (likeness, kinship):
        numpy.fill_diagonal(table, 0)
    lines = [
        "# character	look-alikes	kin by a part",
        "# Built by tools/build_shapes.py from pictures of the GB 2312 characters in Noto Sans CJK and Noto Serif CJK (SIL OFL).",
    ]
    for row, character in enumerate(every):
        likest = chosen(every, likeness[row], ALIKE, MOST)
        kin = "".join(one for one in chosen(every, kinship[row], KIN, MOST + MOST_KIN) if one not in likest)[:MOST_KIN]
        if likest or kin:
            lines.append(f"{character}\t{likest}\t{kin}")
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
