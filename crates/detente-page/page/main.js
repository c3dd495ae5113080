// The page: what the address says is shown; what comes in is told; keys do what clicks do.

import { $, $$, count, h } from "./dom.js";
import { anew, get } from "./api.js";
import { changed, link, now, put } from "./state.js";
import * as line from "./line.js";
import * as reader from "./reader.js";
import { overview } from "./overview.js";
import { crisis, goTo } from "./crisis.js";
import { report, reports } from "./reports.js";
import { search } from "./search.js";
import { journal, ready } from "./decide.js";
import * as alerts from "./alerts.js";

const main = $("#main");
let shown = "";
let turn = 0;

/** What an address shows, and a name for it: the same name stays as it is. */
function view({ parts, settings }) {
  const [first, second] = parts;
  if (!first) return ["overview", () => overview()];
  if (first === "crisis" && second) {
    const policy = settings.get("policy") || "full_range";
    return [`crisis ${second} ${policy}`, () => crisis(second, policy)];
  }
  if (first === "reports") return ["reports", () => reports()];
  if (first === "report" && second) return [`report ${second}`, () => report(second, Number(settings.get("s")) || 0)];
  if (first === "alerts") return [`alerts ${settings.get("unseen") || ""}`, () => alerts.alerts(settings.get("unseen") === "true")];
  if (first === "decisions") return ["decisions", () => journal()];
  if (first === "search") return [`search ${settings.get("q")} ${settings.get("in") || ""}`, () => search(settings.get("q") || "", settings.get("in") || "")];
  return ["nowhere", async () => h("div", { class: "sorry" }, h("h1", null, "There is nothing here"), h("p", null, h("a", { href: "#/" }, "To the crises")))];
}

async function show(again = false) {
  const at = now();
  const [name, make] = view(at);
  const mine = ++turn;
  if (name !== shown || again) {
    document.body.classList.add("busy");
    try {
      const page = await make();
      if (mine !== turn) return;
      const sameKind = name.split(" ")[0] === shown.split(" ")[0] && name.split(" ")[1] === shown.split(" ")[1];
      const y = scrollY;
      main.replaceChildren(page);
      document.title = page.dataset?.title ? `${page.dataset.title} · Detente` : "Detente";
      if (shown && !sameKind) { scrollTo(0, 0); main.focus({ preventScroll: true }); } else scrollTo(0, y);
      shown = name;
    } catch (error) {
      if (mine !== turn) return;
      shown = "";
      main.replaceChildren(sorry(error));
    } finally {
      if (mine === turn) document.body.classList.remove("busy");
    }
  }
  if (at.parts[0] === "crisis") goTo(at.parts[2]);
  reader.follow(at);
  const q = $("#q");
  if (document.activeElement !== q) q.value = at.parts[0] === "search" ? at.settings.get("q") || "" : "";
}

function sorry(error) {
  if (!("remedy" in error)) console.error(error);
  return h("div", { class: "sorry", role: "alert" },
    h("h1", null, capital(error.message || "Something went wrong")),
    h("p", null, error.remedy || "Reload the page; if it happens again, it is a fault in Detente."),
    h("p", null, h("button", { type: "button", onclick: () => show(true) }, "Try again"), " ", h("a", { href: "#/" }, "To the crises")));
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

// News as they come.
function listen() {
  const news = $("#news");
  let edition = null;
  const stream = new EventSource("/api/v1/events");
  stream.addEventListener("edition", (event) => {
    anew();
    const told = JSON.parse(event.data);
    if (edition !== null && told.edition !== edition) {
      const first = told.new[0];
      const name = first ? `: ${first.title || first.outlet || "without a headline"}` : "";
      const said = told.added ? `${count(told.added, "new report")}${name}${told.added > 1 ? " …" : ""}` : "The books have changed";
      news.replaceChildren(h("span", null, said), " ", h("button", { type: "button", onclick: () => { news.hidden = true; } }, "Close"));
      news.hidden = false;
      refresh();
    }
    edition = told.edition;
  });
  stream.addEventListener("alerts", (event) => {
    anew();
    // Held against what the bell shows, which this page may have set itself since the last word.
    const news = alerts.ring(Number(event.data));
    if (news && now().parts[0] === "alerts") show(true);
  });
  stream.onerror = () => document.body.classList.add("offline");
  stream.onopen = () => document.body.classList.remove("offline");
}

/** Shows the same again with the new books; a crisis that has a new name because it grew is looked for by its reports. */
async function refresh() {
  const { parts } = now();
  if (parts[0] === "crisis") {
    const { crises } = await get("/crises");
    if (!crises.some((c) => c.id === parts[1])) {
      const same = crises.find((c) => c.title === document.title.replace(/ · Detente$/, ""));
      if (same) { history.replaceState(null, "", location.hash.replace(parts[1], same.id)); }
    }
  }
  show(true);
}

// Dark or light.
const root = document.documentElement;
const stored = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
if (stored) root.dataset.theme = stored;
$("#theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* a private window keeps nothing */ }
});

$("#ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const q = $("#q").value.trim();
  const { parts } = now();
  if (q) location.hash = link(["search"], { q, in: parts[0] === "crisis" ? parts[1] : now().settings.get("in") });
});

const KEYS = [
  ["/", "search"], ["j  k", "next and previous line"], ["Enter", "open the sentence of a line"],
  ["←  →", "other sentences of the line, when the report is open"], ["Esc", "close the report"],
  ["g then o", "overview"], ["g then r", "reports"], ["g then a", "alerts"], ["1 … 9", "sections of a crisis"], ["+  −  0", "zoom of the timeline or map, when it has the focus"], ["?", "this list"],
];
function keys() {
  const box = $("#keys");
  box.replaceChildren(h("h2", { id: "keys-h" }, "Keys"),
    h("dl", null, KEYS.map(([key, does]) => [h("dt", null, key.split("  ").map((k, at) => [at ? " " : "", h("kbd", null, k)])), h("dd", null, does)])),
    h("form", { method: "dialog" }, h("button", null, "Close")));
  box.showModal();
}
$("#help").addEventListener("click", keys);

const lines = () => $$("main .line").filter((l) => l.querySelector(".cite") && l.offsetParent);
function step(by) {
  const all = lines();
  const here = document.activeElement?.closest?.("main .line") || $("main .line.open");
  const next = all[Math.min(all.length - 1, Math.max(0, here ? all.indexOf(here) + by : 0))];
  const cite = next?.querySelector(".cite");
  if (!cite) return;
  cite.focus();
  cite.scrollIntoView({ block: "nearest" });
  if (reader.isOpen()) cite.click();
}

let before = "";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, select, textarea, dialog")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const chord = before + event.key;
  before = event.key === "g" ? "g" : "";
  if (chord === "go") location.hash = "#/";
  else if (chord === "gr") location.hash = "#/reports";
  else if (chord === "ga" && !$("#bell").hidden) location.hash = "#/alerts";
  else if (event.key === "/") $("#q").focus();
  else if (event.key === "?") keys();
  else if (event.key === "Escape" && reader.isOpen()) reader.close();
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "ArrowRight" && reader.isOpen()) reader.turn(1);
  else if (event.key === "ArrowLeft" && reader.isOpen()) reader.turn(-1);
  else if (/^[1-9]$/.test(event.key) && $(".parts a")) $$(".parts a")[Number(event.key) - 1]?.click();
  else return;
  event.preventDefault();
});

line.opener((citation, told, about, from) => {
  reader.open({ citation, line: told, about, from });
  put({ open: `${citation.document}.${citation.sentence}`, fact: about || null }, true);
});
reader.closed(() => put({ open: null, fact: null }, true));
reader.other((document_, sentence) => { location.hash = changed({ open: `${document_}.${sentence}`, fact: null }); });

addEventListener("hashchange", () => show());
addEventListener("popstate", () => show());
addEventListener("beforeprint", () => $$(".rest[hidden]").forEach((r) => { r.hidden = false; r.previousElementSibling?.remove(); }));
Promise.all([ready(), alerts.ready()]).finally(() => { show(); listen(); });
