"""Addresses on the site and the files that stand for them (jekyll.md U1 to U9, B1 to B4)."""

import pickle
import tempfile
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefsite.urls import (
    STYLES,
    UrlError,
    date_tokens,
    expand,
    file_path,
    fold,
    is_absolute,
    join,
    output_path,
    rebase,
    root_of,
    safe_url,
)

MOMENT = datetime(2024, 12, 30, 9, 5, 7, tzinfo=UTC)
TOKENS: dict[str, str | None] = {
    **date_tokens(MOMENT),
    "categories": "two words/b",
    "collection": None,
    "title": "Custom-Slug-&-x",
    "path": "sub/2024-03-05-My Doc",
    "output_ext": ".html",
}
SEGMENT = st.text("abcXYZ019-_~.éß中 %&'+,;=@:()!$*", min_size=1, max_size=12).filter(
    lambda text: set(text) != {"."}
)


def test_date_tokens_are_jekylls() -> None:
    assert date_tokens(MOMENT) == {
        "year": "2024",
        "short_year": "24",
        "month": "12",
        "i_month": "12",
        "short_month": "Dec",
        "long_month": "December",
        "day": "30",
        "i_day": "30",
        "y_day": "365",
        "w_year": "2025",
        "week": "01",
        "w_day": "1",
        "short_day": "Mon",
        "long_day": "Monday",
        "hour": "09",
        "minute": "05",
        "second": "07",
    }


def test_date_tokens_are_padded() -> None:
    tokens = date_tokens(datetime(805, 3, 2, tzinfo=UTC))

    assert [tokens[key] for key in ("year", "short_year", "month", "i_month", "y_day")] == [
        "0805",
        "05",
        "03",
        "3",
        "061",
    ]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("date", "/two%20words/b/2024/12/30/Custom-Slug-&-x.html"),
        ("pretty", "/two%20words/b/2024/12/30/Custom-Slug-&-x/"),
        ("ordinal", "/two%20words/b/2024/365/Custom-Slug-&-x.html"),
        ("weekdate", "/two%20words/b/2024/W01/Mon/Custom-Slug-&-x.html"),
        ("none", "/two%20words/b/Custom-Slug-&-x.html"),
    ],
)
def test_styles(style: str, expected: str) -> None:
    assert expand(STYLES[style], TOKENS) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("pretty", "/pretty"),
        ("/:year_:month/", "/2024_12/"),
        ("/:year:month", "/202412"),
        ("/:title_/", "/Custom-Slug-&-x_/"),
        (":path/", "/sub/2024-03-05-My%20Doc/"),
        ("/:collection/:year", "/2024"),
        ("/:i_month/:short_month", "/12/Dec"),
        ("//a///b//", "/a/b/"),
        ("/20:40/x", "/20:40/x"),
        ("/", "/"),
        ("", "/"),
        ("/x y/é/", "/x%20y/%C3%A9/"),
        ("/caf%C3%A9/", "/caf%C3%A9/"),
        ("/100%/c#/", "/100%25/c%23/"),
        ("/what?/", "/what%3F/"),
        ("/a&b'c(d),e+f@g:/", "/a&b'c(d),e+f@g:/"),
        ("/v1.2/", "/v1.2/"),
        ("/a..b/", "/a..b/"),
        ("/Dr./", "/Dr/"),
        ("/etc.../x.", "/etc/x."),
        ("/e\N{COMBINING ACUTE ACCENT}/", "/%C3%A9/"),
    ],
)
def test_patterns(pattern: str, expected: str) -> None:
    assert expand(pattern, TOKENS) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("100%25", "/100%2525"),
        ("Q3:year", "/Q3:year"),
        ("Who? #1", "/Who%3F%20%231"),
        ("st&i-ecosystem", "/st&i-ecosystem"),
        ('[x]{y}|^`<>"', "/%5Bx%5D%7By%7D%7C%5E%60%3C%3E%22"),
        ("中文", "/%E4%B8%AD%E6%96%87"),
    ],
)
def test_values_are_plain_text(value: str, expected: str) -> None:
    assert expand("/:title", {"title": value, "year": "2024"}) == expected


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        ("/:yaer/", "':yaer' is no placeholder", "did you mean :year?"),
        ("/:titel_/", "':titel_' is no placeholder", "did you mean :title?"),
        ("/:qqq/", "':qqq' is no placeholder", "known are :categories, "),
        ("/../x", "segment '.' or '..'", "use words"),
        ("/./x", "segment '.' or '..'", "use words"),
        ("/%2e%2e/x", "segment '.' or '..'", "use words"),
        ("/a\udcff/", "not UTF-8", "rename"),
        ("/%ff/", "not UTF-8", "write"),
        ("/a\\b/", "backslash", "use words"),
    ],
)
def test_bad_patterns_are_refused_with_a_hint(pattern: str, message: str, hint: str) -> None:
    with pytest.raises(UrlError) as caught:
        expand(pattern, TOKENS)

    assert message in caught.value.message
    assert caught.value.hint.startswith(hint)


def test_errors_travel_between_processes() -> None:
    copy = pickle.loads(pickle.dumps(UrlError("a", "b")))

    assert (copy.message, copy.hint) == ("a", "b")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a", "a.html"),
        ("/a.html", "a.html"),
        ("/A.HTML", "A.HTML"),
        ("/feed.xml", "feed.xml"),
        ("/search.json", "search.json"),
        ("/2024/My-Post", "2024/My-Post.html"),
        ("/v1.2", "v1.2.html"),
        ("/v1.2/", "v1.2/index.html"),
        ("/Dr.Who", "Dr.Who.html"),
        ("/a.pdf.", "a.pdf..html"),
        ("/x.js/y", "x.js/y.html"),
        ("/.well-known/x.json", ".well-known/x.json"),
        ("/two%20words/caf%C3%A9.html", "two words/café.html"),
        ("/100%2525", "100%25.html"),
        ("/100%", "100%.html"),
        ("/c%23/", "c#/index.html"),
        ("/who%3F", "who?.html"),
        ("/st&i+x", "st&i+x.html"),
        ("/20:40:40/", "20:40:40/index.html"),
        ("a/b", "a/b.html"),
        ("/a//b/", "a/b/index.html"),
        ("/%252e%252e/x", "%2e%2e/x.html"),
        ("/...", "....html"),
    ],
)
def test_the_file_that_answers_an_address(url: str, expected: str) -> None:
    assert output_path(url) == expected


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "empty"),
        ("https://x.org/", "another site"),
        ("javascript:x", "another site"),
        ("//host/x", "another site"),
        ("/\\host/x", "another site"),
        ("/a?b", "query"),
        ("/a#b", "query"),
        ("/../x", "segment"),
        ("/a/..", "segment"),
        ("/a/.", "segment"),
        ("..", "segment"),
        ("/a/../", "segment"),
        ("/./a", "segment"),
        ("/%2e%2e/%2e%2e/x", "segment"),
        ("/.%2E/x", "segment"),
        ("/a%2f..%2fb", "segment"),
        ("/..%5cx", "backslash"),
        ("/a%00b", "control"),
        ("/a\x7fb", "control"),
        ("/a%C2%85b", "control"),
        ("/a%0Ab", "control"),
        ("/%ff", "UTF-8"),
        ("/\ud800", "UTF-8"),
        ("/C:/x", "drive"),
        ("/C%3A/x", "drive"),
        ("/" + "a" * 201 + "/", "part of more than 200 bytes"),
        ("/" + "é" * 101 + "/", "part of more than 200 bytes"),
        ("/" + "a/" * 500, "more than 1000 bytes"),
    ],
)
def test_addresses_that_no_file_may_have(url: str, message: str) -> None:
    with pytest.raises(UrlError, match=message):
        output_path(url)


def test_files_that_keep_their_name() -> None:
    assert file_path("CNAME") == "CNAME"
    assert file_path("/img//100%25.png") == "img/100%25.png"
    with pytest.raises(UrlError, match="segment"):
        file_path("../x")
    with pytest.raises(UrlError, match="names no file"):
        file_path("/")


HOSTILE = st.lists(
    st.sampled_from(["..", ".", "/", "//", "%2e", "%2f", "%5c", "\\", "%00", "a", "C:", "%25", "~"])
    | st.text(max_size=3)
).map("".join)


@given(st.text() | HOSTILE)
@example("/%2e%2e/%2e%2e/x")
def test_no_address_leaves_the_output_folder(url: str) -> None:
    try:
        path = output_path(url)
    except UrlError:
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        target = (root / path).resolve()

    assert target != root
    assert target.is_relative_to(root)
    assert target.relative_to(root).as_posix() == path


@given(st.lists(SEGMENT, min_size=1, max_size=4), st.booleans())
def test_what_expand_gives_is_on_disk_as_it_was_typed(names: list[str], folder: bool) -> None:
    typed = unicodedata.normalize("NFC", "/".join(names))
    assume(not any(part.endswith(".") for part in typed.split("/")))
    assume(len(typed) < 2 or typed[1] != ":")
    url = expand(":path" + "/" * folder, {"path": typed})

    assert unquote(url.strip("/")) == typed
    assert output_path(url).startswith(typed)


def test_fold_makes_equal_what_some_file_system_takes_for_one() -> None:
    assert fold("USA/É.html") == fold("usa/e\N{COMBINING ACUTE ACCENT}.html")
    assert fold("straße") == fold("STRASSE")
    assert fold("a-b") != fold("a_b")


@given(st.text())
def test_fold_ignores_form_and_case(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org", True),
        ("HTTP://x", True),
        ("mailto:a@b", True),
        ("//cdn.x/y", True),
        ("\\\\cdn.x/y", True),
        ("/a", False),
        ("a/b:c", False),
        ("20:40.png", False),
        ("#a", False),
        ("", False),
    ],
)
def test_is_absolute(url: str, expected: bool) -> None:
    assert is_absolute(url) is expected


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        ("https://x.org/repo", "/a/", "https://x.org/repo/a/"),
        ("https://x.org/repo/", "a/b.png", "https://x.org/repo/a/b.png"),
        ("https://x.org", "/", "https://x.org/"),
        ("https://x.org", "", "https://x.org/"),
        ("https://x.org", "/é b/?q#f", "https://x.org/%C3%A9%20b/?q#f"),
        ("https://x.org", "/%C3%A9", "https://x.org/%C3%A9"),
        ("https://x.org", "https://y.org/z", "https://y.org/z"),
        ("https://x.org", "//y.org/z", "//y.org/z"),
        ("", "/a/", "/a/"),
    ],
)
def test_join(base: str, path: str, expected: str) -> None:
    assert join(base, path) == expected
    assert join(base, expected) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/", "./"),
        ("/a", "./"),
        ("/404.html", "./"),
        ("/about/", "../"),
        ("/a/b.html", "../"),
        ("/a/b/", "../../"),
        ("/a/b/c", "../../"),
    ],
)
def test_root_of(url: str, expected: str) -> None:
    assert root_of(url) == expected


REPO = "https://x.org/repo/"


@pytest.mark.parametrize(
    ("target", "root", "expected"),
    [
        ("/x/?q#f", "../../", "../../x/?q#f"),
        ("/x/?q#f", "/repo/", "/repo/x/?q#f"),
        ("/x/?q#f", REPO, "https://x.org/repo/x/?q#f"),
        ("/x/", "/", "/x/"),
        ("/x/", "/repo", "/repo/x/"),
        ("/", "../../", "../../"),
        ("/", "./", "./"),
        ("/", "/", "/"),
        ("/", "/repo/", "/repo/"),
        ("/", REPO, REPO),
        ("b.png", "../../", "../../a/b/b.png"),
        ("../b.png", "/repo/", "/repo/a/b.png"),
        ("../../../../b.png", "../../", "../../b.png"),
        ("../../", "../../", "../../"),
        ("?page=2", REPO, "https://x.org/repo/a/b/?page=2"),
        ("#note", "../../", "#note"),
        ("#note", "/repo/", "#note"),
        ("#note", REPO, "https://x.org/repo/a/b/#note"),
        ("", "../../", ""),
        ("", REPO, ""),
        ("https://y.org/z z", "../../", "https://y.org/z z"),
        ("//y.org/z", REPO, "//y.org/z"),
        ("mailto:a@b", REPO, "mailto:a@b"),
        ("/é b/x.png", "../../", "../../%C3%A9%20b/x.png"),
        ("/%C3%A9%20b/x.png", "../../", "../../%C3%A9%20b/x.png"),
        ("/100%/", "../../", "../../100%25/"),
        ("/a?q=é&b[]=1", "./", "./a?q=%C3%A9&b%5B%5D=1"),
        (" /x/ ", "./", "./x/"),
        ("/..//y.org/x", "/", "/y.org/x"),
    ],
)
def test_rebase_on_a_page(target: str, root: str, expected: str) -> None:
    assert rebase(target, root, "/a/b/") == expected


def test_rebase_starts_at_the_folder_of_the_page() -> None:
    assert rebase("b.png", "../", "/a/b.html") == "../a/b.png"
    assert rebase("20:40.png", "./", "/") == "./20:40.png"


@pytest.mark.parametrize("base", ["", "/repo", "/a/b"])
@given(
    page=st.lists(SEGMENT, max_size=3),
    page_end=st.sampled_from(["/", ".html", ""]),
    to=st.lists(SEGMENT, max_size=3),
    to_end=st.sampled_from(["/", "/#f", "/?q=1", ".png"]),
)
def test_relative_links_lead_where_the_site_path_does(
    base: str, page: list[str], page_end: str, to: list[str], to_end: str
) -> None:
    # urljoin still knows the parameters of RFC 1808, which no browser does: `.;x` is `.` to it.
    assume(not any(name.partition(";")[0] in (".", "..") for name in (*page, *to)))
    page_url, target = (
        join("http://h", "/".join(["", *names]) + end).removeprefix("http://h")
        for names, end in ((page, page_end), (to, to_end))
    )

    link = rebase(target, root_of(page_url), page_url)

    assert link.startswith(".")
    assert urljoin(f"http://h{base}{page_url}", link) == f"http://h{base}{target}"


@given(st.text() | HOSTILE, st.sampled_from(["./", "../../", "/", "/repo/", REPO]))
def test_rebase_takes_any_target_and_prints_what_is_encoded(target: str, root: str) -> None:
    link = rebase(target, root, "/a/b/")

    if not is_absolute(target.strip()) and not target.strip().startswith("#"):
        assert link.isascii()
        assert not set(link) & set(' "<>\\')
        assert link == "" or link.startswith(root)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.org/a?b#c",
        "HTTP://x.org",
        "mailto:a@b",
        "tel:+4420",
        "/a/b",
        "b.png",
        "../x",
        "#f",
        "?q",
        "",
        "//cdn.x/y",
        "a/b:c",
        "20:40.png",
        "Tsoi+Cheng.html",
    ],
)
def test_safe_urls(url: str) -> None:
    assert safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\u00a0javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript\r:alert(1)",
        "java\x00script:alert(1)",
        "\u200bjavascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x",
        "blob:https://x",
        "view-source:https://x",
        "intent:x",
        "httpx:y",
    ],
)
def test_unsafe_urls(url: str) -> None:
    assert not safe_url(url)
