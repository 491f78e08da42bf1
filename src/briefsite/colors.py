"""One colour of the site's own, made legible in both schemes: contrast as WCAG 2.2 measures it,
other lightnesses of a hue in OKLCH (Ottosson, "A perceptual color space for image processing",
2020)."""

import math
import re

Rgb = tuple[float, float, float]
"""Red, green and blue in sRGB, each 0 to 1."""

LIGHT, DARK = "#f2f5f5", "#1b2124"
"""The grounds on which the accent has least contrast: `--tint` of the built-in stylesheet."""
AA, AAA = 4.5, 7
"""The least contrast of text (WCAG 2.2, 1.4.3 and 1.4.6); light text on dark gets the greater."""
_HEX = re.compile(r"#?((?:[0-9a-f]{3}){1,2})", re.IGNORECASE)


def parse(text: str) -> str:
    """Return a colour written as `#0a5c5c`, `0a5c5c` or `#abc` in the first way; ValueError where
    it is none."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted(_luminance(_rgb(color)) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def legible(accent: str) -> tuple[str, str]:
    """Return `accent` for light and for dark pages: as it is where text in it can be read there,
    else the nearest lightness of its hue that can."""
    return _fit(accent, LIGHT, AA, -0.01), _fit(accent, DARK, AAA, 0.01)


def stylesheet(accent: str) -> str:
    """Return the rules that give the built-in stylesheet the colour `accent`; print stays black."""
    light, dark = legible(accent)
    rule = ":root { --accent: %s; }"
    return (
        f"\n@media screen {{ {rule % light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ {rule % dark} }}\n"
    )


def _fit(accent: str, ground: str, least: float, step: float) -> str:
    lightness, chroma, hue = _oklch(_rgb(accent))
    found = accent
    while contrast(found, ground) < least:
        lightness += step  # black and white have enough: it comes to an end
        found = _hex(_within(lightness, chroma, hue))
    return found


def _within(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return the colour, paler where sRGB has none so strong."""
    while True:
        color = _srgb(lightness, chroma, hue)
        if chroma <= 0 or all(-0.001 <= part <= 1.001 for part in color):
            return color
        chroma = max(0, chroma - 0.005)


def _rgb(color: str) -> Rgb:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(color: Rgb) -> str:
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in color)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(color: Rgb) -> float:
    red, green, blue = map(_linear, color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(color: Rgb) -> tuple[float, float, float]:
    r, g, b = map(_linear, color)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _srgb(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
    )
