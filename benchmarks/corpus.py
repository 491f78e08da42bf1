"""Write a generated archive of policy briefs: `python benchmarks/corpus.py OUT --posts N`.

The text is nobody's; its statistics are those of a real archive of 2,584 briefs (see README.md).
A post depends on the seed and its number alone: a small archive is the newest part of a large one.
"""

import argparse
import math
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from phrases import Phrases

NEWEST = date(2025, 12, 31)
SEPARATOR = "<excerpt/>"
MEDIAN_WORDS, SPREAD = 2400, 0.78
"""Of a body: lognormal, its ninth decile at 2.7 medians; standfirst and authors come on top."""
LONGEST = 60_000
TAGS = (
    "air cities climate defence economy energy health housing schools trade transport water".split()
)


SHARES = {
    "lists": 0.62,
    "images": 0.6,
    "boxes": 0.5,
    "links": 0.26,
    "pull quotes": 0.32,
    "tables": 0.01,
    "html": 0.02,
}
"""The share of posts that have these at all: they come in clusters, not evenly in every post."""


class Writer:
    """One post: its words and the numbers of its figures."""

    def __init__(self, slug: str, chance: random.Random) -> None:
        self.slug = slug
        self.chance = chance
        self.phrases = Phrases(chance)
        self.traits = {name for name, share in SHARES.items() if self.happens(share)}
        self.figures = 0

    def happens(self, share: float) -> bool:
        """Return True in this share of calls."""
        return self.chance.random() < share

    def body(self) -> Iterator[str]:
        """Yield the blocks of the text between standfirst and authors, until it is long enough."""
        length = self.chance.lognormvariate(math.log(MEDIAN_WORDS), SPREAD)
        left = min(length, LONGEST)
        level, until_heading = "###", 1
        while left > 0:
            block = self.block() if until_heading else f"{level} {self.phrases.opening('heading')}"
            if not until_heading:
                level = "####" if self.happens(0.58) else "###"
                until_heading = 1 + int(self.chance.expovariate(1 / 7))
            until_heading -= 1
            left -= len(block.split())
            yield block

    def block(self) -> str:
        """Return a paragraph, or something rarer that this post has."""
        chance = self.chance.random()
        rarer = (
            ("lists", 0.09, self.list),
            ("images", 0.085, self.figure),
            ("boxes", 0.045, self.box),
            ("tables", 0.02, self.table),
        )
        for trait, share, make in rarer:
            chance -= share if trait in self.traits else 0
            if chance < 0:
                return make()
        return self.paragraph()

    def paragraph(self) -> str:
        """Return a paragraph on one line; one in ten is a line to itself, not running text."""
        if self.happens(0.035):
            return f"_{self.phrases.opening('clause')}?_"
        if "pull quotes" in self.traits and self.happens(0.07):
            return f"`{self.phrases.opening('clause')}`"
        if self.happens(0.05):
            return self.phrases.opening("clause") + "."
        return self.marked(self.phrases.sentences(int(self.chance.gammavariate(2.6, 37))))

    def marked(self, text: str) -> str:
        """Return running text with the little that authors mark in it."""
        if self.happens(0.06):
            return f"__{self.phrases.opening('matter')}.__ {text}"
        if "links" in self.traits and self.happens(0.10):
            name = self.phrases["matter"].replace(" ", "-")
            return f"{text} See [{self.phrases['thing']}](https://www.example.org/{name}/)."
        if self.happens(0.007):
            return f"{text} That is _{self.phrases['adjective']}_."
        if self.happens(0.008):
            return f"{text} And so on…"
        if "html" in self.traits and self.happens(0.05):
            return f"{text} Many thousand m<sup>2</sup> are at stake."
        return text

    def list(self) -> str:
        """Return a list with a blank line between items, as the archive writes them."""
        mark = "- " if self.happens(0.82) else "1. "  # a list counts on from its first number
        length = 1 + int(self.chance.expovariate(1 / 2.2))
        return "\n\n".join(mark + self.item() for _ in range(length))

    def item(self) -> str:
        """Return the text of a list's item: a few words, or sentences."""
        if self.happens(0.3):
            return self.phrases.opening("thing")
        return self.phrases.sentences(int(self.chance.gammavariate(1.5, 22)))

    def figure(self) -> str:
        """Return an image with its caption on the next line."""
        self.figures += 1
        image = (
            f"![image{self.figures:02}](https://images.example.org/{self.slug}-{self.figures}.png)"
        )
        title = self.phrases.opening("description")
        if self.happens(0.35):
            return f"{image}\n▲ {title}."
        return f"{image}\n_▲ __Figure {self.figures}: {title}.__ Source: {self.phrases['owner']}._"

    def box(self) -> str:
        """Return a quotation, half of them with a heading of their own."""
        text = f"> {self.phrases.sentences(60)}"
        return f"> #### {self.phrases.opening('heading')}\n\n{text}" if self.happens(0.5) else text

    def table(self) -> str:
        """Return a table of a few numbers."""
        rows = [f"| {self.phrases['town']} | {self.phrases['number']} |" for _ in range(6)]
        return "\n".join([f"| {self.phrases.opening('matter')} | Share |", "| --- | ---: |", *rows])


def byline(chance: random.Random, phrases: Phrases) -> tuple[str, list[str]]:
    """Return the line of authors and every name behind it: of three or more, it shows the first."""
    people = [phrases["person"] for _ in range(chance.choice((1, 1, 1, 1, 2, 2, 3, 4)))]
    line = f"{people[0]}, et al." if len(people) > 2 else " and ".join(people)
    return line, people


def bio(name: str, phrases: Phrases) -> str:
    """Return what stands about an author below the text."""
    work = f"{phrases['role']} and writes on {phrases['thing']}"
    return f"__{name}__ is {work}. {phrases.sentences(24)}"


def slug_of(title: str, number: int) -> str:
    """Return a name in ASCII that no other post of the archive has."""
    return "-".join([*re.findall(r"[a-z0-9]+", title.lower()), str(number)])


def post(number: int, seed: int) -> tuple[str, str]:
    """Return file name and text of a post; number 0 is the newest."""
    chance = random.Random(f"{seed} {number}")
    phrases = Phrases(chance)
    title, day = phrases.opening("title"), NEWEST - timedelta(days=number)
    slug = slug_of(title, number)
    line, people = byline(chance, phrases)
    writer = Writer(slug, chance)
    image = [f"image: https://images.example.org/{slug}.jpg"] if writer.happens(0.25) else []
    head = [
        "---",
        f"title: {title}",
        f"author: {line}",
        f"date: {day} 12:00:00 +0100",
        f'description: "{phrases.opening("description")}"',
        *image,
        f"tags: [{', '.join(sorted(chance.sample(TAGS, 1 + number % 3)))}]",
        "---",
    ]
    blocks = ["\n".join(head), f"_{phrases.sentences(34)}_", SEPARATOR, *writer.body()]
    return f"{day}-{slug}.md", "\n\n".join(
        [*blocks, "---", *(bio(name, phrases) for name in people)]
    ) + "\n"


def write(folder: Path, posts: int, seed: int) -> None:
    """Write so many posts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(posts):
        name, text = post(number, seed)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Read the command line and write the archive."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("out", type=Path, help="folder for the Markdown files")
    parser.add_argument("--posts", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.out, options.posts, options.seed)


if __name__ == "__main__":
    main()
