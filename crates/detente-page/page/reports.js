// Reports: those of a crisis as a table, all of them as a list, one of them with everything that was read in it.

import { count, h } from "./dom.js";
import { get, part } from "./api.js";
import { link } from "./state.js";
import { NOUNS, plain, when } from "./words.js";
import { pieces } from "./reader.js";

/** The reports of a crisis. */
export function shelf(cards) {
  return h("div", { class: "scroll" }, h("table", { class: "shelf" },
    h("thead", null, h("tr", null, ["No.", "Outlet", "Headline", "Published", "Words"].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", null, cards.map((card) => h("tr", null,
      h("td", { class: "n" }, card.number),
      h("td", null, card.outlet || h("span", { class: "absent" }, "not named")),
      h("th", { scope: "row" }, h("a", { href: link(["report", card.id]) }, card.title || card.path), card.copy_of && h("span", { class: "quiet" }, ` same text as report ${card.copy_of}`)),
      h("td", { class: "date" }, card.dated),
      h("td", { class: "n" }, card.words.toLocaleString("en")))))));
}

/** All reports. */
export async function reports() {
  const told = await get("/reports", { limit: 200 });
  const body = h("tbody", null, told.reports.map(row));
  const page = h("div", { class: "reports-all", dataset: { title: "Reports" } },
    h("header", { class: "top" }, h("h1", null, count(told.total, "report")), h("p", { class: "quiet" }, "Newest first; those without a day last.")),
    told.total
      ? h("div", { class: "scroll" }, h("table", { class: "shelf" }, h("thead", null, h("tr", null, ["Published", "Outlet", "Headline", "Crisis", "Words"].map((name) => h("th", { scope: "col" }, name)))), body))
      : h("p", null, "No report yet. Put .txt, .md or .jsonl files into the folder that Detente serves."));
  let have = told.reports.length;
  const more = h("button", { type: "button", onclick: async () => {
    more.disabled = true;
    const next = await get("/reports", { from: have, limit: 200 });
    body.append(...next.reports.map(row));
    have += next.reports.length;
    more.disabled = false;
    if (have >= next.total) more.remove();
  } }, "More reports");
  if (have < told.total) page.append(more);
  return page;
}

function row(one) {
  return h("tr", null,
    h("td", { class: "date" }, when(one.published)),
    h("td", null, one.outlet || h("span", { class: "absent" }, "not named")),
    h("th", { scope: "row" }, h("a", { href: link(["report", one.id]) }, one.title || one.path)),
    h("td", null, one.crises.length ? one.crises.map((c, at) => [at > 0 && ", ", h("a", { href: link(["crisis", c.id]) }, c.title)]) : h("span", { class: "absent" }, "none")),
    h("td", { class: "n" }, one.words.toLocaleString("en")));
}

/** One report with everything that was read in it, sentence by sentence. */
export async function report(id, sentence) {
  const one = await get(`/reports/${part(id)}`);
  const by = new Map();
  one.read.forEach((r) => by.set(r.sentence, [...(by.get(r.sentence) || []), r]));
  const rows = pieces(one).filter((piece) => piece.number || piece.words.trim()).map((piece) => {
    const read = by.get(piece.number) || [];
    return h("div", { class: `reading ${piece.kind}${piece.number === sentence ? " here" : ""}`, id: piece.number ? `s${piece.number}` : null },
      h("span", { class: "number" }, piece.number || ""),
      h("p", { class: "text", dir: "auto" }, piece.nodes(read.flatMap((r) => r.marks))),
      read.length > 0 && h("ul", { class: "read" }, read.map(found)));
  });
  const page = h("article", { class: "report-page", dataset: { title: one.title || one.path } },
    h("header", { class: "top" },
      h("p", { class: "kicker" }, [one.outlet || "outlet not named", when(one.published), count(one.words, "word"), one.language].join(" · ")),
      h("h1", null, one.title || one.path),
      h("p", { class: "quiet path" }, webOnly(one.url || one.path)),
      one.crises.length > 0 && h("p", null, "In ", one.crises.map((c, at) => [at > 0 && ", ", h("a", { href: link(["crisis", c.id]) }, c.title)]))),
    one.notes.length > 0 && h("ul", { class: "notes" }, one.notes.map((n) => h("li", null, h("span", { class: "tag" }, n.code), " ", n.message))),
    rows);
  requestAnimationFrame(() => page.querySelector(".here")?.scrollIntoView({ block: "center" }));
  return page;
}

function found(r) {
  const who = [r.who.join(", "), r.whom.join(", ")].filter(Boolean).join(" → ");
  return h("li", { title: `Read by ${r.rule}` },
    h("span", { class: "tag" }, NOUNS[r.noun] || r.noun), " ", h("b", null, plain(r.code)), r.how && r.how !== "occurred" && h("em", { class: "label" }, ` ${plain(r.how)}`), who && h("span", null, ` ${who}`), r.words && h("span", { class: "quiet" }, " “", r.words, "”"), " ", h("code", null, r.rule));
}

/** A link only for an address on the web. */
export function webOnly(path) {
  return /^https?:\/\//.test(path) ? h("a", { href: path, rel: "noopener noreferrer nofollow", target: "_blank" }, path) : path;
}
