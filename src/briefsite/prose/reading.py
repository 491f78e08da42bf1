"""What a brief's readers are given where Markdown has no word for it: figures, pull-quotes, boxes,
levels of headings (publishing.md A7).

What a paragraph becomes is decided by its finished HTML, so that the short way and markdown-it's
come to the same.
"""

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from briefsite.prose.options import Options

DEEPEST = 6
_PLACEHOLDER = re.compile(
    r"(?:image|img|picture|pic|photo|figure|fig|chart|graph|screenshot|untitled|alt(?: text)?)?"
    r"[\s\d._-]*|\S+\.(?:png|jpe?g|gif|svg|webp|avif)",
    re.IGNORECASE,
)
"""Publishing.md 11: `imageN`; and what editors put in by themselves."""
_IMAGE = r"(?:<a [^>]*>)?<img [^>]*>(?:</a>)?"
_ROWS = re.compile(rf"(?:\A|(?<=\n))((?:(?:{_IMAGE}[ \t]*)+(?:(?:<br />)?\n|\Z))+)")
"""Lines that hold images and nothing else."""
_ALT = re.compile(r'(<img src="([^"]*)" alt=")([^"]*)"(?![^>]* role=")')
_TAG = re.compile(r"<sup id=[^>]*>.*?</sup>|<[^>]*>", re.DOTALL)
_CODE = re.compile(r"(?:\s|<br />|</?(?:em|strong)>|<code>[^<]*</code>)+")
_WHOLE = re.compile(r"<(em|strong)>((?:(?!</\1>).)*)</\1>", re.DOTALL)
_NUMBERED = (
    r"(?:Figures?|Fig\.|Tables?|Charts?|Maps?|Graphs?|Diagrams?|Exhibit|Abbildung|Abb\.|Tabelle|"
    r"Karte|Tableau|Carte|Graphique|Gráfico|Tabla|Mapa|圖表|图表|圖|图|表)"
    r"\s*[A-Z]?\d[\d.–-]*[a-z]?\b"
)
_LABEL = re.compile(
    rf"<strong>(\s*{_NUMBERED}[^<]*)</strong>|({_NUMBERED}(?:[:.\uff1a]|(?= [—–|-])))"
)
_SOURCE = (
    r"(?:Sources?|Photo(?:s|graphs?)?|Pictures?|Images?|Credits?|Quellen?|Fotos?|Bild|Fuentes?|"
    r"來源|来源|資料來源|资料来源|圖片?|图片?|攝影?|摄影?)"
    r"(?: (?:credits?|by|courtesy of))?\s?[:\uff1a]"
)
_OPEN, _CLOSE, _INSIDE = r"[(\uff08]", r"[)\uff09]\.?\s*", r"[^()\uff08\uff09]{0,200}"
_NAMED = rf"{_INSIDE}(?:Photo|Image|Credit|Courtesy|Source|資料|资料|圖片|图片|網絡|网络){_INSIDE}"
_CREDIT = re.compile(
    rf"(?:\A|(?<=[.!?。\uff01\uff1f”\"’)\uff09>]))\s*({_SOURCE}.*)\Z"
    rf"|({_OPEN}(?:{_NAMED}|{_SOURCE}.*){_CLOSE})\Z",
    re.DOTALL,
)
_DASH = re.compile(r"\s*[-\u2010-\u2015]\s*\S")


def escaped(text: str) -> str:
    """Return `text` as it stands in HTML and in its attributes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def attributes(values: Mapping[str, Any]) -> str:
    """Return attributes as they stand in a tag, a space before each."""
    return "".join([f' {name}="{escaped(str(value))}"' for name, value in values.items()])


def paragraph(html: str, values: Mapping[str, Any], options: Options) -> str:
    """Return what becomes of a paragraph: a figure, several, a pull-quote, or itself."""
    if html.startswith(("<img ", "<a ")) and options.reading:
        first, *rest = _ROWS.split(html)
        if rest and not first:
            found = zip(rest[::2], rest[1::2], strict=True)
            made = [_figure(images, text, options.caption_mark) for images, text in found]
            return f"<figure{attributes(values)}>{''.join(made).removeprefix('<figure>')}"
    if html in ("-", "*") and options.reading:
        return f"<hr{attributes(_classed(values, 'scene'))} />\n"
    if options.pull_quotes and (text := _quoted(html)):
        return f"<p{attributes(_classed(values, 'pull'))}>{text}</p>\n"
    return f"<p{attributes(values)}>{html}</p>\n"


def item(html: str, options: Options) -> str:
    """Return the text of an item of a list, which may be a pull-quote."""
    text = _quoted(html) if options.pull_quotes else ""
    return f'<span class="pull">{text}</span>' if text else html


def box(html: str, values: Mapping[str, Any], options: Options, *, last: bool = False) -> str:
    """Return a heading of a quotation: who said it, where it begins with a dash or is the `last`
    of several blocks, else the title of a box."""
    html = (_quoted(html) if options.pull_quotes else "") or html
    if last or _DASH.match(html):
        return f"<footer{attributes(values)}>{html}</footer>\n"
    return f"<p{attributes(_classed(values, 'box-title'))}>{html}</p>\n"


def _classed(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    return dict(values) | {"class": f"{values.get('class', '')} {name}".strip()}


def _quoted(html: str) -> str:
    """Return the text of code spans that nothing but emphasis is with; nothing of another text."""
    if "<code>" not in html or not _CODE.fullmatch(html):
        return ""
    return re.sub("</?(?:em|strong|code)>", "", html).strip()


def _figure(images: str, text: str, mark: str) -> str:
    label, words, credit = caption(text, mark)
    said = _plain(f"{label} {words}")
    if said:
        images = _with_alt(images, said)
    parts = [
        f'<strong class="label">{label}</strong>' if label else "",
        words,
        f'<span class="credit">{credit}</span>' if credit else "",
    ]
    below = " ".join(filter(None, parts))
    images = images.replace("<br />", "").strip()
    shown = f"<figcaption>{below}</figcaption>\n" if below else ""
    return f"<figure>\n{images}\n{shown}</figure>\n"


def _with_alt(images: str, said: str) -> str:
    """Return images of which those without alternative text are told of by their caption: the
    first, which the others go with."""
    first = True

    def told(image: re.Match[str]) -> str:
        nonlocal first
        if not is_placeholder(unescape(image[3]), image[2]):
            return image[0]
        words, first = escaped(said) if first else "", False
        return f'{image[1]}{words}"'

    return _ALT.sub(told, images)


def caption(html: str, mark: str = "") -> tuple[str, str, str]:
    """Return a caption's label (`Figure 3: Title.`), its words and its credit (`Source: ...`), as
    HTML without the `mark` of captions."""
    html = _unwrapped(html.strip().removesuffix("<br />").strip())
    if mark:
        html = re.sub(rf"\A((?:<(?:em|strong)>)*)\s*{re.escape(mark)}\s*", r"\1", html)
        html = _unwrapped(html)
    label = ""
    if found := _LABEL.match(html):
        label, html = (found[1] or found[2]).strip(), html[found.end() :].strip()
    credit = _CREDIT.search(html)
    if credit is None or not _is_balanced(credit[0]):
        return label, html, ""
    return label, html[: credit.start()].strip(), (credit[1] or credit[2]).strip()


def _unwrapped(html: str) -> str:
    """Return a caption without the emphasis that all of it is in; a label stays bold."""
    while (found := _WHOLE.fullmatch(html)) and not (found[1] == "strong" and _LABEL.match(html)):
        html = found[2].strip()
    return html


def _is_balanced(html: str) -> bool:
    return "<" not in html or len(re.findall(r"<[a-z][^>]*(?<!/)>", html)) == html.count("</")


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def is_placeholder(words: str, address: str) -> bool:
    """Return whether an alternative text says nothing: `image1`, the name of the file, nothing."""
    words = words.strip()
    return bool(_PLACEHOLDER.fullmatch(words)) or words == _name(address)


def _name(address: str) -> str:
    return posixpath.splitext(posixpath.basename(unquote(urlsplit(address).path)))[0]


def is_drawn(words: str) -> bool:
    """Return whether a caption is that of a chart, a table or a map."""
    label, _, credit = caption(escaped(words))
    return bool(label) or bool(re.match("Sources?[ :]|Quellen?[ :]", credit))


class Outline:
    """The headings of a text below the title of its page: each one level below the heading that it
    belongs to, whatever its author left out."""

    def __init__(self) -> None:
        self._above: list[int] = []

    def level(self, written: int) -> int:
        """Return the level of the next heading, which has level `written` in the text."""
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        return min(len(self._above) + 1, DEEPEST)
