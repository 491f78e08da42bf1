"""Templates: found, and stamped with all that they use."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from briefsite.digest import digest, digest_bytes
from briefsite.errors import BriefsiteError, Problem
from briefsite.model import BUILT_IN, Uses
from briefsite.schema import suggest
from briefsite.values import Struct, replace

if TYPE_CHECKING:
    from briefsite.filling import Filler

_ENDINGS = (".html", ".xml")


class Template(Struct, frozen=True):
    """What a template is made of and what it reads: the inputs that it adds to a page."""

    name: str
    stamp: str
    """Digest of its text and of every template that it uses."""
    lists: tuple[str, ...]
    """Lists of the whole site that it reads, sorted."""
    assets: tuple[str, ...]
    """Paths of the static files whose version it prints, sorted."""
    uses: tuple[str, ...]
    """Its own name and those of every template that it uses, sorted."""


def markup(html: str) -> Markup:
    """Return HTML of our own making as what a template prints unescaped."""
    return Markup(html)  # made by our renderer, which escapes


def texts_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and file of each template in `folder`."""
    for path in folder.rglob("*"):
        if path.suffix in _ENDINGS and path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _stamp(name: str, text: str) -> str:
    return digest_bytes(f"{name}\0{text}".encode())


class Templates:
    """The templates of one site: its own first, the theme's second."""

    def __init__(
        self,
        folders: Mapping[str, Path],
        known: Mapping[str, Uses] | None = None,
        kept: tuple[Path, str] | None = None,
    ) -> None:
        """Take folders in order of precedence, each under the name that messages call it by, what
        is known of texts by their digest, and where they are kept compiled, with the digest of
        what compiles them."""
        self._folders, self._known, self._kept = folders, known or {}, kept
        self.uses: dict[str, Uses] = {}
        """What the texts that were asked for use, by their digest."""
        self.stamps: dict[str, str] = {}
        """The digest of each text that was asked for."""
        self._ahead: dict[str, Uses] = {}
        """What texts use that nobody has asked for yet, by their digest."""
        self._described: dict[str, Template] = {}
        self._files: dict[str, Path] = {}
        self._read: dict[Path, bytes] = {}
        self._filler: Filler | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # What a process that was not forked begins with.
        return Templates, (self._folders, {}, self._kept)

    def names(self) -> list[str]:
        """Return the names of all templates, sorted."""
        if not self._files:
            *own, last = self._folders.values()
            for name, path in texts_in(last):
                self._files |= {BUILT_IN + name: path, name: path} if own else {name: path}
            for folder in reversed(own):
                self._files |= texts_in(folder)
        return sorted(self._files)

    def replaces(self, other: "Templates") -> bool:
        """Return whether whatever was described in `other` uses the same here, so that a plan made
        with the one holds for the other; BriefsiteError as `describe` says."""
        if self.names() != other.names():
            return False
        return all(
            replace(self.describe(name), stamp=before.stamp) == before
            for name, before in other._described.items()
        )

    def digest(self) -> str:
        """Return the digest of every template, as long as nobody changes one."""
        return digest([(name, digest_bytes(self._bytes(name))) for name in self.names()])

    def _bytes(self, name: str) -> bytes:
        """Return a template as it was read first, whoever edits it meanwhile: what is stamped is
        what pages are filled with."""
        path = self._files[name]
        if path not in self._read:
            self._read[path] = path.read_bytes()
        return self._read[path]

    def text(self, name: str) -> str:
        """Return the text of a template; BriefsiteError where it is no UTF-8."""
        try:
            return self._bytes(name).decode()
        except UnicodeDecodeError:
            raise BriefsiteError(
                Problem(self.filler.shown(name), "this template is not UTF-8")
            ) from None

    def compile(self) -> None:
        """Read all and compile those of which pages are made, ahead of time: faults wait for
        `describe`."""
        if self._ahead:
            return
        own = [name for name in self.names() if not name.startswith(BUILT_IN)]
        for name in own:
            with contextlib.suppress(BriefsiteError):
                text = self.text(name)
                self._ahead[_stamp(name, text)] = self.filler.uses(name, text)
        for name in own:
            if "/" not in name and name.endswith(".html"):
                with contextlib.suppress(BriefsiteError):
                    self.filler.compile((name,))

    def describe(self, name: str) -> Template:
        """Return what `name` is made of; BriefsiteError where it or one that it uses is missing or
        faulty."""
        if name not in self._described:
            closure = self._closure(name)
            problems = [problem for used in closure for problem in self._lost(used, closure)]
            if problems:
                raise BriefsiteError(*problems)
            if any(self.stamps[used] not in self._known for used in closure):
                self.filler.compile((name, *sorted(closure)))
            lists = {item for uses in closure.values() for item in uses.lists}
            assets = {item for uses in closure.values() for item in uses.assets}
            stamp = digest([(used, self.stamps[used]) for used in sorted(closure)])
            self._described[name] = Template(
                name, stamp, tuple(sorted(lists)), tuple(sorted(assets)), tuple(sorted(closure))
            )
        return self._described[name]

    def _closure(self, name: str) -> dict[str, Uses]:
        found: dict[str, Uses] = {}
        waiting = [(name, "")]
        while waiting:
            current, user = waiting.pop()
            if current not in found:
                found[current] = uses = self._uses(current, user)
                # A name that is only known when the page is made: the page depends on every
                # template.
                names = self.names() if uses.any_template else uses.templates
                waiting += [(used, current) for used in names]
        return found

    def _lost(self, name: str, closure: Mapping[str, Uses]) -> Iterator[Problem]:
        """Yield a problem for each block of a template that nothing would ever print; a built-in
        one may have more than the site's own frame has a place for."""
        if self._files[name] == self._files.get(BUILT_IN + name.removeprefix(BUILT_IN)):
            return
        above, offered, frames = closure[name].extends, set[str](), [name]
        while above:
            if above in frames:
                what = f"this template extends itself by way of '{frames[-1]}'"
                yield Problem(self.filler.shown(name), what)
                return
            frames.append(above)
            offered |= {*closure[above].blocks}
            above = closure[above].extends
        for block, line in closure[name].fills:
            if block not in offered:
                what = f"'{closure[name].extends}' has no block '{block}' to fill"
                known = suggest(block, offered) or f"it has: {', '.join(sorted(offered))}"
                yield Problem(self.filler.shown(name), what, line, known)

    def _uses(self, name: str, user: str) -> Uses:
        text = self._found(name, user)
        stamp = self.stamps[name] = _stamp(name, text)
        if stamp not in self.uses:
            known = self._known.get(stamp) or self._ahead.get(stamp)
            self.uses[stamp] = known or self.filler.uses(name, text)
        return self.uses[stamp]

    def _found(self, name: str, user: str) -> str:
        if name not in self.names():
            known = ", ".join(
                n.removesuffix(".html")
                for n in self.names()
                if "/" not in n and n.endswith(".html")
            )
            where, line = "", None
            if user:
                before, found, _ = self.text(user).partition(name)
                where, line = self.filler.shown(user), before.count("\n") + 1 if found else None
            hint = suggest(name, self.names()) or f"there are: {known}"
            raise BriefsiteError(Problem(where, f"there is no template '{name}'", line, hint))
        return self.text(name)

    @property
    def filler(self) -> "Filler":
        """Return what fills them; Jinja is loaded only now."""
        if self._filler is None:
            from briefsite.filling import Compiled, Filler

            self.names()  # another process knows none yet
            folder, program = self._kept or (None, "")
            kept = Compiled(folder, lambda: digest(program, self.digest())) if folder else None
            self._filler = Filler(self._folders, self._files, self.text, kept)
        return self._filler
