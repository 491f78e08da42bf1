"""Emphasis as kramdown reads it: no flanking; what follows an opener decides, and what is open."""

from unicodedata import category

from markdown_it.token import Token

from briefsite.prose.kramdown_scanner import EM, SPACE, STRONG, Frame, Scanner, Span


def emphasis(scanner: Scanner, frame: Frame, at: int) -> int:
    """Read `*`, `_`, `**` or `__`; of two signs without an end the second may still open."""
    src, sign = scanner.src, scanner.src[at]
    signs = sign * 2 if src.startswith(sign, at + 1) else sign
    bit, end = (STRONG if len(signs) == 2 else EM), at + len(signs)
    opens = not (
        frame.flags & bit or src[end : end + 1] in SPACE or (sign == "_" and _in_word(src, at))
    )
    inner, stop = _span(scanner, end, signs, frame.flags | bit) if opens else ([], -1)
    if opens and stop < 0 and bit == STRONG and frame.kind not in ("*", "_"):
        signs, bit = sign, EM
        inner, stop = _span(scanner, at + 1, sign, frame.flags | EM)
    if stop < 0:
        frame.write(src[at:end])
        return end
    name = "strong" if bit == STRONG else "em"
    opener = Token(f"{name}_open", name, 1, markup=signs)
    frame.put(opener, *inner, Token(f"{name}_close", name, -1, markup=signs))
    return stop + len(signs)


def _span(scanner: Scanner, start: int, signs: str, flags: int) -> Span:
    """Return the text up to the next `signs` that close; a `_` never does before a letter."""
    src, sign = scanner.src, signs[0]

    def closes(frame: Frame, at: int) -> bool:
        behind = at + len(signs)
        return (
            src.startswith(signs, at)
            and src[at - 1] not in SPACE
            and bool(frame.text or frame.out)
            and (signs != sign or not src.startswith(sign, at + 1) or src.startswith(sign, at + 2))
            and (sign != "_" or not (src[behind : behind + 1].isalnum()))
        )

    return scanner.span(start, Frame(flags, signs, closes))


def _in_word(src: str, at: int) -> bool:
    """Return whether a letter stands before `at`, or a letter and a hyphen."""
    before = src[at - 1 : at] if at else ""
    return _is_letter(src[at - 2 : at - 1] if before == "-" and at > 1 else before)


def _is_letter(char: str) -> bool:
    return char.isalpha() or (char > "\u02ff" and category(char)[0] == "M")
