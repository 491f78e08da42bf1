"""What may be wrong with a site that builds: for editors and makers of themes to judge."""

import re
from collections.abc import Iterable, Iterator

from briefsite.builder import Plan, plan_of
from briefsite.checks import links, pages
from briefsite.checks.authors import authors
from briefsite.checks.external import ask
from briefsite.checks.findings import RULES, Finding
from briefsite.checks.links import Frame
from briefsite.config import CONFIG_FILE, Project
from briefsite.errors import BriefsiteError, Problem, fail_on_errors
from briefsite.model import Brief
from briefsite.pools import Workers
from briefsite.schema import suggest
from briefsite.values import replace

__all__ = ["RULES", "Finding", "authors", "check", "rules_of"]

SMALL = 60
"""Pages below which starting processes costs more than it saves."""
_PAGES = (".html", ".htm", ".xhtml")
_DEAD = re.compile(r"the link to (.+?) leads nowhere: (.+)")


def check(
    project: Project, wanted: frozenset[str], workers: Workers, *, external: bool = False
) -> list[Finding]:
    """Return everything in the site that breaks one of the rules `wanted`, by file and line;
    BriefsiteError where it cannot be built. Other sites are asked only where `external`."""
    plan = plan_of(project)
    fail_on_errors(plan.problems)
    outputs = [output for output in plan.outputs if output.path.endswith(_PAGES)]
    arguments = (project, plan.shared, plan.templates)
    if workers.alone(len(outputs), SMALL):
        pages.start(*arguments)
        seen = pages.look(outputs)
    else:
        seen = list(workers.spread(pages.look, outputs, pages.start, arguments))
    problems = (*plan.problems, *(problem for page in seen for problem in page.problems))
    fail_on_errors(problems)
    frame = Frame(project)
    found = list(links.findings(seen, frozenset(output.path for output in plan.outputs), frame))
    found = [*_with_reasons(found, plan.problems), *_warnings(problems), *_twins(plan)]
    found += [finding for page in seen for finding in page.findings]
    if external and "external-link" in wanted:
        found += ask(project, seen, frame)
    chosen = dict.fromkeys(finding for finding in found if finding.rule in wanted)
    return sorted(
        chosen, key=lambda f: (f.where, f.line or 0, list(RULES).index(f.rule), f.message)
    )


def rules_of(project: Project) -> frozenset[str]:
    """Return the rules that site.yaml does not ignore; BriefsiteError where it names one that
    there is not."""
    unknown = [rule for rule in project.config.check.ignore if rule not in RULES]
    if unknown:
        raise BriefsiteError(
            *(
                Problem(CONFIG_FILE, f"check.ignore: there is no rule '{rule}'", hint=near)
                for rule in unknown
                if (near := suggest(rule, RULES) or f"the rules are {', '.join(RULES)}")
            )
        )
    return frozenset(RULES) - frozenset(project.config.check.ignore)


def _warnings(problems: Iterable[Problem]) -> Iterator[Finding]:
    """Yield what a build warns of, but for links, of which more is known here."""
    for problem in dict.fromkeys(problems):
        if not _DEAD.fullmatch(problem.message):
            place = problem.where, problem.line
            yield Finding("build-warning", *place, problem.message, problem.hint)


def _with_reasons(found: Iterable[Finding], problems: Iterable[Problem]) -> Iterator[Finding]:
    """Yield findings, links to what is not public with the reason that planning gave."""
    dead = ((problem.where, _DEAD.fullmatch(problem.message)) for problem in problems)
    reasons = {(where, match[1]): match[2] for where, match in dead if match}
    for finding in found:
        said = re.match(r"the link to (\S+) ", finding.message)
        why = reasons.get((finding.where, said[1].partition("#")[0])) if said else None
        yield (
            replace(finding, message=f"{said[0]}leads nowhere: {why}") if said and why else finding
        )


def _twins(plan: Plan) -> Iterator[Finding]:
    """Yield briefs whose title an older one has too."""
    first: dict[str, Brief] = {}
    for brief in reversed(plan.site.briefs):
        other = first.setdefault(brief.title.casefold(), brief)
        if other is not brief:
            what = f"the title '{brief.title}' is also that of {other.source}"
            yield Finding("duplicate-title", brief.source, None, what, "tell them apart")
