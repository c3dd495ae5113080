// Decisions of an analyst: buttons beside what was read, and the journal. Shown only where the program has a store.

import { $, count, h } from "./dom.js";
import { Refused, get } from "./api.js";
import { link } from "./state.js";
import { NOUNS, plain } from "./words.js";

let open = false;

/** Asks once whether anything can be decided here. */
export async function ready() {
  try { open = (await get("/decisions")).open; } catch { open = false; }
  $("#journal").hidden = !open;
}

async function send(path, body) {
  const answer = await fetch(`/api/v1${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told.error || `status ${answer.status}`, told.remedy || "");
  return told;
}

const me = (name) => {
  try {
    if (name) localStorage.setItem("author", name);
    return localStorage.getItem("author") || "";
  } catch { return name || ""; }
};

/** What can be decided about a fact. */
const RULINGS = {
  reject: "The report does not say so",
  count: "The count is another",
  note: "A remark",
};

/** A way to correct what was read in a sentence. */
export function correct(report, facts) {
  if (!open || !facts.length) return null;
  const box = h("div", { class: "correct" });
  const begin = h("button", { type: "button", onclick: () => { begin.hidden = true; box.append(form(report, facts, () => { begin.hidden = false; })); $("select", box).focus(); } }, "Correct this");
  box.append(begin);
  return box;
}

function form(report, facts, done) {
  const name = (r) => `${NOUNS[r.noun] || r.noun}: ${plain(r.code)}${r.words ? ` “${r.words.length > 48 ? `${r.words.slice(0, 47)}…` : r.words}”` : ""}`;
  const fact = h("select", { name: "fact", onchange: fit }, facts.map((r) => h("option", { value: r.id }, name(r))));
  const ruling = h("select", { name: "ruling", onchange: fit }, Object.entries(RULINGS).map(([key, words]) => h("option", { value: key }, words)));
  const value = h("input", { name: "count", placeholder: "23, 23+, >23, <23, ~23", autocomplete: "off" });
  const text = h("input", { name: "text", autocomplete: "off" });
  const reason = h("input", { name: "reason", required: true, autocomplete: "off" });
  const author = h("input", { name: "author", required: true, value: me() });
  const said = h("p", { role: "status" });
  const row = (words, input) => h("label", null, h("span", null, words), input);
  const [countRow, textRow] = [row("Count", value), row("Remark", text)];
  function fit() {
    const figure = facts.find((r) => r.id === fact.value)?.noun === "figure";
    const option = [...ruling.options].find((o) => o.value === "count");
    option.disabled = option.hidden = !figure;
    if (!figure && ruling.value === "count") ruling.value = "reject";
    countRow.hidden = ruling.value !== "count";
    textRow.hidden = ruling.value !== "note";
    value.required = ruling.value === "count";
    text.required = ruling.value === "note";
  }
  const made = h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      const wish = { report: report.id, fact: fact.value, ruling: ruling.value, author: author.value, reason: reason.value };
      if (wish.ruling === "count") wish.count = value.value;
      if (wish.ruling === "note") wish.text = text.value;
      try {
        const { number } = await send("/decisions", wish);
        me(author.value);
        said.replaceChildren(`Written as line ${number} of the journal; the books follow in a moment. `, h("a", { href: link(["decisions"]) }, "The journal"));
        made.querySelectorAll("label, button").forEach((e) => e.remove());
      } catch (error) {
        said.textContent = `${error.message}. ${error.remedy || ""}`;
      }
    },
  }, row("What", fact), row("Decision", ruling), countRow, textRow, row("Why", reason), row("Your name", author),
  h("div", null, h("button", null, "Decide"), " ", h("button", { type: "button", onclick: () => { made.remove(); done(); } }, "Not now")), said);
  fit();
  return made;
}

/** The journal. */
export async function journal() {
  const told = await get("/decisions");
  const rows = [...told.entries].reverse().map(entry);
  return h("div", { dataset: { title: "Decisions" } },
    h("header", { class: "top" }, h("h1", null, told.entries.length ? count(told.entries.length, "line of the journal", "lines of the journal") : "No decision yet"),
      h("p", { class: "quiet" }, told.open ? "Newest first. A decision holds for every reading of the report from then on, and can be taken back; nothing is ever deleted here." : "Decisions are kept in a store: detente serve --store FILE.")),
    rows.length > 0 && h("div", { class: "scroll" }, h("table", { class: "shelf" }, h("thead", null, h("tr", null, ["Line", "Decision", "Why", "Who and when", ""].map((n) => h("th", { scope: "col" }, n || h("span", { class: "out" }, "Take back"))))), h("tbody", null, rows))));
}

function entry(one) {
  const back = h("button", { type: "button", onclick: async () => {
    const reason = prompt("Why is it taken back?");
    if (!reason) return;
    const author = me() || prompt("Your name") || "";
    try {
      await send(`/decisions/${one.number}/undo`, { author, reason });
      back.replaceWith("taken back");
    } catch (error) { back.replaceWith(`${error.message}. ${error.remedy || ""}`); }
  } }, "Take back");
  return h("tr", { class: one.undone_by ? "undone" : null },
    h("td", { class: "n" }, one.number),
    h("th", { scope: "row" }, one.words, one.report && [" ", h("a", { href: link(["report", one.report]) }, "report")]),
    h("td", null, one.reason),
    h("td", { class: "quiet" }, `${one.author}, ${one.at.slice(0, 16).replace("T", " ")}`),
    h("td", null, one.undone_by ? h("span", { class: "quiet" }, `taken back by line ${one.undone_by}`) : back));
}
