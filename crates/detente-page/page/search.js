// Words to sentences.

import { count, h } from "./dom.js";
import { get } from "./api.js";
import { link } from "./state.js";
import { when } from "./words.js";
import { spans } from "./reader.js";

export async function search(q, inside) {
  if (!q.trim()) return h("div", { class: "sorry", dataset: { title: "Search" } }, h("h1", null, "Search the reports"), h("p", null, "Write words above. “Words in quotes” must stand together."));
  const told = await get("/search", { q, crisis: inside, limit: 50 });
  const hits = h("ol", { class: "hits" }, told.hits.map(hit));
  let from = told.next;
  const more = h("button", { type: "button", onclick: async () => {
    const next = await get("/search", { q, crisis: inside, from, limit: 50 });
    hits.append(...next.hits.map(hit));
    from = next.next;
    if (from === null) more.remove();
  } }, "More sentences");
  return h("div", { class: "search", dataset: { title: `Search: ${q}` } },
    h("header", { class: "top" }, h("h1", null, `${count(told.total, told.counted)} with “${told.words.join(" ")}”`),
      inside && h("p", null, "In the reports of one crisis. ", h("a", { href: link(["search"], { q }) }, "Search all reports"))),
    told.total === 0 && h("p", null, "No report has all of these words. Try fewer, or the beginning of a word: “mediat” finds mediation and mediators."),
    hits, from !== null && more);
}

function hit(one) {
  return h("li", null,
    h("p", { class: "kicker" }, one.outlet || "outlet not named", " · ", when(one.published)),
    h("p", { class: "text", dir: "auto" }, h("a", { href: link(["report", one.document], { s: one.sentence }) }, spans(one.quote, one.start, one.marks))),
    one.title && h("p", { class: "quiet" }, one.title));
}
