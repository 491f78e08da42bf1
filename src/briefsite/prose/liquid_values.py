"""Values and filters of Liquid, as far as bodies use them."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote_plus

from briefsite.dates import parse_date
from briefsite.slugs import slugify
from briefsite.urls import date_tokens

UNKNOWN = object()
_LITERALS = {"true": True, "false": False, "nil": None, "null": None, "empty": "", "blank": ""}
_STEP = re.compile(r"""\A(\w[\w-]*)|\.(\w[\w-]*\??)|\[\s*(?:"([^"]*)"|'([^']*)'|(-?\d+))\s*\]""")
_FORM = re.compile(r"%([-^0_]*)(\d*)([A-Za-z%])")


def parts(text: str, mark: str, most: int = -1) -> list[str]:
    """Return `text` parted at `mark` outside of quotes, stripped."""
    found: list[str] = []
    start, quote = 0, ""
    for at, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == mark and most != len(found):
            found.append(text[start:at].strip())
            start = at + 1
    return [*found, text[start:].strip()]


def literal(text: str) -> Any:
    """Return the value of a literal; UNKNOWN for anything else."""
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return text[1:-1]
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", text):
        return float(text)
    return _LITERALS.get(text, UNKNOWN)


def steps(text: str) -> list[str]:
    """Return the names along a path such as `page.a["b"]`; none where it is no path."""
    found, at = [], 0
    while at < len(text):
        match = _STEP.match(text, at) if at == 0 or text[at] in ".[" else None
        if match is None:
            return []
        found.append(next(group for group in match.groups() if group is not None))
        at = match.end()
    return found


def step(value: Any, name: str) -> Any:
    """Return what `name` leads to in `value`; None where it leads nowhere."""
    if isinstance(value, Mapping) and name in value:
        return value[name]
    if isinstance(value, list | tuple) and re.fullmatch(r"-?\d{1,9}", name):
        number = int(name)
        return value[number] if -len(value) <= number < len(value) else None
    if name == "size" and isinstance(value, str | list | tuple | Mapping):
        return len(value)
    if name in ("first", "last") and isinstance(value, list | tuple) and value:
        return value[0 if name == "first" else -1]
    return None


def text(value: Any) -> str:
    """Return `value` as Liquid prints it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "".join(map(text, value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S %z}"
    return str(value)


def _date(value: Any, form: str) -> str:
    """Return a date in Ruby's notation; ValueError for what is no date, or is the present."""
    moment = value if isinstance(value, datetime) else parse_date(value, UTC)
    if moment is None:
        return text(value)
    names = date_tokens(moment)
    known = {
        "Y": names["year"], "y": names["short_year"], "m": names["month"], "d": names["day"],
        "e": names["i_day"].rjust(2), "B": names["long_month"], "b": names["short_month"],
        "h": names["short_month"], "A": names["long_day"], "a": names["short_day"],
        "j": names["y_day"], "H": names["hour"], "M": names["minute"], "S": names["second"],
        "I": f"{moment.hour % 12 or 12:02}", "l": f"{moment.hour % 12 or 12:2}",
        "p": "AM" if moment.hour < 12 else "PM", "P": "am" if moment.hour < 12 else "pm",
        "z": f"{moment:%z}", "F": f"{moment:%Y-%m-%d}", "T": f"{moment:%H:%M:%S}",
        "D": f"{moment:%m/%d/%y}", "R": f"{moment:%H:%M}", "u": names["w_day"],
        "V": names["week"], "G": names["w_year"], "s": str(int(moment.timestamp())), "%": "%",
    }  # fmt: skip

    def one(found: "re.Match[str]") -> str:
        said = known[found[3]]
        said = said.lstrip("0 ") or said[-1:] if "-" in found[1] else said
        return said.upper() if "^" in found[1] else said

    return _FORM.sub(one, str(form))


def _capitalized(value: Any) -> str:
    said = text(value)
    return said[:1].upper() + said[1:].lower()


def _default(value: Any, other: Any) -> Any:
    return other if value in (None, False, "") or value == [] else value


def _plain(value: Any) -> str:
    return re.sub(r"<[^<>]*>", "", text(value))


def _ends(number: int) -> Callable[[Any], Any]:
    return lambda value: value[number] if isinstance(value, list | tuple) and value else None


def _xml(value: Any) -> str:
    moment = value if isinstance(value, datetime) else parse_date(value, UTC)
    return moment.isoformat() if moment else ""


FILTERS: dict[str, Callable[..., Any]] = {
    "append": lambda value, other: text(value) + text(other),
    "prepend": lambda value, other: text(other) + text(value),
    "escape": lambda value: escape(text(value)),
    "xml_escape": lambda value: escape(text(value)),
    "downcase": lambda value: text(value).lower(),
    "upcase": lambda value: text(value).upper(),
    "capitalize": _capitalized,
    "strip": lambda value: text(value).strip(),
    "strip_html": _plain,
    "strip_newlines": lambda value: text(value).replace("\n", ""),
    "default": _default,
    "replace": lambda value, old, new="": text(value).replace(text(old), text(new)),
    "remove": lambda value, old: text(value).replace(text(old), ""),
    "slugify": lambda value, mode="default": slugify(text(value), text(mode)),
    "cgi_escape": lambda value: quote_plus(text(value)),
    "url_encode": lambda value: quote_plus(text(value)),
    "size": lambda value: len(value) if isinstance(value, str | list | tuple | dict) else 0,
    "join": lambda value, mark=" ": (
        text(mark).join(map(text, value)) if isinstance(value, list | tuple) else text(value)
    ),
    "first": _ends(0),
    "last": _ends(-1),
    "date": _date,
    "date_to_string": lambda value: _date(value, "%d %b %Y"),
    "date_to_long_string": lambda value: _date(value, "%d %B %Y"),
    "date_to_xmlschema": _xml,
}
