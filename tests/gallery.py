"""One site that has a page of every kind, and what strains a page: long words, wide tables."""

import shutil
from pathlib import Path

from conftest import LATER, ROOT, project_of, write

from briefsite.builder import Job, build

KINDS = {
    "home": "/",
    "second page": "/page/2/",
    "brief": "/briefs/2025/correct-it-in-public/",
    "chart": "/briefs/2026/charts-as-claims/",
    "strained": "/briefs/2026/strained/",
    "Arabic": "/briefs/2026/arabic/",
    "Chinese": "/briefs/2026/chinese/",
    "author": "/authors/briefsite-editors/",
    "authors": "/authors/",
    "topic": "/topics/permanence/",
    "topics": "/topics/",
    "series": "/series/keeping-the-record/",
    "archive": "/archive/",
    "year": "/archive/2026/",
    "feeds": "/feeds/",
    "corrections": "/corrections/",
    "lost": "/404.html",
    "plain": "/about/",
}
"""Where each kind of page is; the plain page is last, as it is the simplest."""
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
URL = (
    "https://example.org/"
    + "a-very-long-address-without-a-single-space/" * 4
    + "?query="
    + "x" * 80
)
COLUMNS = 14
STRAINED = f"""\
---
layout: post
title: Everything that strains a page, {WORD} included
subtitle: A long second line that says of {WORD} what the first did not
authors:
  - The briefsite editors
  - name: Wolfeschlegelsteinhausenbergerdorff Bartholomew-Featherstonehaugh
    orcid: 0000-0002-1825-0097
    affiliation: Institute for the Study of {WORD}
    url: https://example.org/w
    bio: Writes on _words_.
  - 陳大文
date: 2026-04-02 09:00:00 +0000
updated: 2026-05-02
topics: [Accessibility, Formats, Permanence]
regions: [Central Europe]
tags: [long words, wide tables]
series: Keeping the record
part: 9
kind: report
version: "1.2"
license: CC-BY-4.0
image: images/anatomy-of-a-page.svg
image_alt: Parts of a page with their names
image_caption: A drawing with a caption that says what it shows
image_credit: The editors
image_license: CC-BY-4.0
key_points: ["First point with `code` and a [link]({URL}).", Second point.]
recommendations: ["Do _this_.", "Do that."]
funding: [{{name: A fund, ror: https://ror.org/021nxhr62, award: X-1, statement: No strings.}}]
disclosure: None but [one](https://example.org/one).
ai_use: None.
acknowledgements: Many thanks.
disclaimer: Our own views.
source: {{publisher: Elsewhere, url: https://example.org/first, published: 2026-03-01}}
translations: {{ar: 2026-04-03-arabic.md, zh-Hant: 2026-04-04-chinese.md}}
updates:
  - {{date: 2026-04-10, type: correction, text: "A number was wrong; see [it]({URL})."}}
  - {{date: 2026-04-12, type: clarification, text: Said more clearly.}}
  - {{date: 2026-04-13, type: update, text: New data.}}
  - {{date: 2026-04-14, type: editors-note, text: A note.}}
---
_The standfirst has **strong** words, `code`, and a [link](https://example.org/stand)._

<!--more-->

An address <{URL}> and a word {WORD}, `{"code_" * 30}`, a note[^1], the same[^1], another[^long].
**Strong `code`**, ~~gone~~, <kbd>Ctrl</kbd>, <abbr title="Hypertext Markup Language">HTML</abbr>,
<mark>marked <a href="https://example.org/m">link</a></mark>, <q>quoted</q>, $$x^2$$,
<small>small</small>.

## First heading with {WORD}

### Third level with `{"code_" * 12}`

#### Fourth level

##### Fifth level

| {" | ".join(f"Column {n}" for n in range(COLUMNS))} |
|{"---|" * COLUMNS}
| {" | ".join(f"{n},000,000" for n in range(COLUMNS))} |
| {" | ".join("words in a cell" for _ in range(COLUMNS))} |

| Address | Number |
|:--|--:|
| <{URL}> | 12 |
| {WORD} | [a link](https://example.org/t) |

```python
def a_function_with_a_long_line(argument, {", ".join(f"another_argument_{n}" for n in range(12))}):
    return None
```

> A quotation with a [link](https://example.org/q).
>
> <cite>Somebody</cite>

> #### A box
>
> Its text, with <{URL}>.

- one
  - two
    1. three with {WORD}
- [x] done, with a [link](https://example.org/d)
- [ ] open

Term
: Definition

![A drawing of parts](images/formats-timeline.svg)
*Figure 1. A caption below a picture*

<figure><img src="images/citation-life.svg" alt="The life of a citation">
<figcaption>A caption with a <a href="https://example.org/f">link</a></figcaption></figure>

<details><summary>More</summary><p>Hidden text with <a href="{URL}">{URL}</a>.</p></details>

$$
{" + ".join(f"x_{{{n}}}" for n in range(60))} = 0
$$

> #### A title on its own

> The text of its box.

## Second heading

Text.

***

__Somebody__ wrote it.

[^1]: A note with <{URL}>.
[^long]: Another,

    in two paragraphs.
"""
FOREIGN = """\
---
layout: post
title: {title}
author: {author}
date: 2026-04-0{day} 09:00:00 +0000
lang: {lang}
translation_of: 2026-04-02-strained.md
topics: [Accessibility]
---
_{text}_

<!--more-->

## {title}

{text} English words, {text}[^1]

| {title} | 1 |
|---|---|
| {text} | 2 |

[^1]: {text}
"""
FILES = {
    "content/briefs/2026-04-02-strained.md": STRAINED,
    "content/briefs/2026-04-03-arabic.md": FOREIGN.format(
        title="الهواء النظيف",
        author="ليلى حداد",
        day=3,
        lang="ar",
        text=" ".join(["الهواء النظيف حق لكل إنسان."] * 6),
    ),
    "content/briefs/2026-04-04-chinese.md": FOREIGN.format(
        title="清潔空氣",
        author="陳大文",
        day=4,
        lang="zh-Hant",
        text="清潔的空氣是每個人的權利。" * 6,
    ),
}


def build_gallery(root: Path) -> Path:
    """Build the site, this repository's own and the pages that strain, in `root`; return the
    folder of its output."""
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "site.yaml").read_text(encoding="utf-8")
    write(root, {"site.yaml": settings + "paginate: 4\nmarkdown: {flavor: kramdown}\n"} | FILES)
    build(project_of(root, now=LATER, base_url="http://127.0.0.1"), Job(jobs=1))
    return root / "_site"
