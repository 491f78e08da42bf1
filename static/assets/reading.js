// What makes a brief easier to read; without it, every link leads where it says.

// Contents: the section that one is in is marked; small screens keep them at hand in one line.
const contents = document.querySelector(".toc");
if (contents) {
  const fold = contents.querySelector("details"), summary = contents.querySelector("summary");
  const said = summary.appendChild(document.createElement("span"));
  const links = [...contents.querySelectorAll("a")], reached = new Set();
  const wide = matchMedia("(min-width: 64rem)");
  let here;
  const mark = () => {
    const now = links.findLast((link) => reached.has(link));
    if (now === here) return;
    here?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    for (const item of contents.querySelectorAll("li")) item.classList.toggle("here", item.contains(now));
    said.textContent = now?.textContent ?? "";
    here = now;
    show();
  };
  const show = () => { if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 3; };
  const fit = () => { fold.open = wide.matches; summary.tabIndex = wide.matches ? -1 : 0; };
  // A heading is reached once it stands in the upper quarter, or above it however far.
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) reached[isIntersecting ? "add" : "delete"](linkOf.get(target));
    mark();
  }, { rootMargin: "99999% 0px -75%" });
  const linkOf = new Map(links.map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]));
  for (const heading of linkOf.keys()) if (heading) watch.observe(heading);
  contents.classList.add("live");
  contents.classList.toggle("long", links.length > 24);
  fit();
  wide.addEventListener("change", fit);
  fold.addEventListener("toggle", show);
  contents.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) fold.open = false; });
  contents.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !wide.matches) { fold.open = false; summary.focus(); }
  });
}

// Notes: shown where they are asked for. Escape, or a click elsewhere, closes them.
const article = document.querySelector("article[data-note]");
if (article?.querySelector(".footnotes") && article.showPopover) {
  const pop = article.appendChild(document.createElement("div"));
  let asked, closed = 0;
  Object.assign(pop, { className: "pop", popover: "auto", tabIndex: -1, role: "dialog" });
  pop.addEventListener("beforetoggle", (event) => { if (event.newState === "closed") closed = event.timeStamp; });
  const place = (link) => {
    const at = link.getBoundingClientRect(), text = article.querySelector(".prose").getBoundingClientRect();
    const left = getComputedStyle(article).direction === "rtl";
    const page = document.documentElement.clientWidth, room = (left ? text.left : page - text.right) - 48;
    const beside = room >= 208, width = Math.min(beside ? room : page - 32, 352);
    const x = !beside ? Math.max(16, Math.min(at.left - 32, page - width - 16)) : left ? text.left - 32 - width : text.right + 32;
    Object.assign(pop.style, { width: `${width}px`, left: `${x + scrollX}px`, top: `${scrollY + (beside ? at.top - 16 : at.bottom + 8)}px` });
  };
  article.addEventListener("click", (event) => {
    const link = event.target.closest("a.footnote");
    const note = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const again = link === asked && event.timeStamp - closed < 300; // this very click has closed it
    asked = again ? null : link;
    if (again) return;
    const number = Object.assign(document.createElement("a"), { className: "number", href: link.hash, textContent: link.textContent });
    pop.replaceChildren(number, " ", ...note.cloneNode(true).childNodes);
    for (const back of pop.querySelectorAll(".reversefootnote")) back.remove();
    for (const named of pop.querySelectorAll("[id]")) named.removeAttribute("id");
    pop.ariaLabel = article.dataset.note.replace("%s", link.textContent);
    pop.showPopover({ source: link });
    place(link);
    pop.focus({ preventScroll: true });
  });
  pop.addEventListener("click", (event) => { if (event.target.closest("a.number")) pop.hidePopover(); });
}

// Citations: a button behind each that copies it, where pages may copy.
if (navigator.clipboard) for (const text of document.querySelectorAll(".cite dd")) {
  const words = text.closest(".cite").dataset, citation = text.textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(citation);
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  });
  text.append(" ", button);
}
