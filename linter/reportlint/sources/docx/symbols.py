"""Characters of symbol fonts: what ``w:sym`` shows."""

from __future__ import annotations

_FONTS: dict[str, dict[int, str]] = {
    "symbol": dict(
        zip(
            (
                0x6D,
                0xA2,
                0xA3,
                0xA5,
                0xB0,
                0xB1,
                0xB3,
                0xB4,
                0xB7,
                0xB8,
                0xB9,
                0xBB,
                0xD7,
                0x61,
                0x62,
                0x67,
                0x44,
                0x53,
                0x57,
            ),
            "μ′≤∞°±≥×·÷≠≈·αβγΔΣΩ",
            strict=True,
        )
    ),
    "wingdings": {
        **{0x81 + number: chr(ord("①") + number) for number in range(10)},
        **{0x8C + number: chr(ord("❶") + number) for number in range(10)},
        **dict(
            zip((0x6C, 0x6E, 0x6F, 0x71, 0x75, 0xA8, 0xD8, 0xE0, 0xFB, 0xFC, 0xFD, 0xFE), "●■□❑◆□➢→✗√☒☑", strict=True)
        ),
    },
    "wingdings 2": dict(zip((0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x97, 0xA3), "✗√☒☑☒☒●□", strict=True)),
}


def symbol(font: str, code: str) -> str:
    """The character at ``code`` (hexadecimal) of ``font``; the empty string for an ornament that is no text.

    >>> symbol("Wingdings", "F0FC"), symbol("宋体", "2103")
    ('√', '℃')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.lower())
    if known is not None:
        return known.get(number & 0xFF, "")
    # Private characters of a font that is not known say nothing; surrogates and controls are none.
    return chr(number) if 0x20 <= number < 0xD800 else ""
