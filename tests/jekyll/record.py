"""Records what Jekyll makes of the fixtures: `python tests/jekyll/record.py`, where Jekyll is.

apt-get install jekyll ruby-jekyll-feed ruby-jekyll-redirect-from ruby-jekyll-sitemap
ruby-jekyll-archives ruby-jekyll-paginate
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SITES = HERE / "sites"


def variants(site: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, line that replaces the one of the same key in _config.yml) of a fixture."""
    file = site / "_variants"
    if not file.exists():
        yield "expected", ""
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        yield f"expected-{number}", line


def config_of(site: Path, line: str) -> str:
    """Return the text of _config.yml with the line of a variant."""
    text = (site / "_config.yml").read_text(encoding="utf-8")
    key = line.partition(":")[0]
    kept = [each for each in text.splitlines() if not line or not each.startswith(f"{key}:")]
    return "\n".join([*kept, line]) + "\n"


def record(site: Path, line: str) -> dict[str, Any]:
    """Return what Jekyll makes of a fixture."""
    with tempfile.TemporaryDirectory() as temporary:
        root, out, facts = (Path(temporary, name) for name in ("site", "out", "facts.json"))
        shutil.copytree(site, root, ignore=shutil.ignore_patterns("expected*"))
        (root / "_config.yml").write_text(config_of(site, line), encoding="utf-8")
        (root / "_plugins").mkdir()
        shutil.copy(HERE / "recorder.rb", root / "_plugins")
        subprocess.run(
            ["jekyll", "build", "-q", "-s", str(root), "-d", str(out)],
            check=True,
            env=os.environ | {"RECORD": str(facts)},
            stderr=subprocess.DEVNULL,
        )
        found: dict[str, Any] = json.loads(facts.read_text(encoding="utf-8"))
        files = (path for path in sorted(out.rglob("*")) if path.is_file())
        found["files"] = [path.relative_to(out).as_posix() for path in files]
        found["feeds"] = {
            name: (out / name).read_text(encoding="utf-8").replace(str(out), "")
            for name in found["files"]
            if name.endswith(".xml") and name != "sitemap.xml"
        }
        redirects = out / "redirects.json"
        found["redirects"] = json.loads(redirects.read_text()) if redirects.exists() else {}
        return found


def main(names: list[str]) -> None:
    """Record the named fixtures, or all of them."""
    for site in sorted(SITES.iterdir()):
        if names and site.name not in names:
            continue
        for name, line in variants(site):
            facts = record(site, line)
            text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
            (site / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
