"""Curly quotes and dashes, by the rules that SmartyPants set and kramdown follows (kramdown.md)."""

import re

_SYMBOLS = {
    "---": "—",
    "--": "–",
    "...": "…",
    "<< ": "«\xa0",
    " >>": "\xa0»",
    "<<": "«",
    ">>": "»",
}
SYMBOL = re.compile("|".join(map(re.escape, _SYMBOLS)))
_MARK = re.compile(SYMBOL.pattern + "|[\"']")
_PUNCTUATION = r"[!\"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"
_SPACE, _WORD, _QUOTE = r"[ \t\r\n\f\v]", "[A-Za-z0-9_]", "[\"']"
_RULES = (
    ("open", rf"{_QUOTE}(?=[_*]{{1,2}}[^ \t\r\n\f\v])"),
    ("close", rf"{_QUOTE}(?={_PUNCTUATION}(?!\.\.)\B)"),
    ("both", rf"{_SPACE}?(?:\"'|'\")(?={_WORD})"),
    ("close", rf"{_SPACE}?'(?=[0-9][0-9]s)"),
    ("open", rf"{_SPACE}{_QUOTE}(?={_WORD})"),
    ("close", rf"[^ \\\t\r\n\[{{(\-]{_QUOTE}"),
    ("close", rf"{_QUOTE}(?={_SPACE}|s\b|$)"),
    ("open", r"[\s\S]?'|[\s\S]?\""),
)
"""How many quotes at the end of a match are curled which way; the first rule that fits decides."""
_QUOTED = re.compile(
    "|".join(f"(?P<{way}{n}>{rule})" for n, (way, rule) in enumerate(_RULES)), re.MULTILINE
)
_PLAIN = (
    (re.compile(r"'(?<=[^ \\\t\r\n\f\v\[{(\-\"'<>]')(?<!\.\.\.')(?![\"'])"), "’"),
    (re.compile(r'"(?<=[^ \\\t\r\n\f\v\[{(\-\"\'<>]")(?<!\.\.\.")(?![\"\'])'), "”"),
    (re.compile(r"'(?<= ')(?=[A-Za-z])"), "‘"),
    (re.compile(r'"(?<= ")(?=[A-Za-z])'), "“"),
)
"""Most quotes: behind a character that is no space, or between a space and a letter."""
_OPEN, _CLOSE = str.maketrans("\"'", "“‘"), str.maketrans("\"'", "”’")


def has_marks(text: str) -> bool:
    """Return whether `text` holds anything that `curl` would change."""
    # To look for one character is far quicker than for two.
    return (
        '"' in text
        or "'" in text
        or ("<" in text and "<<" in text)
        or (">" in text and ">>" in text)
        or ("-" in text and "--" in text)
        or "..." in text
    )


def curl_lines(text: str) -> str:
    """Return `text`, of which every line is a paragraph, with curly quotes and dashes."""
    if "<<" not in text:
        for (pattern, curly), mark in zip(_PLAIN, "'\"'\"", strict=True):
            if mark in text:
                text = pattern.sub(curly, text)
        if '"' not in text and "'" not in text and ">>" not in text:
            return text.replace("---", "—").replace("--", "–").replace("...", "…")
    return "\n".join(curl(line) if has_marks(line) else line for line in text.split("\n"))


def symbol(mark: str) -> str:
    """Return the character that stands for what `SYMBOL` found."""
    return _SYMBOLS[mark]


def quote(text: str, start: int) -> tuple[str, int]:
    """Return what becomes of the quote at `start`, or behind the one character there, and where it
    ends."""
    found = _QUOTED.match(text, start)
    if found is None:
        return text[start], start + 1
    way, marks = str(found.lastgroup)[:-1], 2 if str(found.lastgroup).startswith("both") else 1
    head, tail = found[0][:-marks], found[0][-marks:]
    return head + tail.translate(_CLOSE if way == "close" else _OPEN), found.end()


def curl(text: str, before: str = "", after: str = "") -> str:
    """Return `text` with curly quotes and dashes.

    `before` and `after` are the characters that touch it in the same paragraph. Like kramdown this
    starts anew behind every element: only a space before it counts.
    """
    lead = before if before.isspace() else ""
    whole = lead + text + after
    parts: list[str] = []
    at, end = 0, len(lead) + len(text)
    while found := _MARK.search(whole, at, end):
        start = found.start()
        if found[0] in _SYMBOLS:
            parts += whole[at:start], _SYMBOLS[found[0]]
            at = found.end()
        else:
            left = max(at, start - 1)
            new, stop = quote(whole, left)
            parts += whole[at:left], new[: end - left]
            at = min(stop, end)
    return "".join(parts)[len(lead) :] + whole[max(at, len(lead)) : end]
