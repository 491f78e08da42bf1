"""A real Jekyll archive, unedited: its public posts build, what is not public is named."""

from pathlib import Path

import feedparser
from conftest import SiteFolder, project_of
from lxml import html

from briefsite.builder import Job, build

CONFIG = """\
title: Archive
url: https://example.org/archive
timezone: Asia/Hong_Kong
content: _collections
permalink: /:collection/:path:output_ext
front_matter: [position]
collections:
  heros: {folder: _heros}
  columns: {folder: _columns}
  hkers: {folder: _hkers}
"""


def test_every_public_post_builds_without_an_edit(corpus: Path, tmp_path: Path) -> None:
    site = SiteFolder(tmp_path).write({"site.yaml": CONFIG})
    (tmp_path / "_collections").symlink_to(corpus / "_collections")

    report = build(project_of(tmp_path), Job())

    posts = [path for path in sorted((corpus / "_collections").rglob("*.m*")) if path.is_file()]
    hidden = {
        path
        for path in posts
        if path.parent.name.startswith("_") and path.parent.parent.name != "_collections"
    }
    templates = {path for path in posts if path.name.startswith("0000-")}
    assert report.pages == len(posts) - len(hidden) - len(templates)
    assert {item.reason for item in report.left_out} <= {
        "hidden name",
        "impossible date",
        "scheduled",
    }
    named = {item.source for item in report.left_out if item.reason == "impossible date"}
    assert named == {path.relative_to(corpus).as_posix() for path in templates}
    assert not feedparser.parse(site.output()["feed.xml"]).bozo
    for path in (tmp_path / "_site").rglob("*.html"):
        ids = html.document_fromstring(path.read_bytes()).xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert b"<excerpt" not in path.read_bytes()
