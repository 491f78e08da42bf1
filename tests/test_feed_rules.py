"""Every feed keeps the rules of the W3C's validator; each rule is seen to bite."""

from collections.abc import Iterable
from pathlib import Path

import feed_rules
import pytest
from conftest import BRIEF, CONFIG, MakeSite, SiteFolder, project_of, tree
from test_corpus import CONFIG as ARCHIVE
from test_feeds import FILES, RICH

from briefsite.builder import Job, build

RULES = {
    b"<rss": feed_rules.rss,
    b"<feed": feed_rules.atom,
    b'{"version":"https://jsonfeed': feed_rules.json_feed,
}
FORMULA = BRIEF.replace("Body.", "$$x^2$$\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n> <q>Q</q>\n")
WHOLE = {
    **FILES,
    "site.yaml": CONFIG
    + "feed: {limit: 3}\npublisher: {name: Inst & Co}\ncollections: {briefs: {}, notes: {}}\n",
    "content/paper.pdf": b"%PDF-1.4",
    "content/2026-02-15-sea.md": RICH.replace("tags:", "pdf: paper.pdf\ntopics: [R&D]\ntags:"),
    "content/notes/2025-03-01-sum.md": FORMULA.replace("2026-01-15", "2025-03-01").replace(
        "author:", "lang: zh-Hant\nauthor:"
    ),
    "content/notes/2026-03-02-sky.md": BRIEF.replace("2026-01-15", "2026-03-02").replace(
        "author: Ann Lee", "updates: [{date: 2026-04-01, type: correction, text: '_Less_.'}]"
    ),
}


def faults(output: dict[str, bytes], base: str) -> tuple[int, list[str]]:
    """Return how many feeds are in an output, and what they break."""
    held = [
        (path, data, rules)
        for path, data in output.items()
        if path.endswith((".xml", ".atom", ".json"))
        for start, rules in RULES.items()
        if start in data[:512]
    ]
    return len(held), [
        f"{path}: {fault}" for path, data, rules in held for fault in rules(data, f"{base}/{path}")
    ]


@pytest.fixture
def whole(make_site: MakeSite) -> SiteFolder:
    """Return a built site with feeds of every kind."""
    site = make_site(WHOLE)
    site.build()
    return site


def test_every_feed_keeps_the_rules(whole: SiteFolder) -> None:
    output = whole.output()
    count, broken = faults(output, "https://example.org/repo")

    assert broken == []
    names = ("feed", "briefs/feed", "notes/feed", "topics/r-d/feed", "corrections/feed",
             "feeds/en", "feeds/zh-Hant")  # fmt: skip
    kinds = [f"{name}.{end}" for name in names for end in ("xml", "atom", "json")]
    assert set(kinds) <= set(output)
    assert (count, "feeds/archive/2025.atom" in output) == (len(kinds) + 1, True)


def test_every_feed_of_the_sample_keeps_the_rules(sample: Path) -> None:
    count, broken = faults(tree(sample), "https://briefsite.github.io/briefsite")

    assert (broken, count > 9) == ([], True)


def test_every_feed_of_a_real_archive_keeps_the_rules(corpus: Path, tmp_path: Path) -> None:
    config = f"{ARCHIVE}feed: {{limit: 400}}\n"
    site = SiteFolder(tmp_path).write({"site.yaml": config})
    (tmp_path / "_collections").symlink_to(corpus / "_collections")
    build(project_of(tmp_path), Job())
    count, broken = faults(site.output(), "https://example.org/archive")

    assert (broken, count > 9) == ([], True)


BROKEN: dict[str, list[tuple[str, str, str]]] = {
    "feed.xml": [
        ('version="2.0"', 'version="0.9"', "InvalidRSSVersion"),
        ("<description>", "<descriptio>", "MissingElement description"),
        ("<docs>", "<doc>", "UndefinedElement doc"),
        ("<item>\n<title>", "<item>\n<title>x</title><title>", "DuplicateElement title"),
        ('rel="self"', 'rel="me"', "MissingSelf"),
        ('rel="self"', 'rel="me"', "UnregisteredAtomLinkRel"),
        ("<language>en", "<language>english language", "InvalidLanguage"),
        ("<pubDate>Mon", "<pubDate>Tue", "IncorrectDOW"),
        ("<pubDate>Mon,", "<pubDate>soon", "InvalidRFC2822Date"),
        ('isPermaLink="true"', 'isPermaLink="yes"', "InvalidBooleanAttribute"),
        ("/notes/2026/sky/</guid>", "/ä</guid>", "InvalidHttpGUID"),
        ("/notes/2026/sky/</link>", "/ä</link>", "InvalidFullLink"),
        ("<title>Clean air", "<title>&lt;b&gt;Clean&lt;/b&gt;", "ContainsHTML"),
        ("<title>Clean air", "<title>R&amp;amp;D", "ContainsHTML"),
        ("<title>Clean air", "<title>\ufffd", "BadCharacters"),
        ("&lt;p&gt;", "&lt;excerpt/&gt;", "NotHtml"),
        ("&lt;p&gt;", "&lt;iframe&gt;&lt;/iframe&gt;&lt;p&gt;", "SecurityRisk <iframe>"),
        ("&lt;p&gt;", "&lt;p style=&#34;x&#34;&gt;", "SecurityRiskAttr p style"),
        ("&lt;p&gt;", "&lt;p&gt;&lt;a href=&#34;x/&#34;&gt;x&lt;/a&gt;", "ContainsRelRef x/"),
        ('length="8"', 'length="?"', "InvalidIntegerAttribute"),
        ('length="8" type="application/pdf"', 'length="8" type="pdf"', "InvalidMIMEAttribute"),
        ('medium="image"', 'medium="picture"', "InvalidMediaMedium"),
        ("<item>\n", "<ttl>1</ttl><item>\n", "UndefinedElement ttl"),
        ("</channel>", "<language>en</language></channel>", "MisplacedItem"),
    ],
    "feed.atom": [
        ("<id>https://example.org/repo/notes", "<id>notes", "InvalidFullLink"),
        ("2026-04-01T00:00:00+00:00</updated>", "2026-04-01</updated>", "InvalidRFC3339Date"),
        ("<published>2026-02-15", "<published>2027-02-15", "published after it was updated"),
        ('rel="self"', 'rel="hub"', "MissingSelf"),
        ("<author>", "<editor>", "UndefinedElement"),
        ('type="text/html" href', 'href', "InvalidMIMEType"),
        ("<entry", '<entry xml:lang="?"', "InvalidLanguage"),
        ("<name>Bo Kim", "<name>", "NotBlank"),
        ("/archive/2025.atom", "/archive/2025.atom ", "InvalidFullLink"),
    ],
    "feed.json": [
        ("jsonfeed.org/version/1.1", "jsonfeed.org/version/9", "'https://jsonfeed.org"),
        ('"date_published":"2026-', '"date_published":"26-', "does not match"),
        ('"mime_type":"application/pdf"', '"mime_type":"pdf"', "does not match"),
        ('"items":', '"entries":[],"items":', "entries"),
        ("repo/feed.json", "repo/fed.json", "SelfDoesntMatchLocation"),
        ('"content_html":"', '"content_html":"<b>', "NotHtml"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("path", BROKEN)
def test_each_rule_bites(whole: SiteFolder, path: str) -> None:
    text, rules = whole.page(path), RULES[next(s for s in RULES if s in whole.output()[path][:512])]
    url = f"https://example.org/repo/{path}"

    def broken(old: str, new: str) -> Iterable[str]:
        assert old in text, old
        changed = text.replace(old, new, 1)
        close = f"</{old[1:]}", f"</{new[1:]}"
        if old.startswith("<") and old.endswith(">") and close[0] in changed and " " not in new:
            changed = changed.replace(*close, 1)
        return list(rules(changed.encode(), url))

    found = {(old, new): broken(old, new) for old, new, _ in BROKEN[path]}
    missed = [
        (old, new, fault)
        for old, new, fault in BROKEN[path]
        if not any(fault in said for said in found[old, new])
    ]
    assert missed == []


def test_two_entries_of_one_id_are_found(whole: SiteFolder) -> None:
    same = ("https://example.org/repo/briefs/2026/sea/", "https://example.org/repo/notes/2026/sky/")
    for path, rules in zip(("feed.xml", "feed.atom", "feed.json"), RULES.values(), strict=True):
        found = list(rules(whole.page(path).replace(*same).encode(), ""))

        assert any("DuplicateIds" in fault or "DuplicateValue" in fault for fault in found)
