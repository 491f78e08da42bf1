"""Dates as authors write them, and as pages and feeds print them (jekyll.md D1 to D7, F3)."""

import pickle
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefsite.dates import (
    DateError,
    NameDate,
    Template,
    date_of_file_name,
    iso,
    long_date,
    parse_date,
    rfc822,
)

HONG_KONG = ZoneInfo("Asia/Hong_Kong")
NEW_YORK = ZoneInfo("America/New_York")
# What the author wrote; the moment on a site in Hong Kong and on one in New York.
D3 = {
    "2024-02-03": ("2024-02-03T00:00:00+08:00", "2024-02-03T00:00:00-05:00"),
    "2024-02-03 23:30:00": ("2024-02-03T23:30:00+08:00", "2024-02-03T23:30:00-05:00"),
    "2024-02-03 23:30": ("2024-02-03T23:30:00+08:00", "2024-02-03T23:30:00-05:00"),
    "2024-02-03T23:30:00": ("2024-02-03T23:30:00+08:00", "2024-02-03T23:30:00-05:00"),
    "2024-02-03 23:30:00 +0800": ("2024-02-03T23:30:00+08:00",) * 2,
    "2024-02-03 23:30:00 +08:00": ("2024-02-03T23:30:00+08:00",) * 2,
    "2024-02-03 23:30:00 +8": ("2024-02-03T23:30:00+08:00",) * 2,
    "2024-02-03 23:30:00 -0930": ("2024-02-03T23:30:00-09:30",) * 2,
    "2024-02-03 23:30:00 +800": ("2024-02-03T23:30:00+08:00",) * 2,
    "2024-02-03 23:30:00 +0000": ("2024-02-03T23:30:00+00:00",) * 2,
    "2024-02-03T23:30:00Z": ("2024-02-03T23:30:00+00:00",) * 2,
    "2024-02-03t23:30:00.125z": ("2024-02-03T23:30:00+00:00",) * 2,
    "2024-02-03 23:30 +0000": ("2024-02-03T23:30:00+00:00",) * 2,
    "2024-02-03 23:30:00 PST": ("2024-02-03T23:30:00-08:00",) * 2,
    "2024-02-03 23:30:00 EDT": ("2024-02-03T23:30:00-04:00",) * 2,
    "2024-02-03 23:30:00 UTC": ("2024-02-03T23:30:00+00:00",) * 2,
    "February 3, 2024": ("2024-02-03T00:00:00+08:00", "2024-02-03T00:00:00-05:00"),
    "3 February 2024": ("2024-02-03T00:00:00+08:00", "2024-02-03T00:00:00-05:00"),
    "Feb 3 2024": ("2024-02-03T00:00:00+08:00", "2024-02-03T00:00:00-05:00"),
    "feb. 3rd, 2024 23:30": ("2024-02-03T23:30:00+08:00", "2024-02-03T23:30:00-05:00"),
    "Sat, 03 Feb 2024 23:30:00 +0800": ("2024-02-03T23:30:00+08:00",) * 2,
    "20240203": ("2024-02-03T00:00:00+08:00", "2024-02-03T00:00:00-05:00"),
    20240203: ("2024-02-03T00:00:00+08:00", "2024-02-03T00:00:00-05:00"),
    "2024/02/03": ("2024-02-03T00:00:00+08:00", "2024-02-03T00:00:00-05:00"),
    "2015-1-2": ("2015-01-02T00:00:00+08:00", "2015-01-02T00:00:00-05:00"),
    "  2024-02-03 \t 23:30:00   +0800\n": ("2024-02-03T23:30:00+08:00",) * 2,
}


def parsed(
    value: object, zone: ZoneInfo = HONG_KONG, naive: Literal["site", "utc"] = "site"
) -> datetime:
    """Return the moment that `value` is; there must be one."""
    moment = parse_date(value, zone, naive=naive)
    assert moment is not None
    return moment


@pytest.mark.parametrize("value", D3)
def test_date_is_read_in_the_authors_offset_or_else_the_sites(value: object) -> None:
    both = (iso(parsed(value, HONG_KONG)), iso(parsed(value, NEW_YORK)))

    assert both == D3[value]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-03 23:30:00", "2024-02-03T23:30:00+00:00"),
        ("2024-02-03T23:30:00.5", "2024-02-03T23:30:00+00:00"),
        ("2024-02-03 23:30", "2024-02-03T23:30:00+08:00"),
        ("2024-02-03", "2024-02-03T00:00:00+08:00"),
        ("2024-02-03 23:30:00 PST", "2024-02-03T23:30:00-08:00"),
        ("February 3, 2024 23:30:00", "2024-02-03T23:30:00+08:00"),
    ],
)
def test_with_naive_utc_only_yaml_timestamps_are_utc(value: str, expected: str) -> None:
    assert iso(parsed(value, naive="utc")) == expected


@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_nothing_is_no_date(value: object) -> None:
    assert parse_date(value, HONG_KONG) is None


def test_fractions_of_a_second_are_kept() -> None:
    assert parsed("2024-02-03 23:30:00.1234567").microsecond == 123456


@pytest.mark.parametrize(
    ("value", "message", "hint"),
    [
        ("3/2/2024", "'3/2/2024' is ambiguous", "write 2024-02-03 or 2024-03-02"),
        ("3/3/2024", "'3/3/2024' is not a date", "write 2024-03-03"),
        ("13/2/2024", "'13/2/2024' is not a date", "write 2024-02-13"),
        ("2-13-2024", "'2-13-2024' is not a date", "write 2024-02-13"),
        ("notadate", "'notadate' is not a date", "write 2024-02-03"),
        ("Smarch 3, 2024", "no month is called 'Smarch'", "write 2024-02-03"),
        ("2024-02-30", "'2024-02-30' is impossible: day", "write a day, or an hour, that there is"),
        ("2023-02-29", "impossible", "write a day, or an hour, that there is"),
        ("2024-13-01", "impossible: month", "write a day, or an hour, that there is"),
        ("2024-02-03 24:00", "impossible: hour", "write"),
        ("2024-02-03 12:60", "impossible: minute", "write"),
        ("2024-02-03 12:00 +99:00", "is not a date", "write"),
        ("2024-02-03 12:00 CET", "'CET' is not a known time zone", "write an offset"),
        ("2024-02", "is not a date", "write"),
        ("24-02-03", "is not a date", "write"),
        ("２０２４-02-03", "is not a date", "write"),
        ("9999-12-31 23:00 -12:00", "impossible", "write"),
        ("0001-01-01", "impossible", "write"),
        (True, "yes or no", "write"),
        (20.24, "a number", "write"),
        (2024, "is not a date", "write"),
        (0, "a number", "write"),
        pytest.param(10**6000, "a number", "write", id="6,000 digits"),
        (["2024-02-03"], "a list", "write"),
        ({}, "a map", "write"),
        (b"2024-02-03", "something else", "write"),
    ],
)
def test_what_is_no_date_is_refused_with_a_hint(value: object, message: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(value, HONG_KONG)

    assert message in caught.value.message
    assert caught.value.hint.startswith(hint)
    assert not isinstance(caught.value, Template)


@pytest.mark.parametrize(
    "value", ["0000-00-00 00:00:00 +0800", "0000-00-00", "0000-01-01", "-0001-01-01", "00000000"]
)
def test_a_date_before_the_year_1_is_a_template(value: str) -> None:
    with pytest.raises(DateError, match="template") as caught:
        parse_date(value, HONG_KONG)

    assert isinstance(caught.value, Template)


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(DateError, match=r"^'x{40}…' is not a date$"):
        parse_date("x" * 100_000, HONG_KONG)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-03 01:30", "2024-11-03T01:30:00-04:00"),  # struck twice: the first
        ("2024-03-10 02:30", "2024-03-10T02:30:00-05:00"),  # skipped: the offset before
    ],
)
def test_hours_at_a_change_of_clocks(text: str, expected: str) -> None:
    assert iso(parsed(text, NEW_YORK)) == expected


@pytest.mark.parametrize("error", [DateError("a", "b"), Template("a", "b")])
def test_errors_travel_between_processes(error: DateError) -> None:
    copy = pickle.loads(pickle.dumps(error))

    assert (type(copy), copy.message, copy.hint) == (type(error), "a", "b")


@given(
    st.text()
    | st.from_regex(r"\A\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?( ?[+-]\d\d:?\d\d)?)?\Z")
    | st.integers()
    | st.floats()
)
def test_nothing_but_date_error_is_raised_and_every_moment_can_be_told_anywhere(
    value: object,
) -> None:
    try:
        moment = parse_date(value, HONG_KONG)
    except DateError as error:
        assert error.message
        assert error.hint
        return
    if moment is not None:
        assert moment.tzinfo is not None
        assert moment.astimezone(UTC) == moment == moment.astimezone(HONG_KONG)


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_printed_moments_are_read_back(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)), microsecond=0)

    assert parsed(iso(moment)).isoformat() == moment.isoformat()
    assert parsed(rfc822(moment)).isoformat() == moment.isoformat()


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("2024-01-01-x", NameDate("2024-01-01", "x")),
        ("24-1-1-l", NameDate("2024-01-01", "l")),
        ("70-1-1-l", NameDate("1970-01-01", "l")),
        ("68-1-1-l", NameDate("2068-01-01", "l")),
        ("124-1-1-l", NameDate("0124-01-01", "l")),
        ("2024-02-03-Hello World & Café 中文", NameDate("2024-02-03", "Hello World & Café 中文")),
        ("2024-01-01-2024-02-02-x", NameDate("2024-01-01", "2024-02-02-x")),
        ("2024-01-01-s.", NameDate("2024-01-01", "s")),
        ("2024-01-01-v1.2", NameDate("2024-01-01", "v1.2")),
        ("2024-01-01-", NameDate("2024-01-01", "")),
        ("2024-01-01", NameDate("", "2024-01-01")),
        ("2024-001-01-x", NameDate("", "2024-001-01-x")),
        ("notdated", NameDate("", "notdated")),
        ("about.", NameDate("", "about")),
        ("", NameDate("", "")),
    ],
)
def test_file_names_give_a_day_and_a_slug(stem: str, expected: NameDate) -> None:
    assert date_of_file_name(stem) == expected


def test_an_impossible_day_in_a_file_name_is_refused() -> None:
    with pytest.raises(DateError, match=r"^'2024-02-30' is impossible"):
        date_of_file_name("2024-02-30-x")
    with pytest.raises(Template, match=r"^'0000-00-00' is a template"):
        date_of_file_name("0000-00-00-template")


@pytest.mark.parametrize(
    ("lang", "eighth", "first"),
    [
        ("en", "8 August 2025", "1 December 2025"),
        ("en-GB", "8 August 2025", "1 December 2025"),
        ("en-US", "August 8, 2025", "December 1, 2025"),
        ("en_us", "August 8, 2025", "December 1, 2025"),
        ("fr", "8 août 2025", "1er décembre 2025"),
        ("de-AT", "8. August 2025", "1. Dezember 2025"),
        ("es", "8 de agosto de 2025", "1 de diciembre de 2025"),
        ("it", "8 agosto 2025", "1 dicembre 2025"),
        ("pt-BR", "8 de agosto de 2025", "1 de dezembro de 2025"),
        ("nl", "8 augustus 2025", "1 december 2025"),
        ("zh", "2025年8月8日", "2025年12月1日"),
        ("zh-Hant-HK", "2025年8月8日", "2025年12月1日"),
        ("ja", "2025年8月8日", "2025年12月1日"),
        ("ko", "2025년 8월 8일", "2025년 12월 1일"),
        ("sw", "2025-08-08", "2025-12-01"),
        ("ar", "8 أغسطس 2025", "1 ديسمبر 2025"),
        ("", "2025-08-08", "2025-12-01"),
    ],
)
def test_long_dates_are_in_the_readers_language(lang: str, eighth: str, first: str) -> None:
    days = (parsed("2025-08-08 00:00:00 +0800"), parsed("2025-12-01"))

    assert tuple(long_date(day, lang) for day in days) == (eighth, first)


def test_moments_of_long_ago_are_valid_in_feeds() -> None:
    moment = parsed("1776-07-04")

    assert iso(moment) == "1776-07-04T00:00:00+07:36"
    assert rfc822(moment) == "Thu, 04 Jul 1776 00:00:00 +0736"
    assert parsedate_to_datetime(rfc822(moment)).date() == moment.date()


def test_offsets_west_of_greenwich_are_cut_towards_zero_as_ruby_does() -> None:
    assert iso(parsed("1776-07-04", NEW_YORK)) == "1776-07-04T00:00:00-04:56"


def test_dates_for_feeds() -> None:
    moment = parsed("2025-08-08 12:00:00.75 +0800")

    assert iso(moment) == "2025-08-08T12:00:00+08:00"
    assert rfc822(moment) == "Fri, 08 Aug 2025 12:00:00 +0800"
    assert iso(parsed("2025-08-08T12:00:00Z")) == "2025-08-08T12:00:00+00:00"


def test_moments_sort_by_the_instant_whatever_their_offset() -> None:
    texts = ["2024-01-01 09:00 +0900", "2024-01-01 00:30 Z", "2023-12-31 20:00 EST"]

    assert sorted(texts, key=parsed) == texts
