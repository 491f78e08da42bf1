"""Which briefs are one text in several languages (publishing.md 9)."""

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from briefsite.config import Project
from briefsite.errors import Problem
from briefsite.loader import line_of
from briefsite.model import Brief, Edition, Withheld
from briefsite.urls import is_absolute

Path = tuple[str | int, ...]
Editions = dict[str, tuple[Edition, ...]]


class Translations:
    """Puts texts together that say of themselves or of each other that they are one."""

    def __init__(self, project: Project, briefs: Iterable[Brief], waiting: frozenset[str]) -> None:
        """Take the briefs that are public; what is `waiting` may be named, but is not shown."""
        self.project, self.waiting = project, waiting
        self.briefs = {brief.source: brief for brief in briefs}
        self.urls = {brief.url: brief.source for brief in self.briefs.values()}
        self.problems: list[Problem] = []
        self._groups: dict[str, list[str]] = {}
        """Sources of one text, or addresses elsewhere, the original first."""
        self._langs: dict[str, str] = {}
        """The languages of addresses elsewhere."""

    def editions(self) -> Editions:
        """Return every edition of each text that has several, by source, the original first."""
        for brief in self.briefs.values():
            for path, lang, target in _named(brief):
                self._join(brief, path, lang, target)
        groups = {id(group): group for group in self._groups.values()}
        return dict(pair for group in groups.values() for pair in self._edited(group))

    def _join(self, brief: Brief, path: Path, lang: str, target: str) -> None:
        other = self._find(brief, path, target)
        if other is None:
            return
        known = self.briefs.get(other)
        if known and not known.lang.lower().startswith(lang.lower()):
            what = f"translations: {target} is in '{known.lang}', not '{lang}'"
            self._fault(brief, path, what, f"write 'lang: {lang}' there")
        elif known is None:
            self._langs[other] = lang
        first, second = (brief.source, other) if lang else (other, brief.source)
        one = self._groups.setdefault(first, [first])
        two = self._groups.setdefault(second, [second])
        if one is not two:
            one += two
            self._groups |= dict.fromkeys(two, one)

    def _find(self, brief: Brief, path: Path, target: str) -> str | None:
        """Return the source, or the address elsewhere, that `target` means; None, with a problem,
        where there is nothing."""
        if is_absolute(target):
            return target
        folder = posixpath.dirname(brief.source)
        file = posixpath.normpath(posixpath.join(folder, unquote(target)))
        found = self.urls.get(target) or (file if file in self.briefs else None)
        if found is None and file not in self.waiting:
            what = f"{path[0]}: there is no {target}"
            self._fault(brief, path, what, "name a file beside this one, or a path on the site")
        elif found == brief.source:
            self._fault(brief, path, f"{path[0]}: this is the text itself", "name the other one")
        return found if found != brief.source else None

    def _edited(self, group: list[str]) -> Iterator[tuple[str, tuple[Edition, ...]]]:
        editions = tuple(self._edition(name, name == group[0]) for name in group)
        langs: dict[str, str] = {}
        for name in group:
            if name in self.briefs:
                other = langs.setdefault(self.briefs[name].lang, name)
                if other != name:
                    what = f"its translation {other} is in '{self.briefs[name].lang}' as well"
                    self._fault(self.briefs[name], ("lang",), what, "write 'lang: ...' in one")
                yield name, editions

    def _edition(self, name: str, original: bool) -> Edition:
        brief = self.briefs.get(name)
        if brief is None:
            return Edition(self._langs[name], name, original=original)
        return Edition(brief.lang, brief.url, brief.headline, original)

    def _fault(self, brief: Brief, path: Path, what: str, hint: str) -> None:
        line = line_of(self.project, brief.source, path)
        lenient = self.project.config.dialect == "jekyll"
        self.problems.append(Problem(brief.source, what, line, hint, warning=lenient))


def _named(brief: Brief) -> Iterator[tuple[Path, str, str]]:
    """Yield (place in front matter, language, target) for each text that `brief` names; the
    original's language is not said."""
    if brief.editorial.translation_of:
        yield ("translation_of",), "", brief.editorial.translation_of
    for lang, target in brief.editorial.translations:
        yield ("translations", lang), lang, target


def editions(
    project: Project, briefs: Iterable[Brief], left_out: Iterable[Withheld]
) -> tuple[Editions, tuple[Problem, ...]]:
    """Return the editions of each public text that has several, and what is wrong with them."""
    work = Translations(project, briefs, frozenset(item.source for item in left_out))
    found = work.editions()
    return found, tuple(work.problems)
