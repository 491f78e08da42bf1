"""Identifiers are read in the forms in which people paste them, and their check digits count."""

from collections.abc import Callable

import pytest

from briefsite.identifiers import doi, isbn, issn, orcid, ror

GOOD = [
    (orcid, "0000-0002-1825-0097", "0000-0002-1825-0097"),
    (orcid, "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
    (orcid, "0000000218250097", "0000-0002-1825-0097"),
    (ror, "https://ror.org/04wxnsj81", "https://ror.org/04wxnsj81"),
    (ror, "05DXPS055", "https://ror.org/05dxps055"),
    (isbn, "ISBN 978-3-16-148410-0", "978-3-16-148410-0"),
    (isbn, "0 306 40615 2", "0-306-40615-2"),
    (isbn, "080442957x", "080442957X"),
    (issn, "20493630", "2049-3630"),
    (issn, "ISSN 2434-561X", "2434-561X"),
    (doi, "10.1234/ABC.def", "10.1234/abc.def"),
    (doi, "https://doi.org/10.1234/a(1)b", "10.1234/a(1)b"),
    (doi, "http://dx.doi.org/10.1234/a", "10.1234/a"),
    (doi, " doi: 10.1234/a ", "10.1234/a"),
]
MISTYPED = [
    (orcid, "0000-0002-1825-0098"),
    (ror, "04wxnsj82"),
    (isbn, "978-3-16-148410-1"),
    (isbn, "0-306-40615-3"),
    (issn, "2049-3631"),
]
OTHER = [(orcid, "0000-0002"), (ror, "ror"), (isbn, "12"), (issn, "1"), (doi, "10.1/a"), (doi, "")]


@pytest.mark.parametrize(("read", "text", "expected"), GOOD)
def test_an_identifier_is_read_as_it_is_pasted(
    read: Callable[[str], str], text: str, expected: str
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("read", "text"), MISTYPED)
def test_a_mistyped_digit_is_found(read: Callable[[str], str], text: str) -> None:
    with pytest.raises(ValueError, match="its check digit is wrong"):
        read(text)


@pytest.mark.parametrize(("read", "text"), OTHER)
def test_another_text_is_told_what_an_identifier_looks_like(
    read: Callable[[str], str], text: str
) -> None:
    with pytest.raises(ValueError, match=r"looks like|has 10 or 13 digits"):
        read(text)
