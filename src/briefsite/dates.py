"""dates.py — moments as authors write them, and as pages and feeds print them (jekyll.md D1–D7)."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from time import strptime
from typing import Literal

from briefsite.values import Struct

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
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
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
    "ar": "{day} {month} {year}",
    "zh": "{year}年{number}月{day}日",
    "ja": "{year}年{number}月{day}日",
    "ko": "{year}년 {number}월 {day}일",
}
# RFC 822, section 5.1; Ruby's parser knows them, so Jekyll sites use them.
_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT"), 0),
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}
_MONTH_NUMBERS = {
    name: number
    for number, month in enumerate(_MONTHS["en"].lower().split(), start=1)
    for name in (month, month[:3], month[:4] if month == "september" else month)
}
_SHOWN = 40
_TIME = (
    r"(?:(?: ?T| )(?P<hour>\d{1,2}):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6})\d*)?)?"
    r" ?(?:(?P<zone>[A-Z]+)|(?P<sign>[+-])(?P<hours>2[0-3]|[01]?\d)(?::?(?P<minutes>[0-5]\d))?)?)?"
)
_NAME = r"(?P<name>[A-Z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_FORMS = (
    # The first form alone is one that YAML 1.1 takes for a timestamp.
    rf"(?P<year>-?\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}",
    rf"(?P<year>\d{{4}})([/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_TIME}",
    rf"{_WEEKDAY}{_NAME} {_DAY},? (?P<year>\d{{4}}),?{_TIME}",
    rf"{_WEEKDAY}{_DAY}(?: of)? {_NAME},? (?P<year>\d{{4}}),?{_TIME}",
)
_NUMBERS_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)", re.ASCII)
_FILE_NAME = re.compile(
    r"(?:(?P<short>\d\d)|(?P<year>\d{3,4}))-(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<slug>.*)",
    re.ASCII | re.DOTALL,
)


_ISO_LENGTH = len("2025-08-08T12:00:00+08:00")


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


class NameDate(Struct, frozen=True):
    """What the name of a file says."""

    date: str
    """The day as `2024-01-01`; empty where the name does not start with one."""
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
        # re remembers what it compiled, and a build that reads nothing compiles none.
        if match := re.fullmatch(form, text, re.ASCII | re.IGNORECASE):
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
    """Return the moment that the parts of a date name; DateError where there is none."""
    year = int(parts["year"] or 0)
    if year < 1:
        raise Template(f"'{_short(text)}' is a template, never published", "write the day")
    month = _month(text, parts["name"]) if "name" in parts else int(parts["month"] or 0)
    micros = int((parts["fraction"] or "").ljust(6, "0"))
    hour, minute, second = (int(parts[key] or 0) for key in ("hour", "minute", "second"))
    try:
        day = date(year, month, int(parts["day"] or 0))
        clock = time(hour, minute, second, micros, _offset(text, parts) or default)
        return _convertible(datetime.combine(day, clock), site)
    except DateError:
        raise
    except (ValueError, OverflowError) as error:
        raise _impossible(text, error) from error


def _month(text: str, name: str | None) -> int:
    """Return the number of an English month, by its name or the first three letters of it."""
    number = _MONTH_NUMBERS.get((name or "").lower())
    if number is None:
        raise DateError(f"'{_short(text)}' is not a date: no month is called '{name}'")
    return number


def _offset(text: str, parts: dict[str, str | None]) -> tzinfo | None:
    """Return the zone that the author wrote, None where there is none."""
    zone, sign = parts["zone"], parts["sign"]
    if not zone and not sign:
        return None
    if zone and zone.upper() not in _ZONES:
        hint = "write an offset such as +08:00"
        raise DateError(f"'{_short(text)}': '{_short(zone)}' is not a known time zone", hint)
    if zone:
        offset = timedelta(hours=_ZONES[zone.upper()])
    else:
        offset = timedelta(hours=int(parts["hours"] or 0), minutes=int(parts["minutes"] or 0))
    return timezone(-offset if sign == "-" else offset) if offset else UTC


def _convertible(moment: datetime, site: tzinfo) -> datetime:
    """Return `moment`; OverflowError where no one could tell it in UTC or in the site's zone."""
    moment.astimezone(UTC)
    moment.astimezone(site)
    return moment


def _impossible(text: str, reason: object) -> DateError:
    return DateError(
        f"'{_short(text)}' is impossible: {reason}", "write a day, or an hour, that there is"
    )


def _unreadable(text: str) -> DateError:
    """Return the error for a text of no known form; `3/2/2024` gets each day it could be."""
    match = _NUMBERS_FIRST.match(text)
    if not match:
        return DateError(f"'{_short(text)}' is not a date")
    first, second, year = (int(part) for part in match.groups())
    readings = dict.fromkeys(
        f"{year:04}-{month:02}-{day:02}"
        for day, month in ((first, second), (second, first))
        if 1 <= month <= len(_MONTHS["en"].split()) and 1 <= day <= monthrange(year, month)[1]
    )
    what = "is ambiguous" if len(readings) > 1 else "is not a date"
    return DateError(f"'{_short(text)}' {what}", f"write {' or '.join(readings) or EXAMPLE}")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def date_of_file_name(stem: str) -> NameDate:
    """Return the date and the slug in a file name without its extension: `24-1-1-l` (F3, M9).

    Two figures are a year from 1969 to 2068. A day that cannot be raises DateError or Template.
    """
    match = _FILE_NAME.fullmatch(stem)
    if not match:
        return NameDate("", stem.rstrip("."))
    short = match["short"]
    year = strptime(short, "%y").tm_year if short else int(match["year"])
    text = stem[: match.start("slug") - 1]
    if year < 1:
        raise Template(f"'{text}' is a template, never published", "write the day")
    try:
        day = date(year, int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise _impossible(text, error) from error
    return NameDate(day.isoformat(), match["slug"].rstrip("."))


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
    said = moment.isoformat(timespec="seconds")
    if len(said) == _ISO_LENGTH:  # as nearly all are
        return said
    return _in_whole_minutes(moment).isoformat(timespec="seconds")


def rfc822(moment: datetime) -> str:
    """Return `Fri, 08 Aug 2025 12:00:00 +0800`, in English whatever the locale."""
    from email.utils import format_datetime  # only feeds need it

    return format_datetime(_in_whole_minutes(moment))
