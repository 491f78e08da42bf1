"""Names that machines know people, institutes and texts by; each has check digits of its own
(publishing.md 7)."""

import re

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>{}\\]+)", re.I)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.I)
_ROR = re.compile(r"(?:https?://ror\.org/|ror\.org/)?(0[0-9a-hj-km-np-tv-z]{6})(\d{2})", re.I)
_X = re.compile(r"(?:https?://(?:www\.)?(?:x|twitter)\.com/)?@?(\w{1,15})/?", re.ASCII)
_FEDIVERSE = re.compile(r"@?([\w.-]+@[\w-]+(?:\.[\w-]+)+)")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
DOI_PREFIX = "https://doi.org/"
ORCID_PREFIX = "https://orcid.org/"


def doi(text: str) -> str:
    """Return a DOI bare and in lower case: `10.1234/x`; ValueError where `text` is none."""
    found = _DOI.fullmatch(text.strip())
    if not found:
        raise ValueError("a DOI looks like 10.1234/abc or https://doi.org/10.1234/abc")
    return found[1].lower()


def orcid(text: str) -> str:
    """Return an ORCID iD as `0000-0002-1825-0097`; ValueError where it is none (ISO 7064 MOD
    11-2)."""
    found = _ORCID.fullmatch(text.strip())
    if not found:
        raise ValueError("an ORCID iD looks like 0000-0002-1825-0097")
    digits = "".join(found.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    _check(digits[-1], "0123456789X"[(12 - total % 11) % 11])
    return "-".join(found.groups()).upper()


def ror(text: str) -> str:
    """Return a ROR id as its full address; ValueError where it is none (ISO 7064 MOD 97-10)."""
    found = _ROR.fullmatch(text.strip())
    if not found:
        raise ValueError("a ROR id looks like https://ror.org/04wxnsj81")
    number = 0
    for letter in found[1].lower():
        number = number * 32 + _CROCKFORD.index(letter)
    _check(found[2], f"{98 - number * 100 % 97:02}")
    return f"https://ror.org/{(found[1] + found[2]).lower()}"


def x(text: str) -> str:
    """Return a handle on X as `@ann`; ValueError where `text` is none."""
    found = _X.fullmatch(text.strip())
    if not found:
        raise ValueError("a handle on X looks like @ann")
    return f"@{found[1]}"


def fediverse(text: str) -> str:
    """Return a handle on the fediverse as `@ann@example.social`; ValueError where it is none."""
    found = _FEDIVERSE.fullmatch(text.strip())
    if not found:
        raise ValueError("a handle on the fediverse looks like @ann@example.social")
    return f"@{found[1]}"


def isbn(text: str) -> str:
    """Return an ISBN with the hyphens it was written with; ValueError where it is none."""
    said = text.strip().upper().removeprefix("ISBN").strip(" :").replace(" ", "-")
    digits = said.replace("-", "")
    if re.fullmatch(r"\d{13}", digits):
        weighted = sum(int(digit) * (1, 3)[n % 2] for n, digit in enumerate(digits[:-1]))
        _check(digits[-1], str(-weighted % 10))
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        _check(digits[-1], _modulo_11(digits[:-1]))
    else:
        raise ValueError("an ISBN has 10 or 13 digits, such as 978-3-16-148410-0")
    return said


def issn(text: str) -> str:
    """Return an ISSN as `2049-3630`; ValueError where it is none."""
    digits = text.strip().upper().removeprefix("ISSN").strip(" :").replace("-", "")
    if not re.fullmatch(r"\d{7}[\dX]", digits):
        raise ValueError("an ISSN looks like 2049-3630")
    _check(digits[-1], _modulo_11(digits[:-1]))
    return f"{digits[:4]}-{digits[4:]}"


def _modulo_11(digits: str) -> str:
    weighted = sum(int(digit) * (len(digits) + 1 - n) for n, digit in enumerate(digits))
    return "0123456789X"[-weighted % 11]


def _check(found: str, expected: str) -> None:
    if found != expected:
        raise ValueError("its check digit is wrong: a digit was mistyped")
