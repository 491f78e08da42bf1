"""What takes the place of Jekyll's plug-ins."""

from briefsite.importer.jekyll_config import Old, exists

_REPLACED = {
    "github-pages": "a bundle of versions for GitHub's own builder",
    "jekyll-archives": "see 'archives' in site.yaml",
    "jekyll-commonmark": "see 'markdown' in site.yaml",
    "jekyll-commonmark-ghpages": "see 'markdown' in site.yaml",
    "jekyll-compose": "'briefsite new' begins a brief",
    "jekyll-default-layout": "a document without layout has post.html or page.html",
    "jekyll-feed": "see 'feed' in site.yaml",
    "jekyll-gist": "its tag {% gist %} is named where it is used",
    "jekyll-github-metadata": "'site.github' is not known; write what you need under 'extra'",
    "jekyll-include-cache": "its tag {% include_cached %} is named where it is used",
    "jekyll-paginate": "see 'paginate' in site.yaml",
    "jekyll-redirect-from": "redirect_from and redirect_to are understood",
    "jekyll-relative-links": "links to Markdown files lead to their pages",
    "jekyll-remote-theme": "briefsite brings its own theme",
    "jekyll-sass-converter": "briefsite brings its own stylesheet",
    "jekyll-seo-tag": "every page names what search engines and networks read",
    "jekyll-sitemap": "sitemap.xml and robots.txt are made",
    "jekyll-watch": "it concerns Jekyll alone",
}
_BY_HAND = {
    "jekyll-archives-v2": "see 'archives' in site.yaml; it knows posts only",
    "jekyll-last-modified-at": "write 'last_modified_at:' where the day of a change matters",
    "jekyll-mentions": "write '@name' as a link where it should be one",
    "jekyll-optional-front-matter": "give each Markdown page front matter: two lines '---'",
    "jekyll-paginate-v2": "indexes are cut into pages; for its autopages see 'archives'",
    "jekyll-readme-index": "rename README.md to index.md where it is a folder's page",
    "jekyll-scholar": "write citations as footnotes, and bibliographies as lists",
    "jekyll-titles-from-headings": "write 'title:' where a page has none",
    "jekyll-toc": "templates have 'article.toc'",
    "jemoji": "write emoji themselves for ':name:'",
}
_UNKNOWN = "find out what it did to pages, and do that by hand or in a template"


def report_plugins(old: Old) -> None:
    """Report each plug-in with what takes its place."""
    for name, (where, line) in sorted((old.plugins or {}).items()):
        if name in _REPLACED:
            old.report.idle.append(f"{name}: {_REPLACED[name]}")
        else:
            todo = _BY_HAND.get(name, _UNKNOWN)
            known = "is not needed, but its work is" if name in _BY_HAND else "is not known here"
            old.report.hand(where, f"plug-in {name} {known}", todo, line)
    for key in ("theme", "remote_theme"):
        if old.at((key,)):
            old.report.idle.append(f"{key} {old.text(key)}: briefsite brings its own theme")
    top = (old.source / old.base).resolve()
    folder = (top / (old.text("plugins_dir").strip("/") or "_plugins")).resolve()
    if not folder.is_relative_to(top):
        folder = top / "_plugins"  # what lies outside the checkout is none of it
    for file in sorted(folder.rglob("*.rb")) if exists(folder) else ():
        where = file.relative_to(top).as_posix()
        old.report.hand(where, "this plug-in of the site's own is not run", _UNKNOWN)
