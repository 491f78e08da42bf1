"""A Jekyll site, read as Jekyll reads it: which files, which addresses, which pages."""

import json
from typing import Any

import feedparser
import pytest
from conftest import MakeSite, SiteFolder
from lxml import html

from briefsite.errors import BriefsiteError, Problem
from briefsite.front_matter import load
from briefsite.site_yaml import parse_config

CONFIG = """\
title: Institute
url: https://example.org
baseurl: /repo
dialect: jekyll
timezone: Asia/Hong_Kong
permalink: date
markdown: {flavor: kramdown, html: trusted}
excerpt_fallback: everything
"""
POST = "---\ntitle: Clean air\nlayout: post\n---\nText.\n"


def jekyll(make_site: MakeSite, files: dict[str, Any], config: str = "") -> SiteFolder:
    """Return a site in Jekyll's dialect."""
    return make_site({"site.yaml": CONFIG + config} | files)


def pages(site: SiteFolder) -> list[str]:
    """Return the built HTML pages but for those that every site has."""
    names = (name for name in site.output() if name.endswith(".html"))
    return [name for name in names if name not in ("404.html", "index.html")]


def test_posts_lie_in_any_folder_called_posts_and_those_above_are_categories(
    make_site: MakeSite,
) -> None:
    """jekyll.md F3, T1, U6."""
    names = [
        "_posts/2024-01-01-a.md",
        "_posts/sub/24-1-2-b.markdown",
        "Law/eu/_posts/2024-1-3-c.md",
    ]
    site = jekyll(make_site, {f"content/{name}": POST for name in names})
    site.build()

    assert pages(site) == [
        "2024/01/01/a.html",
        "2024/01/02/b.html",
        "law/eu/2024/01/03/c.html",
    ]


def test_what_is_no_post_is_named(make_site: MakeSite) -> None:
    """jekyll.md F1, F3, F5."""
    files = {
        "content/_posts/undated.md": POST,
        "content/_posts/2024-01-01-a.png": b"png",
        "content/_posts/_old/2024-01-01-b.md": POST,
        "content/_docs/_posts/2024-01-01-c.md": POST,
        "content/_other/d.md": POST,
        "content/vendor/e.md": POST,
        "content/readme.md": "No front matter.\n",
    }
    config = "collections: {docs: {folder: _docs}}\nexclude: [vendor/]\n"
    site = jekyll(make_site, files, config)
    report = site.build()

    assert sorted((item.source, item.reason) for item in report.left_out) == [
        ("content/_docs/_posts", "hidden name"),
        ("content/_other", "hidden name"),
        ("content/_posts/2024-01-01-a.png", "no post"),
        ("content/_posts/_old", "hidden name"),
        ("content/_posts/undated.md", "no date in its name"),
        ("content/vendor", "excluded"),
    ]
    assert pages(site) == []
    assert site.output()["readme.md"] == b"No front matter.\n"


def test_include_wins_over_hidden_names_and_exclude(make_site: MakeSite) -> None:
    """jekyll.md F1, U3: the underscore stays in the address."""
    files = {"content/_pages/about.md": POST, "content/.well-known/x.txt": "x"}
    site = jekyll(make_site, files, "include: [_pages, .well-known]\nexclude: [_pages]\n")
    site.build()

    assert pages(site) == ["_pages/about.html"]
    assert site.output()[".well-known/x.txt"] == b"x"


def test_drafts_wait_until_they_are_asked_for_and_their_faults_only_warn(
    make_site: MakeSite,
) -> None:
    """jekyll.md F4."""
    files = {
        "content/_drafts/2019-05-05-dated.md": POST.replace("layout", "date: 2020-01-01\nlayout"),
        "content/_drafts/broken.md": "---\ntitle: a: b\n---\nText.\n",
    }
    site = jekyll(make_site, files)
    report = site.build()

    assert [(item.source, item.reason) for item in report.left_out] == [
        ("content/_drafts/broken.md", "draft"),
        ("content/_drafts/2019-05-05-dated.md", "draft"),
    ]
    assert [problem.warning for problem in report.problems] == [True, True]
    with pytest.raises(BriefsiteError, match=r"broken\.md:2"):
        site.build(drafts=True)
    site.write({"content/_drafts/broken.md": None})
    site.build(drafts=True)
    assert pages(site) == ["2020/01/01/dated.html"]


def test_pages_need_front_matter_and_may_be_html(make_site: MakeSite) -> None:
    """jekyll.md F2, U3, B4."""
    files = {
        "content/about.md": "---\ntitle: About\n---\n[home](/repo/) and [map](/map)\n",
        "content/team/index.html": "---\ntitle: Team\n---\n<p>We <a href='/about'>are</a>.</p>\n",
        "content/plain.html": "<p>as it is</p>\n",
    }
    site = jekyll(make_site, files)
    site.build()

    assert pages(site) == ["about.html", "plain.html", "team/index.html"]
    assert site.output()["plain.html"] == b"<p>as it is</p>\n"
    links = html.fromstring(site.page("about.html")).xpath("//article//a/@href")
    assert links == ["./", "./map"]
    team = html.fromstring(site.page("team/index.html"))
    assert team.xpath("//article//p/a/@href") == ["../about"]


def test_a_layout_without_template_is_replaced_with_a_warning(make_site: MakeSite) -> None:
    """jekyll.md M7b."""
    site = jekyll(make_site, {"content/_posts/2024-01-01-a.md": POST.replace("post", "fancy")})
    [problem] = site.build().problems

    assert problem.message == "there is no template for layout 'fancy'; post.html is used"
    assert pages(site) == ["2024/01/01/a.html"]


def test_collections_with_and_without_pages(make_site: MakeSite) -> None:
    """jekyll.md F5, D5, D6, U2."""
    files = {
        "content/c/_docs/b.md": "---\ntitle: B\nrank: 2\n---\nB.\n",
        "content/c/_docs/a.md": "---\ntitle: A\nrank: 1\n---\nA.\n",
        "content/c/_docs/none.md": "---\ntitle: C\n---\nC.\n",
        "content/c/_staff/ann.md": "---\ntitle: Ann\n---\nAnn is *here*.\n",
        "content/c/_staff/ann.png": b"png",
        "templates/page.html": "{% for name in ['docs', 'staff'] %}{% for one in "
        "site.documents[name] %}{{ one.title }} {{ one.url }} {{ one.content }}"
        "{% endfor %}{% endfor %}",
    }
    config = """\
collections_dir: c
collections:
  docs: {folder: _docs, permalink: "/:collection/:path:output_ext", sort_by: rank}
  staff: {folder: _staff, output: false}
front_matter: [rank]
"""
    site = jekyll(make_site, files, config)
    report = site.build()

    assert pages(site) == ["docs/a.html", "docs/b.html", "docs/none.html"]
    assert site.page("docs/a.html") == (
        "A /docs/a.html <p>A.</p>\nB /docs/b.html <p>B.</p>\nC /docs/none.html <p>C.</p>\n"
        "Ann  <p>Ann is <em>here</em>.</p>\n"
    )
    assert [item.reason for item in report.left_out] == ["data only"]


def test_data_files_are_data_for_templates(make_site: MakeSite) -> None:
    """jekyll.md F7."""
    files = {
        "content/_data/staff list.yml": "- name: Ann\n- name: Bo\n",
        "content/_data/eu/cities.csv": "city,people\nBonn,300\n",
        "content/_data/eu/fr.json": '{"capital": "Paris"}',
        "content/_data/notes.txt": "x",
        "content/a.md": "---\nlayout: data\n---\n",
        "templates/data.html": "{{ site.data|json }}",
    }
    site = jekyll(make_site, files)
    [problem] = site.build().problems

    assert problem.message == "this kind of data is not read"
    assert json.loads(site.page("a.html")) == {
        "eu": {"cities": [{"city": "Bonn", "people": "300"}], "fr": {"capital": "Paris"}},
        "staff_list": [{"name": "Ann"}, {"name": "Bo"}],
    }
    site.write({"content/_data/eu/fr.json": '{"capital": "Lyon"}'})
    assert site.build().made == ("a.html",)


def test_broken_data_is_an_error_with_its_line(make_site: MakeSite) -> None:
    files = {"content/_data/a.json": "{\n,}", "content/_data/b.yml": "a: [\n"}
    with pytest.raises(BriefsiteError) as caught:
        jekyll(make_site, files).build()

    assert [(p.where, p.line) for p in caught.value.problems] == [
        ("content/_data/a.json", 2),
        ("content/_data/b.yml", 2),
    ]


def test_former_addresses_lead_to_the_page_without_script(make_site: MakeSite) -> None:
    """jekyll.md R1 to R5."""
    post = POST.replace("layout", "redirect_from: [/old/, old2, /old3.html, /p/é x]\nlayout")
    files = {
        "content/_posts/2024-01-01-a.md": post,
        "content/gone.md": "---\nredirect_to: [https://example.com/x, /y]\n---\n",
        "content/near.md": "---\nredirect_to: /about\n---\n",
    }
    site = jekyll(make_site, files)
    site.build()

    assert pages(site) == [
        "2024/01/01/a.html", "gone.html", "near.html", "old/index.html", "old2.html", "old3.html",
        "p/é x.html",
    ]  # fmt: skip
    page = html.fromstring(site.page("old/index.html"))
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../2024/01/01/a.html"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/repo/2024/01/01/a.html"
    ]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//script") == []
    gone = html.fromstring(site.page("gone.html"))
    assert gone.xpath("//a/@href") == ["https://example.com/x"]
    target = "https://example.org/repo/2024/01/01/a.html"
    assert json.loads(site.page("redirects.json")) == {
        "/gone.html": "https://example.com/x",
        "/near.html": "https://example.org/repo/about",
        "/old/": target,
        "/old2": target,
        "/old3.html": target,
        "/p/é x": target,
    }
    assert "old" not in site.page("sitemap.xml")


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        (
            "redirect_from: /x",
            "redirect_from: /x",
            "redirect_from: /x is also asked for by content/a.md",
        ),
        (
            "redirect_from: /b.html",
            "title: B",
            "redirect_from: /b.html is the page of content/b.md",
        ),
        ("redirect_from: /a", "title: B", "redirect_from: /a leads to itself"),
        (
            "redirect_to: /b.html",
            "redirect_to: /a.html",
            "redirects run in a circle: /a.html to /b.html to /a.html",
        ),
        ("redirect_to: /b.html", "redirect_to: /c", "/a.html leads to a redirect"),
    ],
)
def test_redirects_that_meet_are_errors(
    make_site: MakeSite, first: str, second: str, problem: str
) -> None:
    """jekyll.md R6."""
    files = {"content/a.md": f"---\n{first}\n---\n", "content/b.md": f"---\n{second}\n---\n"}
    with pytest.raises(BriefsiteError) as caught:
        jekyll(make_site, files).build()

    assert caught.value.problems[0].message == problem


def test_archives_list_posts_by_day_category_and_tag(make_site: MakeSite) -> None:
    """jekyll.md 2.14."""
    one = POST.replace("layout", "tags: [Net Zero, EU]\ncategory: Law\nlayout")
    files = {"content/_posts/2024-01-01-a.md": one, "content/_posts/2023-05-06-b.md": POST}
    config = """\
archives:
  year: /:year/
  month: /:year/:month/
  categories: /category/:name/
  tags: /tag/:name/
"""
    site = jekyll(make_site, files, config)
    site.build()

    found = [name.removesuffix("index.html") for name in pages(site) if name.endswith("index.html")]
    assert found == [
        "2023/05/", "2023/", "2024/01/", "2024/", "category/law/", "tag/eu/", "tag/net-zero/",
    ]  # fmt: skip
    page = html.fromstring(site.page("tag/net-zero/index.html"))
    assert page.xpath("//h1//text()") == ["Net Zero"]
    assert page.xpath("//h2/a/@href") == ["../../law/2024/01/01/a.html"]


def test_an_index_has_jekylls_pages_and_the_authors_introduction(make_site: MakeSite) -> None:
    files = {f"content/_posts/2024-01-0{n}-a.md": POST for n in range(1, 4)}
    files["content/index.md"] = "---\nlayout: home\ntitle: Welcome\n---\nWe *write*.\n"
    files["content/blog/index.html"] = "---\nlayout: index\n---\n<p>The blog.</p>\n"
    config = "paginate: 2\npaginate_path: page:num/\ncollections: {posts: {index: /blog/}}\n"
    site = jekyll(make_site, files, config)
    report = site.build()

    assert [problem.message for problem in report.problems] == []
    found = [name for name in site.output() if "/20" not in f"/{name}" and name.endswith(".html")]
    assert found == [
        "404.html", "blog/index.html", "blog/page2/index.html", "index.html", "page2/index.html",
    ]  # fmt: skip
    assert "<p>We <em>write</em>.</p>" in site.page("index.html")
    assert "<p>We" not in site.page("page2/index.html")
    assert "<p>The blog.</p>" in site.page("blog/index.html")


def test_feeds_keep_jekylls_addresses_and_ids(make_site: MakeSite) -> None:
    """jekyll.md A1, A2, A4, U10."""
    post = POST.replace("layout", "categories: Law\ntags: [eu, net zero]\nlayout")
    files = {
        "content/_posts/2024-01-01-a.md": post,
        "content/_posts/2026-05-01-new.md": POST,
        "content/_docs/2024-02-02-d.md": POST,
        "content/_docs/x/2024-02-03-d.md": POST,
        "content/_docs/y/2024-02-04-e.md": POST,
    }
    config = """\
collections: {docs: {folder: _docs, permalink: "/:collection/:slug-:day.html"}}
feed:
  collections: {docs: /feed/docs.xml}
  categories: {Law: /feed/Law.xml}
  tags: /feed/by_tag/:name.xml
  legacy_ids: 2026-01-01
"""
    site = jekyll(make_site, files, config)
    site.build()

    def ids(path: str) -> list[str]:
        return [entry.id for entry in feedparser.parse(site.output()[path]).entries]

    base = "https://example.org/repo"
    assert sorted(name for name in site.output() if name.endswith(".xml")) == [
        "feed.xml", "feed/Law.xml", "feed/by_tag/eu.xml", "feed/docs.xml", "sitemap.xml",
    ]  # fmt: skip
    assert ids("feed.xml") == [f"{base}/2026/05/01/new.html", f"{base}/law/2024/01/01/a"]
    assert ids("feed/Law.xml") == ids("feed/by_tag/eu.xml") == [f"{base}/law/2024/01/01/a"]
    assert ids("feed/docs.xml") == [
        f"{base}/docs/e", f"{base}/docs/d-03.html", f"{base}/docs/d-02.html"
    ]  # fmt: skip
    feed = feedparser.parse(site.output()["feed/docs.xml"])
    assert feed.feed.title == "Institute | Docs"


def test_only_the_newest_posts_are_kept(make_site: MakeSite) -> None:
    """jekyll.md P5."""
    files = {f"content/_posts/2024-01-0{n}-a.md": POST for n in range(1, 4)}
    report = jekyll(make_site, files, "limit_posts: 1\n").build()

    assert [(item.source, item.reason) for item in report.left_out] == [
        ("content/_posts/2024-01-02-a.md", "over the limit"),
        ("content/_posts/2024-01-01-a.md", "over the limit"),
    ]


def test_a_collection_may_show_its_future_and_a_brief_may_expire(make_site: MakeSite) -> None:
    """jekyll.md P2, P4."""
    files = {
        "content/_talks/2099-01-01-a.md": POST,
        "content/_posts/2099-01-01-b.md": POST,
        "content/_posts/2024-01-01-c.md": POST.replace("layout", "expires: 2025-01-01\nlayout"),
    }
    config = 'collections: {talks: {folder: _talks, permalink: "/t/:slug/", future: true}}\n'
    site = jekyll(make_site, files, config)
    report = site.build()

    assert pages(site) == ["t/a/index.html"]
    assert sorted((item.reason, item.detail) for item in report.left_out) == [
        ("expired", "since 2025-01-01T00:00:00+08:00"),
        ("scheduled", "until 2099-01-01T00:00:00+08:00"),
    ]


@pytest.mark.parametrize(
    ("line", "shown"),
    [("published:", False), ('published: "no"', False), ('published: "yes"', True)],
)
def test_published_that_is_no_boolean_never_leaks(
    make_site: MakeSite, line: str, shown: bool
) -> None:
    """jekyll.md P1."""
    site = jekyll(
        make_site, {"content/_posts/2024-01-01-a.md": POST.replace("layout", f"{line}\nlayout")}
    )
    site.build()

    assert pages(site) == (["2024/01/01/a.html"] if shown else [])


def test_values_that_jekyll_let_pass_only_warn(make_site: MakeSite) -> None:
    post = POST.replace("layout", "subtitle: [a]\nimage: true\nlang: {a: b}\nlayout")
    report = jekyll(make_site, {"content/_posts/2024-01-01-a.md": post}).build()

    assert [str(problem) for problem in report.problems] == [
        "content/_posts/2024-01-01-a.md:3: subtitle is a list, not text",
        "content/_posts/2024-01-01-a.md:5: lang is a mapping, not text",
    ]


def test_one_checkout_builds_in_place(make_site: MakeSite) -> None:
    files = {
        "_posts/2024-01-01-a.md": POST,
        "_config.yml": "title: x\n",
        "_site/old.html": "Jekyll's",
        "img/a.png": b"png",
        "static/b.png": b"png",
    }
    config = "content: .\nstatic: _static\ntemplates: _templates\noutput: _new\nexclude: [_site]\n"
    site = jekyll(make_site, files, config)
    report = site.build(output=site.root / "_new")

    new = site.output("_new")
    assert [name for name in new if "a." in name or "b." in name] == [
        "2024/01/01/a.bib", "2024/01/01/a.csl.json", "2024/01/01/a.html", "2024/01/01/a.ris",
        "img/a.png", "static/b.png",
    ]  # fmt: skip
    assert "site.yaml" not in new
    assert sorted((item.source, item.reason) for item in report.left_out) == [
        ("_config.yml", "hidden name"),
        ("_site", "excluded"),
    ]
    assert site.build(output=site.root / "_new").made == ()


def test_tags_part_at_commas_and_categories_stay_in_their_address(make_site: MakeSite) -> None:
    """jekyll.md T1, T2."""
    post = POST.replace("layout", "tags: net zero, eu\ncategories: Two, Words\nlayout")
    report = jekyll(make_site, {"content/_posts/2024-01-01-a.md": post}).build()

    assert [problem.message for problem in report.problems] == [
        "categories hold commas: they stay",
        "tags hold commas: commas part them here, spaces in Jekyll",
    ]


def test_simple_liquid_in_bodies_is_filled_in_before_markdown(make_site: MakeSite) -> None:
    """jekyll.md P6, B2, and issue texts: site, page, link, post_url, include, data, raw."""
    body = """\
See [this]({{ site.baseurl }}/about) or [it]({{ site.url }}/x), [that]({% post_url 2024-01-02-b %})
and [the map]({% link maps/a.pdf %}), by {{ page.author | upcase }}; {{ site.data.cities[0] }}.

{% include figure.html src="a.png" %}

{% for x in y %}
"""
    files = {
        "content/_posts/2024-01-01-a.md": f"---\ntitle: A\nauthor: Ann\n---\n{body}",
        "content/_posts/2024-01-02-b.md": POST,
        "content/_posts/2099-01-02-c.md": POST,
        "content/_data/cities.yml": "[Bonn]",
        "static/maps/a.pdf": b"pdf",
        "templates/includes/figure.html": '<img src="{{ include.src }}" alt="{{ page.title }}">',
    }
    site = jekyll(make_site, files)
    report = site.build()

    [article] = html.fromstring(site.page("2024/01/01/a.html")).xpath("//*[@class='prose']")
    assert article.xpath(".//p/a/@href") == [
        "../../../about", "https://example.org/repo/x", "../../../2024/01/02/b.html",
        "../../../maps/a.pdf",
    ]  # fmt: skip
    assert "by ANN; Bonn." in article.text_content()
    assert article.xpath(".//img/@alt") == ["A"]
    assert "{% for x in y %}" in article.text_content()
    assert [str(problem) for problem in report.problems] == [
        "content/_posts/2024-01-01-a.md:10: this Liquid is not understood and stays as it is: "
        "{% for x in y %} (briefsite runs no Liquid: write what it stood for, or {% raw %} around "
        "it)"
    ]
    site.write({"content/_data/cities.yml": "[Kyiv]"})
    assert "2024/01/01/a.html" in site.build().made
    site.write({"templates/includes/figure.html": "<hr>"})
    assert "2024/01/01/a.html" in site.build().made


@pytest.mark.parametrize(
    ("name", "error"),
    [("2099-01-02-c", None), ("2024-01-09-gone", "2024-01-09-gone does not exist")],
)
def test_a_link_to_a_post_that_is_not_there_says_why(
    make_site: MakeSite, name: str, error: str | None
) -> None:
    """jekyll.md P6."""
    files = {
        "content/_posts/2024-01-01-a.md": POST + f"[x]({{% post_url {name} %}})\n",
        "content/_posts/2099-01-02-c.md": POST,
    }
    site = jekyll(make_site, files)
    if error:
        with pytest.raises(BriefsiteError, match=error):
            site.build()
    else:
        [problem] = site.build().problems
        assert problem.line == 6
        assert "is not public: scheduled (until 2099-01-02T00:00:00+08:00)" in problem.message


def test_a_404_page_of_the_sites_own_works_at_any_depth(make_site: MakeSite) -> None:
    page = "---\npermalink: /404.html\n---\n[home](/)\n"
    site = jekyll(make_site, {"content/missing.md": page})
    site.build()

    found = html.fromstring(site.page("404.html"))
    assert found.xpath("//*[@class='prose']//a/@href") == ["/repo/"]
    assert [href for href in found.xpath("//@href") if not href.startswith(("/repo/", "#"))] == [
        "https://example.org/repo/404.html"
    ]


@pytest.mark.parametrize("folder", [".", "./"])
def test_the_whole_site_is_no_folder_of_static_files(folder: str) -> None:
    """It would hold the drafts, the withheld and the configuration."""
    with pytest.raises(BriefsiteError) as caught:
        parse_config(load(f"title: A\nstatic: '{folder}'\n", "site.yaml"))

    what = "static is the whole site: drafts would go out with it"
    assert caught.value.problems == (Problem("site.yaml", what, 2, "write 'static: static'"),)
