// Decisions of an analyst: buttons beside what was read, and the journal. Shown only where the program has a store.

import { $, count, h } from "./dom.js";
import { Refused, get, part, send } from "./api.js";
import { link } from "./state.js";
import { NOUNS, plain } from "./words.js";

let open = false;

/** Asks once whether anything can be decided here. */
export async function ready() {
  try { open = (await get("/decisions")).open; } catch { open = false; }
  $("#journal").hidden = !open;
}

const me = (name) => {
  try {
    if (name) localStorage.setItem("author", name);
    return localStorage.getItem("author") || "";
  } catch { return name || ""; }
};

/** What can be decided, about which kinds of fact, and what must be given with it. */
const RULINGS = {
  reject: { words: "The report does not say so", of: ["event", "figure", "claim", "act"], fields: [] },
  count: { words: "The count is another", of: ["figure"], fields: ["count"] },
  figure: { words: "Something else, or somebody else, is counted", of: ["figure"], fields: ["what", "victims", "claimant"] },
  event: { words: "It is another kind, or others did it", of: ["event"], fields: ["kind", "modality", "actors", "recipients", "date"] },
  merge: { words: "It is the same happening as …", of: ["event"], fields: ["other"] },
  split: { words: "It is another happening than …", of: ["event"], fields: ["other"] },
  answer: { words: "A party answered it", of: ["act"], fields: ["party", "answer"] },
  name_actor: { words: "It is called otherwise", of: ["actor"], fields: ["name"] },
  same_actor: { words: "It is the same as …", of: ["actor"], fields: ["is"] },
  note: { words: "A remark", of: ["event", "figure", "claim", "act"], fields: ["text"] },
};

const ANSWERS = { accept: "accepted", welcome: "welcomed it", decline: "declined", no_answer: "gave no answer", not_reported: "not reported" };
const KINDS = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"];
const REAL = ["occurred", "ongoing", "planned", "offered", "willing", "urged", "demanded", "threatened", "refused", "denied", "alleged", "feared", "hypothetical", "historical"];
const COUNTED = ["killed", "wounded", "casualties", "captured", "missing", "displaced", "arrested", "stranded", "released"];
/** Fields that may be left as they are. */
const FREE = ["what", "victims", "claimant", "kind", "modality", "actors", "recipients", "date"];

/** A way to correct what was read in a sentence. */
export function correct(report, facts) {
  if (!open || !facts.length) return null;
  const box = h("div", { class: "correct" });
  const begin = h("button", { type: "button", onclick: async () => {
    begin.hidden = true;
    const crisis = location.hash.match(/^#\/crisis\/([^/?]+)/)?.[1] || report.crises[0]?.id;
    const actors = crisis ? await records(crisis, "actor").catch(() => []) : [];
    box.append(form({ report, facts, crisis, actors }, () => { begin.hidden = false; }));
    $("select", box).focus();
  } }, "Correct this");
  box.append(begin);
  return box;
}

/** All records of a kind. */
async function records(crisis, kind) {
  const out = [];
  for (;;) {
    const told = await get(`/crises/${part(crisis)}/records`, { kind, limit: 1000, from: out.length || null });
    out.push(...told.records);
    if (out.length >= told.total || !told.records.length) return out;
  }
}

const short = (words, most) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);

function form(about, done) {
  const { report, facts, actors } = about;
  const name = (r) => `${NOUNS[r.noun] || r.noun}: ${plain(r.code)}${r.words ? ` “${short(r.words, 48)}”` : ""}`;
  const named = new Set(facts.flatMap((r) => [...r.who, ...r.whom]));
  const people = actors.filter((a) => named.has(a.name) || a.aliases.some((n) => named.has(n)));
  const all = new Map([...facts.map((r) => [r.id, { noun: r.noun, name: name(r) }]), ...people.map((a) => [a.id, { noun: "actor", name: `actor: ${a.name}` }])]);
  const fact = h("select", { name: "fact", onchange: fit }, [...all].map(([id, one]) => h("option", { value: id }, one.name)));
  const ruling = h("select", { name: "ruling", onchange: ask }, Object.entries(RULINGS).map(([key, one]) => h("option", { value: key }, one.words)));
  const given = h("div", { class: "given" });
  const reason = h("input", { name: "reason", required: true, autocomplete: "off" });
  const author = h("input", { name: "author", required: true, value: me() });
  const said = h("p", { role: "status" });
  function fit() {
    const { noun } = all.get(fact.value);
    for (const option of ruling.options) option.disabled = option.hidden = !RULINGS[option.value].of.includes(noun);
    if (ruling.selectedOptions[0]?.disabled) ruling.value = [...ruling.options].find((o) => !o.disabled).value;
    ask();
  }
  let turn = 0;
  async function ask() {
    const mine = ++turn;
    const rows = await Promise.all(RULINGS[ruling.value].fields.map((field) => input(field, about, fact.value, ruling.value)));
    if (mine === turn) given.replaceChildren(...rows);
  }
  const made = h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        const { number } = await send("/decisions", wish(about, fact.value, ruling.value, given, { author: author.value, reason: reason.value }));
        me(author.value);
        said.replaceChildren(`Written as line ${number} of the journal; the books follow in a moment. `, h("a", { href: link(["decisions"]) }, "The journal"));
        made.querySelectorAll("label, button").forEach((e) => e.remove());
      } catch (error) {
        said.textContent = `${error.message}. ${error.remedy || ""}`;
      }
    },
  }, row("What", fact), row("Decision", ruling), given, row("Why", reason), row("Your name", author),
  h("div", null, h("button", null, "Decide"), " ", h("button", { type: "button", onclick: () => { made.remove(); done(); } }, "Not now")), said);
  fit();
  return made;
}

const row = (words, field) => h("label", null, h("span", null, words), field);

/** What is sent. */
function wish({ report }, fact, ruling, given, who) {
  const of = RULINGS[ruling].of[0];
  const sent = { ruling, ...who, ...(of === "actor" ? { actor: fact } : { report: report.id, fact }) };
  for (const field of given.querySelectorAll("[name]")) {
    if (field.name === "other") [sent.other_report, sent.other] = field.value.split(" ");
    else if (field.value || !FREE.includes(field.name)) sent[field.name] = field.value;
  }
  return sent;
}

/** The field for one thing that is asked. */
async function input(field, about, fact, ruling) {
  const words = (attributes = {}) => h("input", { name: field, autocomplete: "off", required: !FREE.includes(field), ...attributes });
  const choice = (options, first) => h("select", { name: field, required: !FREE.includes(field) }, first && h("option", { value: "" }, first), options.map(([value, text]) => h("option", { value }, text)));
  const actor = (first) => choice(about.actors.map((a) => [a.id, a.name]), first);
  const list = (codes) => choice(codes.map((code) => [code, plain(code)]), "as it was read");
  switch (field) {
    case "count": return row("Count", words({ placeholder: "23, 23+, >23, <23, ~23" }));
    case "text": return row("Remark", words());
    case "name": return row("Name", words());
    case "date": return row("Day or days", words({ placeholder: "2031-03-04, or 2031-03-04..2031-03-06" }));
    case "kind": return row("Kind", list(KINDS));
    case "modality": return row("How real", list(REAL));
    case "what": return row("What is counted", list(COUNTED));
    case "victims": return row("Whose", actor("as it was read"));
    case "claimant": return row("By whose count", actor("as it was read"));
    case "actors": return row("Who did it", actor("as it was read"));
    case "recipients": return row("To whom", actor("as it was read"));
    case "is": return row("Who", choice(about.actors.filter((a) => a.id !== fact).map((a) => [a.id, a.name])));
    case "party": return row("Who", actor());
    case "answer": return row("Answer", choice(Object.entries(ANSWERS)));
    case "other": return row("Which", choice(await others(about, fact, ruling === "split")));
    default: return null;
  }
}

/** Events that an event may be one with: one of each other happening; or those that it is one with now. */
async function others({ crisis }, fact, same) {
  if (!crisis) return [];
  const events = await records(crisis, "event");
  const home = events.find((e) => e.id === fact)?.incident;
  const seen = new Set();
  const fits = events.filter((e) => e.id !== fact && e.incident && e.evidence.length && (e.incident === home) === same);
  const each = fits.filter((e) => same || (!seen.has(e.incident) && seen.add(e.incident)));
  const told = (e) => [e.date.from, e.evidence[0].outlet, short(e.gist || e.evidence[0].quote, 60)].filter(Boolean).join(" · ");
  return each.map((e) => [`${e.evidence[0].doc} ${e.id}`, told(e)]);
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
