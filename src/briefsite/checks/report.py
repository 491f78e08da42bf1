"""Findings for people and for programs: text, JSON, SARIF, GitHub's annotations."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from briefsite import __version__
from briefsite.checks.findings import RULES, Finding, Severity

FEW = 10
"""How many warnings of one rule are named one by one before they are counted."""
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
"""GitHub's words."""


def text(findings: Sequence[Finding], prefix: str, *, every: bool = False) -> Iterator[str]:
    """Yield a line for each finding, those of one rule counted where they are many, and the sum."""
    told: Counter[str] = Counter()
    for finding in findings:
        told[finding.rule] += 1
        if every or finding.severity == "error" or told[finding.rule] <= FEW:
            yield str(finding)
    for rule, count in sorted(told.items()):
        if count > FEW and not every and RULES[rule].severity != "error":
            yield f"{RULES[rule].severity}: {count - FEW} more [{rule}] (-v names them)"
    counts = Counter(finding.severity for finding in findings)
    yield ", ".join(_number(counts[word], word) for word in _LEVELS)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def as_json(findings: Sequence[Finding], prefix: str) -> Iterator[str]:
    """Yield a JSON list, the same keys in each of its objects."""
    rows = [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "file": finding.where and prefix + finding.where,
            "line": finding.line,
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding in findings
    ]
    yield json.dumps(rows, ensure_ascii=False, indent=2)


def sarif(findings: Sequence[Finding], prefix: str) -> Iterator[str]:
    """Yield a SARIF 2.1.0 log (OASIS), for code scanning."""
    names = list(RULES)
    rules = [
        {
            "id": name,
            "shortDescription": {"text": rule.about},
            "defaultConfiguration": {"level": rule.severity},
        }
        for name, rule in RULES.items()
    ]
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": names.index(finding.rule),
            "level": finding.severity,
            "message": {"text": _whole(finding)},
            "locations": _locations(finding, prefix),
        }
        for finding in findings
    ]
    driver = {"name": "briefsite", "version": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    yield json.dumps(log, ensure_ascii=False, indent=2)


def _locations(finding: Finding, prefix: str) -> list[dict[str, Any]]:
    if not finding.where:
        return []
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(prefix + finding.where)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    return [{"physicalLocation": place}]


def github(findings: Sequence[Finding], prefix: str) -> Iterator[str]:
    """Yield workflow commands, which GitHub shows beside the lines that they name."""
    for finding in findings:
        said = {"title": finding.rule}
        if finding.where:
            said = {"file": prefix + finding.where, "line": str(finding.line or 1)} | said
        shown = ",".join(f"{key}={_property(value)}" for key, value in said.items())
        yield f"::{_LEVELS[finding.severity]} {shown}::{_data(_whole(finding))}"


def _whole(finding: Finding) -> str:
    return f"{finding.message} ({finding.hint})" if finding.hint else finding.message


def _data(value: str) -> str:
    """Return a message as workflow commands carry it (actions/toolkit, command.ts)."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[..., Iterator[str]]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "github": github,
}
