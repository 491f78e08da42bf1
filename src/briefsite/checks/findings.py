"""What a check found, and the rules that it may have found broken."""

from typing import Literal

from briefsite.errors import Problem
from briefsite.values import Struct

Severity = Literal["error", "warning", "note"]


class Rule(Struct, frozen=True):
    """What a finding of one kind is worth, and what a page keeps that has none."""

    severity: Severity
    about: str


RULES = {
    "broken-link": Rule("error", "Links within the site lead to a page or a file."),
    "broken-anchor": Rule("error", "Links to a place in a page lead to an id that it has."),
    "missing-image": Rule("error", "Images of the site's own are there."),
    "duplicate-id": Rule("error", "No id stands twice in a page."),
    "build-warning": Rule("warning", "A build warns of nothing."),
    "odd-address": Rule("warning", "Links are written as addresses that browsers understand."),
    "missing-alt": Rule("warning", "Images say what they show, or that they are decoration."),
    "placeholder-alt": Rule("warning", "Alternative texts are texts, not names of files."),
    "empty-link": Rule("warning", "Links have words."),
    "heading-jump": Rule("warning", "Headings go down one level at a time."),
    "second-title": Rule("warning", "The title is the one heading of level 1."),
    "heading-start": Rule("note", "The first heading of a text has level 2."),
    "literal-markdown": Rule("warning", "No marks of Markdown are left in the text."),
    "lone-marker": Rule("warning", "No line holds a list's mark alone."),
    "long-title": Rule("warning", "Titles fit where search engines and tabs show them."),
    "duplicate-title": Rule("warning", "Briefs have titles of their own."),
    "missing-description": Rule("warning", "Pages say in a sentence what they hold."),
    "missing-standfirst": Rule("note", "Briefs begin with a standfirst."),
    "et-al-without-notes": Rule("warning", "Whom 'et al.' stands for is said in notes."),
    "note-outside-byline": Rule("warning", "Notes about authors tell of the brief's authors."),
    "large-page": Rule("warning", "Pages are of a size that a phone loads at once."),
    "third-party": Rule("warning", "Pages load no script, style or frame from other hosts."),
    "external-link": Rule("warning", "Links to other sites are answered (`--external`)."),
}
"""Every rule, what breaks a page first; content/guide/checks.md says how to mend each."""


class Finding(Struct, frozen=True):
    """One thing that breaks a rule at one place."""

    rule: str
    where: str
    """The file that its author can mend, from the site's root; empty where it is none of theirs."""
    line: int | None
    message: str
    hint: str = ""
    """What to write instead."""

    @property
    def severity(self) -> Severity:
        """Return what it is worth."""
        return RULES[self.rule].severity

    def __str__(self) -> str:
        problem = Problem(self.where, self.message, self.line, self.hint)
        return f"{self.severity}: {problem} [{self.rule}]"
