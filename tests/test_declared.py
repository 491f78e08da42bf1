"""Making an output reads nothing that its inputs do not name, and knows no clock and no network."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import BRIEF, CONFIG, SiteFolder, clean_environment

HERE = Path(__file__).parent

WATCHED = """
import os
import sys
from pathlib import Path
from conftest import project_of
from briefsite import builder, makers
from briefsite.explain import _parts
from briefsite.library import THEME, File, theme_folder
from briefsite.model import Brief
from briefsite.renderer import Renderer, View

root = Path(sys.argv[1])
project = project_of(root)
plan = builder.plan_of(project)
renderer = Renderer(project, plan.shared, plan.templates)
for output in plan.outputs:  # loads modules and fills caches that are the program's own
    output.make(renderer, *output.inputs)
opened, watching, expected = [], False, 0
def watch(event, arguments):
    if watching and event == "open" and isinstance(arguments[0], str | bytes | Path):
        opened.append(Path(os.fsdecode(arguments[0])))
    elif watching and event.startswith(("socket.", "subprocess.", "os.putenv", "os.system")):
        opened.append(Path(event))
sys.addaudithook(watch)
templates = [root / "templates", theme_folder() / "templates"]
for output in plan.outputs:
    declared = set()
    for value in _parts(output.inputs):
        if isinstance(value, Brief):
            declared.add(root / value.source)
        elif isinstance(value, View):
            declared |= {folder / name for folder in templates for name in value.template.uses}
        elif isinstance(value, File):
            declared.add((theme_folder() if value.base == THEME else root) / value.path)
    renderer = Renderer(project, plan.shared, builder.site_templates(project))
    opened.clear()
    watching = True
    made = output.make(renderer, *output.inputs)
    if isinstance(made, Path):
        made.read_bytes()
    watching = False
    expected += len(declared & set(opened))
    for path in sorted(set(opened) - declared):
        print(output.path, "read", path)
print(len(plan.outputs), "outputs,", expected, "declared files read")
"""


def test_making_an_output_reads_nothing_undeclared(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site").write(
        {
            "site.yaml": CONFIG,
            "content/2026-01-15-air.md": BRIEF,
            "content/2026-01-16-sea.md": BRIEF.replace("Clean air", "Sea"),
            "content/about.md": "About [air](2026-01-15-air.md) ![p](pic.svg).\n",
            "content/pic.svg": "<svg/>",
            "content/_data/people.yml": "ann: Ann\n",
            "static/a.txt": "one",
            "templates/page.html": "{% for b in site.briefs %}{{ b.excerpt }}{% endfor %}",
        }
    )
    found = subprocess.run(
        [sys.executable, "-c", WATCHED, str(site.root)],
        env=clean_environment() | {"PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.stderr == ""
    assert found.stdout.split("\n") == ["34 outputs, 142 declared files read", ""]
