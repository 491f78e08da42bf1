"""Titles that the program gives: in every language that the theme speaks, where readers look."""

import json
from types import SimpleNamespace

import jinja2
import pytest
from conftest import BRIEF, CONFIG, ROOT, MakeSite
from lxml import etree, html

from briefsite import titles
from briefsite.languages import own_name

CHANGED = BRIEF.replace(
    "author:", "updates: [{date: 2026-02-01, type: correction, text: Less.}]\nauthor:"
)


def test_titles_are_there_in_every_language_of_the_theme() -> None:
    theme = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "templates"), autoescape=True)
    words = theme.get_template("partials/tables.html").make_module(
        {"page": SimpleNamespace(lang="en"), "site": SimpleNamespace(lang="en")}
    )
    tables = vars(words)["tables"]

    assert set(titles._WORDS) == set(tables)
    assert {tuple(table) for table in titles._WORDS.values()} == {tuple(titles._WORDS["en"])}
    assert {tuple(table) for table in tables.values()} == {tuple(tables["en"])}
    shared = ("topics", "tags", "series", "feeds", "corrections")
    for lang, table in tables.items():
        own = titles._WORDS[lang]
        assert {name: own[name] for name in shared} == {name: table[name] for name in shared}
        for kind, name in table["changes"].items():
            assert own[kind].rstrip(":： {}") == name


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en-GB", "Topics"),
        ("de", "Topics"),
        ("zh", "主题"),
        ("zh-Hans-SG", "主题"),
        ("zh-CN", "主题"),
        ("zh-Hant-HK", "主題"),
        ("zh-TW", "主題"),
        ("ar-EG", "المواضيع"),
    ],
)
def test_a_title_is_looked_up_by_language_script_and_country(
    make_site: MakeSite, lang: str, title: str
) -> None:
    site = make_site(
        {
            "site.yaml": f"{CONFIG}lang: {lang}\n",
            "content/2026-01-15-air.md": BRIEF.replace("author:", "topics: [Air]\nauthor:"),
        }
    )
    site.build()
    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))

    assert titles.title_in(lang, "topics") == title
    assert page.xpath("//footer[@class='end topics']/h2/text()") == [title]
    menu = page.xpath("//footer[@class='colophon']//a/text()")
    assert (title in menu, titles.title_in(lang, "feeds") in menu) == (True, True)


def test_lists_of_corrections_and_feeds_are_named_in_the_sites_language(
    make_site: MakeSite,
) -> None:
    site = make_site(
        {"site.yaml": CONFIG + "lang: zh-Hant\n", "content/2026-01-15-air.md": CHANGED}
    )
    site.build()

    def named(path: str) -> tuple[str, str, str]:
        page = html.document_fromstring(site.page(path))
        [said] = page.xpath("//script[@type='application/ld+json']/text()")
        names = [node["name"] for node in json.loads(said)["@graph"] if "Page" in node["@type"]]
        og = page.xpath("string(//meta[@property='og:title']/@content)")
        return page.findtext(".//title"), og, names[0]

    assert named("corrections/index.html") == ("更正與更新 | Test", "更正與更新", "更正與更新")
    assert named("feeds/index.html") == ("訂閱源 | Test", "訂閱源", "訂閱源")
    assert "<title>找不到網頁 | Test</title>" in site.page("404.html")
    feed = etree.fromstring(site.output()["corrections/feed.xml"])
    assert feed.findtext("channel/title") == "Test | 更正與更新"
    assert feed.findtext("channel/item/title") == "更正：Clean air"


def test_what_only_listeners_hear_is_in_the_texts_own_language(make_site: MakeSite) -> None:
    text = "العربية.[^1]\n\n| a |\n|---|\n| b |\n\n[^1]: c\n"
    foreign = BRIEF.replace("author:", "lang: ar\nauthor:")
    briefs = {"air": foreign + text, "sea": BRIEF + text}
    site = make_site({f"content/2026-01-15-{name}.md": brief for name, brief in briefs.items()})
    site.build()

    def heard(name: str) -> list[str]:
        page = html.document_fromstring(site.page(f"briefs/2026/{name}/index.html"))
        found = page.xpath("//*[@class='table' or @class='reversefootnote']/@aria-label")
        return [str(label) for label in found]

    assert heard("sea") == ["Table", "Back to note 1 in the text"]
    assert heard("air") == ["جدول", "العودة إلى الملاحظة 1 في النص"]


def test_the_footer_of_a_page_in_another_language_keeps_to_the_sites(make_site: MakeSite) -> None:
    foreign = BRIEF.replace("author:", "lang: ar\nauthor:")
    site = make_site({"content/2026-01-15-air.md": foreign})
    site.build()
    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))

    [footer] = page.xpath("//footer[@class='colophon']")
    assert footer.get("lang") == "en"
    assert footer.xpath("nav/@aria-label") == ["Browse"]
    assert footer.xpath("nav//a/text()")[-1] == "Feeds"
    assert page.xpath("string(//a[@class='skip'])") == "انتقل إلى المحتوى"


@pytest.mark.parametrize(
    ("lang", "name"),
    [("de-AT", "Deutsch"), ("zh-Hant-HK", "繁體中文"), ("zh", "中文"), ("sw", "sw"), ("", "")],
)
def test_a_language_is_called_by_its_own_name(lang: str, name: str) -> None:
    assert own_name(lang) == name


def test_what_is_said_of_a_brief_is_said_in_its_own_language(make_site: MakeSite) -> None:
    gone = CHANGED.replace("type: correction", "type: retraction")
    gone = gone.replace("author:", "lang: zh-Hans\nauthor:").replace("Clean air", "清洁空气")
    site = make_site({"content/2026-01-15-air.md": gone})
    site.build()

    page = html.document_fromstring(site.page("briefs/2026/air/index.html"))
    assert page.xpath("//h1/text()") == ["已撤回：清洁空气"]
    feed = etree.fromstring(site.output()["corrections/feed.xml"])
    assert feed.findtext("channel/title") == "Test | Corrections and updates"
    assert feed.findtext("channel/item/title") == "撤回：清洁空气"
