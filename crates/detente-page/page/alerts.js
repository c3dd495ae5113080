// Alerts: what came in that was worth telling at once, each with the sentence that tells it.

import { $, count, h } from "./dom.js";
import { get, send } from "./api.js";
import { link } from "./state.js";
import { plain, when } from "./words.js";

const bell = $("#bell");

let rung = 0;

/** Shows how many nobody has seen; true where that is not what was shown before. */
export function ring(unseen) {
  const news = unseen !== rung;
  rung = unseen;
  const number = unseen > 0 ? [h("span", { class: "unseen" }, ` ${unseen.toLocaleString("en")}`)] : [];
  bell.replaceChildren("Alerts", ...number);
  bell.setAttribute("aria-label", unseen > 0 ? `Alerts, ${unseen} not seen` : "Alerts");
  return news;
}

/** Asks once whether alerts are told here. */
export async function ready() {
  try {
    const told = await get("/alerts", { limit: 1 });
    bell.hidden = !told.open;
    ring(told.unseen);
  } catch { bell.hidden = true; }
}

/** The list. */
export async function alerts(unseen) {
  const told = await get("/alerts", { unseen: unseen ? "true" : null, limit: 100 });
  const rows = h("ol", { class: "alerts" }, told.alerts.map(one));
  let have = told.alerts.length;
  const all = unseen ? told.unseen : told.total;
  const more = h("button", { type: "button", onclick: async () => {
    const next = await get("/alerts", { unseen: unseen ? "true" : null, from: have, limit: 100 });
    rows.append(...next.alerts.map(one));
    have += next.alerts.length;
    if (!next.alerts.length || have >= all) more.remove();
  } }, "More alerts");
  const seen = h("button", { type: "button", onclick: async () => {
    seen.disabled = true;
    const left = await send("/alerts/seen", { to: told.alerts[0].number });
    ring(left.unseen);
    rows.querySelectorAll(".new").forEach((row) => row.classList.remove("new"));
    seen.remove();
  } }, "I have seen them");
  return h("div", { dataset: { title: "Alerts" } },
    h("header", { class: "top" },
      h("h1", null, all ? count(all, unseen ? "unseen alert" : "alert") : unseen ? "No unseen alert" : "No alert yet"),
      h("p", { class: "quiet" }, "Offers, answers, ceasefires, counts, denials, borders, recognition, threats: told when a report brings them, once. Newest first. ",
        unseen ? h("a", { href: link(["alerts"]) }, "Show all") : told.unseen > 0 && h("a", { href: link(["alerts"], { unseen: "true" }) }, "Only unseen ones")),
      told.unseen > 0 && told.alerts.length > 0 && h("p", null, seen)),
    rows, have < all && more);
}

function one(alert) {
  const first = alert.sentences[0];
  const open = (s) => link(alert.home ? ["crisis", alert.home] : ["report", s.document], alert.home ? { open: `${s.document}.${s.number}` } : { s: s.number });
  return h("li", { class: alert.seen ? null : "new" },
    h("p", { class: "kicker" }, h("span", { class: "tag" }, plain(alert.kind)), " ",
      alert.home ? h("a", { href: link(["crisis", alert.home]) }, alert.title) : alert.title,
      alert.when.from || alert.when.to ? ` · ${when(alert.when)}` : "", ` · told ${alert.at.slice(0, 16).replace("T", " ")}`,
      !alert.seen && h("b", null, " · not seen")),
    h("p", { class: "gist" }, h("a", { class: "open", href: open(first) }, alert.reason)),
    alert.sentences.slice(0, 3).map((s) => h("p", { class: "quiet", dir: "auto" }, h("a", { href: open(s) }, s.outlet || s.path), ": ", h("q", null, s.quote.trim()))));
}
