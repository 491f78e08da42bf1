"""slugs.py — a text as a part of an address, by Jekyll's rules (jekyll.md S1, S2)."""

import re
import unicodedata
from collections.abc import Callable

_PRETTY = frozenset("._~!$&'()+,;=@")
# Letters that no accent can be taken from, as Ruby's I18n spells them.
_LATIN = str.maketrans(
    {
        "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ĳ": "IJ", "ĳ": "ij", "ß": "ss", "ẞ": "SS",
        "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Þ": "Th", "þ": "th", "Ø": "O", "ø": "o",
        "Ł": "L", "ł": "l", "Ŀ": "L", "ŀ": "l", "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t",
        "Ŋ": "NG", "ŋ": "ng", "ŉ": "'n", "ĸ": "k", "\u0131": "i", "×": "x",
    }
)  # fmt: skip


_NO_ACCENT = re.compile(f"[{''.join(map(chr, _LATIN))}]")


def _is_word(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"


class _Kept(dict[int, int | str]):
    """What becomes of each character: itself, or a space where it is not kept."""

    def __init__(self, keeps: Callable[[str], bool]) -> None:
        super().__init__()
        self._keeps = keeps

    def __missing__(self, code: int) -> int | str:
        self[code] = found = code if self._keeps(chr(code)) else " "
        return found


_KEPT = {
    "raw": _Kept(lambda char: char not in " \t\n\v\f\r"),
    "default": _Kept(_is_word),
    "pretty": _Kept(lambda char: char in _PRETTY or _is_word(char)),
    "ascii": _Kept(lambda char: char.isascii() and char.isalnum()),
    "latin": _Kept(_is_word),
}


def _without_accents(text: str) -> str:
    """Return `text` in ASCII, `?` for what has no Latin letter: `Łódź` is `Lodz`."""
    plain = unicodedata.normalize("NFD", text.translate(_LATIN))
    kept = (char for char in plain if not unicodedata.category(char).startswith("M"))
    return "".join(char if char.isascii() else "?" for char in kept)


def fold(text: str) -> str:
    """Return the Latin letters of `text` in ASCII and lower case; other scripts vanish."""
    if not text.isascii():
        spelt = _NO_ACCENT.sub(lambda found: found[0].translate(_LATIN), text.replace("’", "'"))
        text = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    return text.lower()


def _lower(text: str) -> str:
    """Return `text` in lower case, letter by letter: Jekyll knows no final sigma."""
    return "".join(char.lower() for char in text) if "Σ" in text else text.lower()


def slugify(text: str, mode: str = "default", cased: bool = False) -> str:
    """Return `text` as a slug (S1): every run that `mode` does not keep is one hyphen.

    A mode of another name, such as `none`, only makes lower case. May be empty.
    """
    slug = unicodedata.normalize("NFC", text)
    if mode == "latin":
        slug = _without_accents(slug)
    if mode in _KEPT:
        slug = re.sub(" +", "-", slug.translate(_KEPT[mode]))
        slug = slug.removeprefix("-").removesuffix("-")
    return slug if cased else _lower(slug)


def title_of(slug: str) -> str:
    """Return a title made from a file name: `us-israel-strikes` is `Us Israel Strikes` (jekyll.md
    M8)."""
    return " ".join(word.capitalize() for word in slug.split("-") if word) or "Untitled"
