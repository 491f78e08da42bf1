"""dates.py — moments as authors write them, and as pages and feeds print them (jekyll.md D1–D7)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime
from typing import Literal

EXAMPLE = "2024-02-03, or 2024-02-03 12:00:00 +0800"
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november "
    "december",
}
_LONG_DATES = {
    "en": "{day} {month} {year}",
    "en-us": "{month} {day}, {year}",
    "fr": "{day} {month} {year}",
    "de": "{day}. {month} {year}",
    "es": "{day} de {month} de {year}",
    "it": "{day} {month} {year}",
    "pt": "{day} de {month} de {year}",
    "nl": "{day} {month} {year}",
    "zh": "{year}年{number}月{day}日",
    "ja": "{year}年{number}月{day}日",
    "ko": "{year}년 {number}월 {day}일",
}
# RFC 822, section 5.1; Ruby's parser knows them, so Jekyll sites use them.
_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT"), 0),
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}
_TIME = (
    r"(?:(?:[Tt]| [Tt]?)(?P<hour>\d{1,2}):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r" ?(?P<zone>[A-Za-z]+|[+-]\d{1,2}(?::?\d\d)?)?)?"
)
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        # The first form alone is one that YAML 1.1 takes for a timestamp.
        rf"(?P<year>-?\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}",
        rf"(?P<year>\d{{4}})([/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_TIME}",
        rf"{_WEEKDAY}{_NAME} {_DAY},? (?P<year>\d{{4}}),?{_TIME}",
        rf"{_WEEKDAY}{_DAY}(?: of)? {_NAME},? (?P<year>\d{{4}}),?{_TIME}",
    )
)
_NUMBERS_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)", re.ASCII)
_FILE_NAME = re.compile(r"(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)", re.ASCII | re.DOTALL)


class DateError(ValueError):
    """A date that cannot be read or cannot be, in words for its author."""

    def __init__(self, message: str, hint: str = f"write {EXAMPLE}") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type["DateError"], tuple[str, str]]:
        """Travel from a worker process with the hint."""
        return type(self), (self.message, self.hint)


class Template(DateError):  # noqa: N818 - not a fault: the author has yet to fill in the date
    """A date before the year 1, as in `0000-00-00`: a template, never published (M6)."""


@dataclass(frozen=True, slots=True)
class NameDate:
    """What the name of a file says."""

    date: date | None
    """None where the name does not start with a date."""
    slug: str
    """The rest of the name, case and spaces kept, without dots at its end (M9)."""


def parse_date(
    value: object, zone: tzinfo, *, naive: Literal["site", "utc"] = "site"
) -> datetime | None:
    """Return the moment that an author wrote, aware, in the author's own offset (D3).

    A text without an offset is in `zone`; of an hour that the clocks strike twice it is the first,
    of one that they skip it is read in the offset before. With `naive="utc"`, what YAML takes for
    a timestamp is in UTC, as Jekyll has it (D4). A date alone is its midnight in `zone`.
    None and blank text give None; whatever is no date raises DateError or Template.
    """
    text = _text_of(value)
    if not text:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            utc = naive == "utc" and form is _FORMS[0] and match["second"] is not None
            return _moment(text, match.groupdict(), UTC if utc else zone, zone)
    raise _unreadable(text)


def _text_of(value: object) -> str:
    """Return `value` on one line without extra white space; only text and `20240203` pass."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**8:
        return str(value)
    kind = {bool: "yes or no", int: "a number", float: "a number", list: "a list", dict: "a map"}
    raise DateError(f"this is {kind.get(type(value), 'something else')}, not a date")


def _moment(text: str, parts: dict[str, str | None], default: tzinfo, site: tzinfo) -> datetime:
    number = {key: int(part) for key, part in parts.items() if part and part.lstrip("-").isdigit()}
    month = number["month"] if "month" in number else _month(text, parts["name"] or "")
    if number["year"] < 1:
        raise Template(f"'{_short(text)}' is a template, never published", "write the day")
    zone = parts["zone"]
    try:
        moment = datetime(
            number["year"],
            month,
            number["day"],
            number.get("hour", 0),
            number.get("minute", 0),
            number.get("second", 0),
            int((parts["fraction"] or "")[:6].ljust(6, "0")),
            tzinfo=_offset(text, zone) if zone else default,
        )
    except ValueError as error:
        raise _impossible(text, error) from error
    return _convertible(text, moment, site)


def _month(text: str, name: str) -> int:
    """Return the number of an English month, by its name or the first three letters of it."""
    for number, month in enumerate(_MONTHS["en"].lower().split(), start=1):
        if name.lower() in {month, month[:3], "sept" if number == 9 else month}:  # noqa: PLR2004
            return number
    raise DateError(f"'{_short(text)}' is not a date: no month is called '{_short(name)}'")


def _offset(text: str, zone: str) -> tzinfo:
    if zone[0] not in "+-":
        if zone.upper() not in _ZONES:
            raise DateError(
                f"'{_short(text)}' has a time zone that is not known", "write +08:00, or UTC"
            )
        delta = timedelta(hours=_ZONES[zone.upper()])
    else:
        digits = zone[1:].replace(":", "")
        hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])  # noqa: PLR2004
        delta = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if zone[0] == "-" else 1)
        if int(minutes) > 59 or int(hours) > 23:  # noqa: PLR2004
            raise DateError(f"'{_short(text)}' has an impossible offset", "write +08:00, or UTC")
    return timezone(delta) if delta else UTC


def _convertible(text: str, moment: datetime, site: tzinfo) -> datetime:
    """Return `moment`; raise DateError where no one could tell it in UTC or in the site's zone."""
    try:
        moment.astimezone(UTC)
        moment.astimezone(site)
    except (OverflowError, ValueError) as error:
        raise _impossible(text, "the year is out of range") from error
    return moment


def _impossible(text: str, reason: object) -> DateError:
    return DateError(f"'{_short(text)}' is impossible: {reason}", "write a day that exists")


def _unreadable(text: str) -> DateError:
    """Return the error for a text of no known form; `3/2/2024` gets each day it could be."""
    match = _NUMBERS_FIRST.match(text)
    if not match:
        return DateError(f"'{_short(text)}' is not a date")
    first, second, year = (int(part) for part in match.groups())
    readings = dict.fromkeys(
        f"{year:04}-{month:02}-{day:02}"
        for day, month in ((first, second), (second, first))
        if _exists(year, month, day)
    )
    what = "is ambiguous" if len(readings) > 1 else "is not a date"
    return DateError(f"'{_short(text)}' {what}", f"write {' or '.join(readings) or EXAMPLE}")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004


def date_of_file_name(stem: str) -> NameDate:
    """Return the date and the slug in a file name without its extension: `24-1-1-l` (F3, M9).

    Two figures are a year from 1969 to 2068. A day that cannot be raises DateError or Template.
    """
    match = _FILE_NAME.fullmatch(stem)
    if not match:
        return NameDate(None, stem.rstrip("."))
    year, month, day = (int(part) for part in match.groups()[:3])
    if len(match[1]) == 2:  # noqa: PLR2004
        year += 2000 if year < 69 else 1900  # noqa: PLR2004
    text = stem.removesuffix(f"-{match[4]}")
    if year < 1:
        raise Template(f"'{text}' is a template, never published", "write the day")
    try:
        return NameDate(date(year, month, day), match[4].rstrip("."))
    except ValueError as error:
        raise _impossible(text, error) from error


def long_date(moment: datetime, lang: str) -> str:
    """Return the day as a reader of `lang` writes it, `8 August 2025`; else as `2025-08-08`."""
    tag = lang.lower().replace("_", "-")
    primary = tag.partition("-")[0]
    pattern = _LONG_DATES.get(tag) or _LONG_DATES.get(primary)
    if not pattern:
        return moment.date().isoformat()
    months = _MONTHS.get(primary, "").split()
    return pattern.format(
        year=moment.year,
        number=moment.month,
        month=months[moment.month - 1] if months else "",
        day="1er" if primary == "fr" and moment.day == 1 else moment.day,
    )


def _in_whole_minutes(moment: datetime) -> datetime:
    """Return `moment` with the seconds of its offset cut off, the clock unchanged.

    Zones of long ago have them (`1776` in Hong Kong is +07:36:42); RFC 3339 and 822 do not.
    """
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() / 60)
    return moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def iso(moment: datetime) -> str:
    """Return `2025-08-08T12:00:00+08:00`, valid by RFC 3339 in any year (D7)."""
    return _in_whole_minutes(moment).isoformat(timespec="seconds")


def rfc822(moment: datetime) -> str:
    """Return `Fri, 08 Aug 2025 12:00:00 +0800`, in English whatever the locale."""
    return format_datetime(_in_whole_minutes(moment))
