"""The life of a brief after and before its publication: what its publisher says of it
(publishing.md 9)."""

import json
from typing import Any

import feedparser
import pytest
from conftest import BRIEF, CONFIG, LATER, MakeSite
from lxml import etree, html

from briefsite.builder import Report
from briefsite.errors import BriefsiteError
from briefsite.licenses import license_of

SOURCE = "content/2026-01-15-air.md"
PAGE = "briefs/2026/air/index.html"
URL = "https://example.org/repo/briefs/2026/air/"


def brief(lines: str, text: str = BRIEF) -> str:
    """Return a brief with more front matter; its first line is the fifth of the file."""
    return text.replace("+0100\n---", f"+0100\n{lines.strip()}\n---", 1)


def page_of(make_site: MakeSite, lines: str, config: str = CONFIG) -> html.HtmlElement:
    """Return the page of a brief with more front matter."""
    site = make_site({"site.yaml": config, SOURCE: brief(lines)})
    site.build()
    return html.document_fromstring(site.page(PAGE))


def texts(page: html.HtmlElement, path: str) -> list[str]:
    """Return the text of each element at `path`, spaces folded."""
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def article_of(page: html.HtmlElement) -> dict[str, Any]:
    """Return the article in a page's JSON-LD."""
    [text] = page.xpath("//script/text()")
    article: dict[str, Any] = json.loads(text)["@graph"][0]
    return article


def problems(make_site: MakeSite, lines: str, config: str = CONFIG) -> list[tuple[str, int | None]]:
    """Return each thing wrong with a brief as one text, and its line."""
    site = make_site({"site.yaml": config, SOURCE: brief(lines)})
    try:
        found: Report | BriefsiteError = site.build()
    except BriefsiteError as error:
        found = error
    return [(f"{problem.message} ({problem.hint})", problem.line) for problem in found.problems]


UPDATES = """
updates:
  - {date: 2026-02-01, text: New _figures_.}
  - {date: 2026-03-01 10:00:00 +0100, type: correction, text: "Nine, not [ten](#first)."}
  - {date: 2026-01-15, type: editors-note, text: A note.}
"""


def test_corrections_stand_above_the_text_and_other_changes_below(make_site: MakeSite) -> None:
    page = page_of(make_site, UPDATES)

    assert texts(page, "//section[@class='updates above']/div") == [
        "Correction 1 March 2026 Nine, not ten."
    ]
    assert texts(page, "//section[@class='updates below']/div") == [
        "Update 1 February 2026 New figures.",
        "Editor’s note 15 January 2026 A note.",
    ]
    parts = page.xpath("//section[contains(@class, 'updates')] | //div[@class='prose']")
    assert [part.get("class") for part in parts] == ["updates above", "prose", "updates below"]


def test_the_newest_change_is_the_date_of_update_everywhere(make_site: MakeSite) -> None:
    site = make_site({SOURCE: brief(UPDATES)})
    site.build()
    page = html.document_fromstring(site.page(PAGE))
    moment = "2026-03-01T10:00:00+01:00"

    assert texts(page, "//p[@class='facts']/span[@class='updated']") == ["Updated 1 March 2026"]
    assert page.xpath("//meta[@property='article:modified_time']/@content") == [moment]
    assert article_of(page)["dateModified"] == moment
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    entry = f"//s:url[s:loc='{URL}']/s:lastmod/text()"
    sitemap = etree.fromstring(site.output()["sitemap.xml"])
    assert sitemap.xpath(entry, namespaces=space) == [moment]
    assert page.xpath("//meta[@name='citation_publication_date']/@content") == ["2026/01/15"]


def test_a_date_of_update_that_is_given_is_kept(make_site: MakeSite) -> None:
    page = page_of(make_site, "updated: 2026-02-02\n" + UPDATES.strip())

    assert texts(page, "//p[@class='facts']/span[@class='updated']") == ["Updated 2 February 2026"]


def test_json_ld_tells_of_corrections_as_plain_text(make_site: MakeSite) -> None:
    assert article_of(page_of(make_site, UPDATES))["correction"] == [
        {"@type": "CorrectionComment", "text": "Nine, not ten.", "datePublished": "2026-03-01"}
    ]


def test_one_page_lists_every_change_of_every_brief(make_site: MakeSite) -> None:
    other = brief("updates: [{date: 2026-02-15, type: retraction, text: Gone.}]").replace(
        "Clean air", "Clean sea"
    )
    hidden = brief("unlisted: true\n" + UPDATES.strip())
    site = make_site(
        {
            SOURCE: brief(UPDATES),
            "content/2026-01-15-sea.md": other,
            "content/2026-01-16-x.md": hidden,
        }
    )
    site.build()
    page = html.document_fromstring(site.page("corrections/index.html"))

    assert texts(page, "//ol[@class='rows corrections']/li") == [
        "Correction 1 March 2026 Clean air Nine, not ten.",
        "Retraction 15 February 2026 RETRACTED: Clean sea Gone.",
        "Update 1 February 2026 Clean air New figures.",
        "Editor’s note 15 January 2026 Clean air A note.",
    ]
    assert page.xpath("//ol[@class='rows corrections']//h2/a/@href")[0] == (
        "../briefs/2026/air/#_update-3"
    )
    assert page.xpath("//ol//div//a/@href") == ["../briefs/2026/air/#first"]
    assert "_update-1" in html.document_fromstring(site.page(PAGE)).xpath("//@id")
    footer = html.document_fromstring(site.page("index.html")).xpath("//footer//a/@href")
    assert "./corrections/" in footer
    assert b"https://example.org/repo/corrections/" in site.output()["sitemap.xml"]
    feed = feedparser.parse(site.output()["corrections/feed.xml"])
    assert [(entry.title, entry.id[-10:]) for entry in feed.entries] == [
        ("Correction: Clean air", "/#_update-3"[-10:]),
        ("Retraction: Clean sea", "/#_update-1"[-10:]),
        ("Update: Clean air", "/#_update-2"[-10:]),
        ("Editor’s note: Clean air", "/#_update-1"[-10:]),
    ]
    organization = json.loads(page.xpath("//script/text()")[0])["@graph"][-1]
    assert organization["correctionsPolicy"] == "https://example.org/repo/corrections/"


def test_without_changes_there_is_no_such_page_and_one_of_the_sites_own_wins(
    make_site: MakeSite,
) -> None:
    site = make_site({SOURCE: BRIEF})
    site.build()
    assert "corrections/index.html" not in site.output()

    site.write({SOURCE: brief(UPDATES), "content/corrections.md": "---\ntitle: Mine\n---\nOurs.\n"})
    site.build()
    assert "Ours." in site.page("corrections/index.html")


def test_a_retracted_brief_says_so_in_its_title_and_keeps_its_address_and_key(
    make_site: MakeSite,
) -> None:
    retraction = brief("updates: [{date: 2026-02-01, type: retraction, text: Wrong data.}]")
    files = {
        f"content/2026-01-{day}-{name}.md": BRIEF.replace("-15", f"-{day}").replace("air", name)
        for day, name in ((14, "sea"), (16, "land"))
    }
    site = make_site(files | {SOURCE: BRIEF})
    site.build()
    before = set(site.output())
    key = site.page("briefs/2026/air/air.bib").partition(",")[0]
    site.write({SOURCE: retraction})
    site.build()
    page = html.document_fromstring(site.page(PAGE))

    assert set(site.output()) - before == {
        "corrections/index.html",
        *(f"corrections/feed.{form}" for form in ("xml", "atom", "json")),
    }
    assert texts(page, "//h1 | //title") == [
        "RETRACTED: Clean air | Test",
        "RETRACTED: Clean air",
    ]
    article = article_of(page)
    assert (article["headline"], article["creativeWorkStatus"]) == (
        "RETRACTED: Clean air",
        "Retracted",
    )
    assert page.xpath("//meta[@name='citation_title']/@content") == ["RETRACTED: Clean air"]
    assert site.page("briefs/2026/air/air.bib").startswith(f"{key},")
    assert "RETRACTED: Clean air" in site.page("index.html")
    assert "RETRACTED: Clean air" in site.page("feed.xml")
    around = [
        html.document_fromstring(site.page(path)).xpath("//nav[@class='neighbours']/a/@href")
        for path in (PAGE, "briefs/2026/sea/index.html", "briefs/2026/land/index.html")
    ]
    assert around == [[], ["../../../briefs/2026/land/"], ["../../../briefs/2026/sea/"]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "updates:\n- {date: 2026-01-14, text: Early.}",
            "updates[0].date lies before the day of publication, 2026-01-15"
            " (write the day on which the text was changed)",
        ),
        (
            "updates:\n- {date: 2026-02-30, text: Never.}",
            "updates[0].date: '2026-02-30' is impossible: day is out of range for month"
            " (write a day, or an hour, that there is)",
        ),
        (
            "updates:\n- {date: 2026-02-01, type: erratum, text: x}",
            "updates[0].type is 'erratum', not one of correction, clarification, update,"
            " retraction, editors-note ()",
        ),
        ("updates:\n- {text: x}", "updates[0].date is missing (add 'date: ...')"),
        (
            "updates:\n- words",
            "updates[0] is 'words', not a mapping of keys and values "
            "(write '- {date: ..., text: ...}')",
        ),
        (
            "license:\n  CC-BY-40",
            "license 'CC-BY-40' is not known (did you mean 'CC-BY-4.0'?)",
        ),
        (
            "license:\n  something",
            "license 'something' is not known"
            " (write an id such as CC-BY-4.0, or the address of the licence)",
        ),
        (
            "source:\n  published: soon",
            "source.published: 'soon' is not a date (write 2024-02-03, or 2024-02-03 12:00:00"
            " +0800)",
        ),
        (
            "title2: x\ncanonical: source",
            "canonical: the source has no address"
            " (write 'source: {publisher: ..., url: https://...}')",
        ),
        (
            "funding:\n- {name: Fund, ror: 04wxnsj80}",
            "ror '04wxnsj80': its check digit is wrong: a digit was mistyped ()",
        ),
        ("funding:\n- {award: 1}", "funding[0].name is missing (add 'name: ...')"),
        ("key_points:\n  one", "key_points is 'one', not a list of text ()"),
        (
            "embargo:\n  soon",
            "embargo: 'soon' is not a date (write 2024-02-03, or 2024-02-03 12:00:00 +0800)",
        ),
        (
            "translations:\n  english: x.md",
            "translations: 'english' is no language (write a tag such as zh-Hant)",
        ),
        (
            "translation_of:\n  x.md",
            "translation_of: there is no x.md (name a file beside this one, or a path on the site)",
        ),
        (
            "translation_of:\n  javascript:x",
            "translation_of 'javascript:x' is no address to link to ()",
        ),
        (
            "translations:\n  zh: /nowhere/",
            "translations: there is no /nowhere/"
            " (name a file beside this one, or a path on the site)",
        ),
        (
            "translations:\n  zh: 2026-01-15-air.md",
            "translations: this is the text itself (name the other one)",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_line_and_what_to_write(
    make_site: MakeSite, lines: str, expected: str
) -> None:
    found = problems(make_site, lines)

    assert (expected, 6) in found or (expected, 5) in found


def test_what_jekyll_let_pass_is_a_warning_but_for_an_embargo(make_site: MakeSite) -> None:
    jekyll = CONFIG + "dialect: jekyll\n"
    wrong = "license: mine\nsource: somewhere\ntranslation_of: x.md\nupdates: [{date: x, text: y}]"
    site = make_site({"site.yaml": jekyll, "content/_posts/2026-01-15-air.md": brief(wrong)})

    assert len(site.build().problems) == 4
    site.write({"content/_posts/2026-01-15-air.md": brief("embargo: soon")})
    with pytest.raises(BriefsiteError, match="embargo: 'soon' is not a date"):
        site.build()


CC = "https://creativecommons.org/"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("CC-BY-4.0", ("CC BY 4.0", f"{CC}licenses/by/4.0/")),
        ("cc by-nc-nd 4.0", ("CC BY-NC-ND 4.0", f"{CC}licenses/by-nc-nd/4.0/")),
        ("CC BY-SA", ("CC BY-SA 4.0", f"{CC}licenses/by-sa/4.0/")),
        ("CC-BY-3.0", ("CC BY 3.0", f"{CC}licenses/by/3.0/")),
        ("CC0-1.0", ("CC0 1.0", f"{CC}publicdomain/zero/1.0/")),
        ("all rights reserved", ("All rights reserved", "")),
        (f"{CC}licenses/by/4.0/deed.de", ("CC BY 4.0", f"{CC}licenses/by/4.0/")),
        ("http://creativecommons.org/licenses/by/4.0", ("CC BY 4.0", f"{CC}licenses/by/4.0/")),
        ("https://e.org/terms", ("https://e.org/terms", "https://e.org/terms")),
        ("MIT-ish", None),
    ],
)
def test_a_licence_has_a_name_and_an_address(said: str, expected: tuple[str, str] | None) -> None:
    assert license_of(said) == expected


def licences(page: html.HtmlElement) -> tuple[list[str], list[str], list[str], Any]:
    """Return what a page says of its licence: to readers, in links, in Dublin Core, in JSON-LD."""
    return (
        texts(page, "//p[@class='license']"),
        page.xpath("//*[@rel='license']/@href"),
        page.xpath("//meta[@name='DCTERMS.license' or @name='DC.rights']/@content"),
        article_of(page).get("license"),
    )


def test_the_licence_of_a_brief_goes_over_that_of_the_site(make_site: MakeSite) -> None:
    site = CONFIG + "license: CC-BY-4.0\n"
    by, zero = f"{CC}licenses/by/4.0/", f"{CC}publicdomain/zero/1.0/"

    assert licences(page_of(make_site, "number: 1", site)) == (
        ["CC BY 4.0"],
        [by, by],
        ["CC BY 4.0", by],
        by,
    )
    assert licences(page_of(make_site, "license: CC0-1.0", site))[1] == [zero, zero]
    assert licences(page_of(make_site, "license: all-rights-reserved", site)) == (
        ["All rights reserved"],
        [],
        ["All rights reserved"],
        "All rights reserved",
    )


def test_a_site_whose_own_licence_is_unknown_is_not_built(make_site: MakeSite) -> None:
    site = make_site({"site.yaml": CONFIG + "license: CC-BY-40\n"})

    with pytest.raises(BriefsiteError, match=r"license 'CC-BY-40' is not known \(did you mean"):
        site.build()


FIRST = """
source: {publisher: Sea Review, url: https://sea.example/air, published: 2025-12-01}
canonical: source
"""


def test_what_was_published_elsewhere_first_credits_it_and_leaves_it_its_place(
    make_site: MakeSite,
) -> None:
    site = make_site({"site.yaml": CONFIG + "license: CC-BY-4.0\n", SOURCE: brief(FIRST)})
    site.build()
    page = html.document_fromstring(site.page(PAGE))

    assert texts(page, "//p[@class='origin']") == ["First published by Sea Review, 1 December 2025"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://sea.example/air"]
    assert page.xpath("//meta[starts-with(@name, 'citation_')]") == []
    assert licences(page) == ([], [], [], None)
    article = article_of(page)
    assert article["isBasedOn"] == {
        "@type": "CreativeWork",
        "url": "https://sea.example/air",
        "publisher": {"@type": "Organization", "name": "Sea Review"},
        "datePublished": "2025-12-01",
    }
    assert "copyrightHolder" not in article
    assert URL.encode() not in site.output()["sitemap.xml"]


def test_without_canonical_source_a_republished_text_stands_for_itself(make_site: MakeSite) -> None:
    page = page_of(make_site, FIRST.replace("canonical: source\n", ""))

    assert page.xpath("//link[@rel='canonical']/@href") == [URL]


def test_key_points_and_recommendations_are_boxes_of_harmless_html(make_site: MakeSite) -> None:
    lines = """
key_points: ["_One_ <script>x</script><b onclick=y>two</b>", "See [sea](2026-01-16-sea.md)"]
recommendations: [Do it]
"""
    site = make_site({SOURCE: brief(lines), "content/2026-01-16-sea.md": BRIEF})
    site.build()
    page = html.document_fromstring(site.page(PAGE))

    boxes = page.xpath("//section[starts-with(@class, 'box')]")
    assert [box.get("class") for box in boxes] == ["box key_points", "box recommendations"]
    assert texts(page, "//section[starts-with(@class, 'box')]//h2") == [
        "Key points",
        "Recommendations",
    ]
    items = [etree.tostring(item, encoding="unicode").strip() for item in page.xpath("//ul/li")]
    assert "<li><em>One</em> <b>two</b></li>" in items
    assert '<li>See <a href="../../../briefs/2026/sea/">sea</a></li>' in items


def test_who_paid_and_whose_views_these_are_stands_below_the_text(make_site: MakeSite) -> None:
    lines = """
funding:
  - {name: Wind Fund, ror: https://ror.org/04wxnsj81, award: W-1, statement: It saw _nothing_.}
disclosure: The author owns a mill.
ai_use: None.
acknowledgements: Thanks.
version: 1.10
"""
    views = 'defaults: [{values: {disclaimer: "Views of the **author**."}}]\n'
    page = page_of(make_site, lines, CONFIG + views)

    [said] = texts(page, "//section[@class='end credits']")
    assert said == (
        "Funding Wind Fund (W-1) It saw nothing. Disclosure The author owns a mill. Automated tools"
        " None. Acknowledgements Thanks. Disclaimer Views of the author. Version 1.10"
    )
    article = article_of(page)
    assert (article["funder"][0]["name"], article["version"]) == ("Wind Fund", "1.10")


def test_a_picture_is_credited_where_it_stands(make_site: MakeSite) -> None:
    lines = "image: https://e.org/a.jpg\nimage_credit: Ann Photo\nimage_license: CC-BY-2.0"
    page = page_of(make_site, lines)

    assert texts(page, "//figure/figcaption") == ["Image: Ann Photo, CC BY 2.0"]


def test_an_edited_disclosure_remakes_the_page_its_twin_and_the_feeds_only(
    make_site: MakeSite,
) -> None:
    site = make_site({SOURCE: brief("disclosure: One."), "content/2026-01-16-sea.md": BRIEF})
    site.build()
    site.write({SOURCE: brief("disclosure: Two.")})

    assert sorted(site.build().made) == [
        PAGE,
        PAGE.replace(".html", ".md"),
        "feed.atom",
        "feed.json",
        "feed.xml",
    ]


ZH = """\
---
title: 清潔空氣
author: 王飞凌
date: 2026-02-01
translation_of: 2026-01-15-air.md
---
空氣清潔與否，關係每個人的健康，這是一個長期的問題。
"""


def test_translations_know_each_other_in_both_directions(make_site: MakeSite) -> None:
    """Also where only one of them says so."""
    third = BRIEF.replace("author:", "lang: de\nauthor:").replace("Clean air", "Saubere Luft")
    texts_ = {
        SOURCE: brief("translations: {de: /briefs/2026/luft/}"),
        "content/2026-02-01-kongqi.md": ZH,
        "content/2026-01-15-luft.md": third,
    }
    site = make_site(texts_)
    site.build()
    base = "https://example.org/repo/briefs/2026"
    paths = [f"briefs/2026/{name}/index.html" for name in ("air", "luft", "kongqi")]
    pages = [html.document_fromstring(site.page(path)) for path in paths]

    found = [
        [(link.get("hreflang"), link.get("href")) for link in page.xpath("//link[@hreflang]")]
        for page in pages
    ]
    expected = {
        ("en", f"{base}/air/"),
        ("x-default", f"{base}/air/"),
        ("de", f"{base}/luft/"),
        ("zh-Hant", f"{base}/kongqi/"),
    }
    assert [set(links) for links in found] == [expected] * 3
    assert [page.get("lang") for page in pages] == ["en", "de", "zh-Hant"]
    shown = [sorted(texts(page, "//ul[@class='languages']/li")) for page in pages]
    assert shown == [["Deutsch", "繁體中文"], ["English", "繁體中文"], ["Deutsch", "English"]]
    assert article_of(pages[2])["translationOfWork"] == {"@id": f"{base}/air/#article"}
    assert {"@id": f"{base}/kongqi/#article"} in article_of(pages[0])["workTranslation"]
    locales = pages[0].xpath("//meta[@property='og:locale:alternate']/@content")
    assert sorted(locales) == ["de_DE", "zh_TW"]


def test_a_translation_that_is_withheld_is_not_named_anywhere(make_site: MakeSite) -> None:
    text = brief("translations: {zh-Hant: 2026-02-01-kongqi.md}")
    withheld = ZH.replace("date:", "embargo: 2026-09-01\ndate:").replace("translation_of", "number")
    site = make_site({SOURCE: text, "content/2026-02-01-kongqi.md": withheld})

    assert site.build().problems == ()
    assert "hreflang" not in site.page(PAGE)
    assert b"kongqi" not in b"".join(site.output().values())
    site.build(now=LATER)
    assert 'hreflang="zh-Hant"' in site.page(PAGE)


def test_an_original_elsewhere_is_linked_to(make_site: MakeSite) -> None:
    page = page_of(make_site, "translation_of: https://sea.example/air")

    assert page.xpath("//ul[@class='languages']/li/a/@href") == ["https://sea.example/air"]
    assert article_of(page)["translationOfWork"] == {"@id": "https://sea.example/air"}
    assert page.xpath("//link[@hreflang]/@href") == [URL]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {SOURCE: brief("translations:\n  de: 2026-01-16-sea.md")},
            (SOURCE, "translations: 2026-01-16-sea.md is in 'en', not 'de'", 6),
        ),
        (
            {SOURCE: brief("translation_of: 2026-01-16-sea.md")},
            (
                SOURCE,
                "its translation content/2026-01-16-sea.md is in 'en' as well",
                2,
            ),
        ),
    ],
)
def test_two_languages_must_be_two(
    make_site: MakeSite, files: dict[str, str], expected: tuple[str, str, int]
) -> None:
    site = make_site({"content/2026-01-16-sea.md": BRIEF} | files)

    with pytest.raises(BriefsiteError) as raised:
        site.build()
    found = [(p.where, p.message, p.line) for p in raised.value.problems]
    assert expected in found


HANS, HANT = "这个国家的经济发展与环境问题。", "這個國家的經濟發展與環境問題。"


@pytest.mark.parametrize(
    ("site_lang", "body", "lang"),
    [
        ("en-GB", "Plain “words” only.", "en-GB"),
        ("en-GB", HANS, "zh-Hans"),
        ("en-GB", HANT, "zh-Hant"),
        ("en-GB", "王 is a name among many English words here.", "en-GB"),
        ("en-GB", "山水人口", "zh"),
        ("en-GB", "これは日本語の文章です。", "ja"),
        ("zh-Hant-HK", HANT, "zh-Hant-HK"),
        ("zh-TW", HANT, "zh-TW"),
        ("zh-TW", HANS, "zh-Hans"),
        ("zh-CN", "山水人口", "zh-CN"),
        ("zh-Hans", "English in a site that is not.", "zh-Hans"),
    ],
)
@pytest.mark.parametrize("dialect", ["briefsite", "jekyll"])
def test_a_text_in_han_characters_tells_its_language(
    make_site: MakeSite, site_lang: str, body: str, lang: str, dialect: str
) -> None:
    site = make_site(
        {
            "site.yaml": f"{CONFIG}lang: {site_lang}\ndialect: {dialect}\n",
            "content/_posts/2026-01-15-air.md": BRIEF.replace("Body.", body * 3).replace(
                "_Standfirst._", ""
            ),
        }
    )
    site.build()
    [path] = [path for path in site.output() if path.endswith("air/index.html")]

    assert html.document_fromstring(site.page(path)).get("lang") == lang


def test_a_language_that_is_given_is_kept(make_site: MakeSite) -> None:
    site = make_site({SOURCE: brief("lang: yue").replace("Body.", HANT)})
    site.build()

    assert html.document_fromstring(site.page(PAGE)).get("lang") == "yue"


def test_texts_in_characters_are_read_by_the_character(make_site: MakeSite) -> None:
    site = make_site({SOURCE: BRIEF.replace("Body.", HANT * 90)})
    site.build()
    page = html.document_fromstring(site.page(PAGE))

    assert texts(page, "//span[@class='minutes']") == ["閱讀需 3 分鐘"]
