// Opens a citation's report beside the line: scrolls to the sentence, marks the deciding words, lists
// the other sentences of the same line. Without this script the same links jump to the sentence.
(() => {
  "use strict";
  const root = document.documentElement;
  const desk = document.getElementById("desk");
  const shelf = desk.querySelector(".shelf");
  const where = desk.querySelector(".where");
  const others = desk.querySelector(".others");
  let from = null; // the citation that was opened, to go back to

  root.classList.add("js");
  document.querySelectorAll(".keys").forEach((keys) => { keys.hidden = false; });

  const clear = (selector, name) => document.querySelectorAll(selector).forEach((e) => e.classList.remove(name));

  // "24-35 60-70" → pairs of bytes.
  const spans = (text) => (text || "").split(" ").filter(Boolean).map((pair) => pair.split("-").map(Number));

  function mark(sentence, citation) {
    const wanted = citation ? spans(citation.dataset.marks) : [];
    sentence.querySelectorAll("mark").forEach((piece) => {
      const inside = ([start, end]) => start <= Number(piece.dataset.b) && Number(piece.dataset.e) <= end;
      piece.classList.toggle("on", !citation || wanted.some(inside));
    });
  }

  function describe(sentence, report, citation) {
    const number = report.querySelector(".number").textContent;
    const outlet = report.querySelector(".outlet").textContent;
    where.textContent = `${number}.${sentence.dataset.n} · ${outlet}`;
    others.textContent = "";
    const line = citation && citation.closest(".line");
    if (!line) return;
    const all = [...line.querySelectorAll(".cite")];
    if (all.length > 1) others.append("Sentences of this line: ");
    for (const one of all.length > 1 ? all : []) {
      const link = one.cloneNode(true);
      link.classList.toggle("on", one === citation);
      if (one === citation) link.setAttribute("aria-current", "true");
      link.addEventListener("click", (event) => { event.preventDefault(); open(one, true); });
      others.append(link, " ");
    }
    if (citation.dataset.rule) others.append(`read by ${citation.dataset.rule}`);
  }

  function show(sentence, citation, focus) {
    const report = sentence.closest(".report");
    clear(".report.open", "open"); clear(".s.here", "here"); clear(".cite.on", "on"); clear(".line.open", "open");
    report.classList.add("open");
    root.classList.add("reading");
    sentence.classList.add("here");
    if (citation) {
      const rest = citation.closest(".rest[hidden]");
      if (rest) unfold(rest);
      citation.classList.add("on"); citation.closest(".line")?.classList.add("open");
    }
    mark(sentence, citation);
    describe(sentence, report, citation);
    const place = sentence.getBoundingClientRect().top - shelf.getBoundingClientRect().top;
    if (getComputedStyle(shelf).overflowY === "auto") shelf.scrollTop += place - shelf.clientHeight * 0.3;
    else sentence.scrollIntoView({ block: "center" });
    if (focus) sentence.focus({ preventScroll: true });
  }

  function open(citation, focus) {
    const sentence = document.getElementById(citation.hash.slice(1));
    if (!sentence) return;
    from = citation;
    history.pushState({ cite: [...document.querySelectorAll("main .cite")].indexOf(citation) }, "", citation.hash);
    show(sentence, citation, focus);
  }

  function shelve() {
    clear(".report.open", "open"); clear(".s.here", "here"); clear(".cite.on", "on"); clear(".line.open", "open");
    root.classList.remove("reading");
    where.textContent = "Reports"; others.textContent = "";
  }

  function close() {
    shelve();
    history.pushState(null, "", location.pathname + location.search);
    if (from) from.focus();
  }

  // The address says what is open: on load, and on going back and forth.
  function follow() {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (target?.classList.contains("s")) {
      const at = history.state?.cite;
      const citation = at === undefined ? null : document.querySelectorAll("main .cite")[at];
      from = citation || from;
      show(target, citation, false);
    } else if (target?.classList.contains("report")) {
      shelve();
      target.classList.add("open");
      root.classList.add("reading");
      where.textContent = `Report ${target.querySelector(".number").textContent}`;
      shelf.scrollTop = 0;
    } else shelve();
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a");
    if (link?.matches("main .cite")) { event.preventDefault(); open(link, event.detail === 0); return; }
    if (link?.matches(".close")) { event.preventDefault(); close(); return; }
    const line = link ? null : event.target.closest("main .line");
    if (line && !String(getSelection())) {
      const first = line.querySelector(".cite");
      if (first) open(first, false);
    }
  });
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);

  // Long rows of citations fold; copies stand last in them.
  document.querySelectorAll(".rest").forEach((rest) => {
    const more = document.createElement("button");
    more.type = "button";
    more.className = "more";
    more.textContent = `+${rest.children.length}`;
    more.setAttribute("aria-label", `${rest.children.length} more sentences`);
    more.addEventListener("click", (event) => { event.stopPropagation(); unfold(rest); rest.firstElementChild.focus(); });
    rest.hidden = true;
    rest.before(more);
  });
  function unfold(rest) {
    rest.hidden = false;
    rest.previousElementSibling?.matches(".more") && rest.previousElementSibling.remove();
  }
  addEventListener("beforeprint", () => document.querySelectorAll(".rest[hidden]").forEach(unfold));

  const lines = () => [...document.querySelectorAll("main .line")].filter((l) => l.querySelector(".cite") && l.offsetParent);
  function step(by) {
    const all = lines();
    const here = document.activeElement?.closest?.("main .line") || from?.closest(".line");
    const next = all[Math.min(all.length - 1, Math.max(0, here ? all.indexOf(here) + by : 0))];
    const cite = next?.querySelector(".cite");
    if (!cite) return;
    cite.focus();
    if (root.classList.contains("reading")) open(cite, false);
  }
  function turn(by) {
    const all = from ? [...from.closest(".line").querySelectorAll(".cite")] : [];
    const next = all[all.indexOf(from) + by];
    if (next) { next.focus(); open(next, false); }
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const reading = root.classList.contains("reading");
    if (event.key === "Escape" && reading) close();
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "ArrowRight" && reading) turn(1);
    else if (event.key === "ArrowLeft" && reading) turn(-1);
    else return;
    event.preventDefault();
  });

  const theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const now = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
  });

  follow();
})();
