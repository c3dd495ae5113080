// The report beside a line: the sentence marked, who else says so, who says otherwise, the rule that fired.

import { $, $$, count, h, list } from "./dom.js";
import { get, part } from "./api.js";
import { link } from "./state.js";
import { NOUNS, plain, when } from "./words.js";
import * as line from "./line.js";
import { webOnly } from "./reports.js";
import { correct } from "./decide.js";

const box = $("#reader");
let at = "";
let came = null;
let told = null;
let whenClosed = () => {};
let elsewhere = () => {};

export const closed = (call) => { whenClosed = call; };
export const other = (call) => { elsewhere = call; };
export const isOpen = () => !box.hidden;

/** Opens a citation of a line. */
export function open({ citation, line: of, about, from }) {
  came = from;
  told = { line: of, citation, about };
  $$(".line.open").forEach((l) => l.classList.remove("open"));
  $$(".cite.on").forEach((c) => c.classList.remove("on"));
  from?.classList.add("on");
  from?.closest(".line")?.classList.add("open");
  return show(citation.document, citation.sentence);
}

/** Another sentence of the same line. */
export function turn(by) {
  const all = told ? told.line.citations : [];
  const now = all.findIndex((c) => `${c.document}.${c.sentence}` === at);
  const next = all[now + by];
  if (!next) return;
  const cite = came?.closest(".line")?.querySelector(`.cite[data-at="${CSS.escape(`${next.document}.${next.sentence}`)}"]`);
  if (cite) { cite.closest(".rest[hidden]")?.removeAttribute("hidden"); cite.click(); }
}

export function close() {
  hide();
  whenClosed();
  if (came?.isConnected) came.focus();
}

function hide() {
  at = "";
  box.hidden = true;
  document.body.classList.remove("reading");
  $$(".line.open").forEach((l) => l.classList.remove("open"));
  $$(".cite.on").forEach((c) => c.classList.remove("on"));
}

/** Opens or closes as the address says. */
export function follow({ settings }) {
  const wanted = settings.get("open");
  if (!wanted) { if (isOpen()) hide(); return; }
  if (wanted === at) return;
  const cut = wanted.lastIndexOf(".");
  const [document_, sentence] = [wanted.slice(0, cut), Number(wanted.slice(cut + 1))];
  const cite = $(`#main .cite[data-at="${CSS.escape(wanted)}"]`);
  if (cite && settings.get("fact") === null) { cite.click(); return; }
  told = { line: null, citation: null, about: settings.get("fact") };
  show(document_, sentence);
}

async function show(document_, sentence) {
  const mine = `${document_}.${sentence}`;
  at = mine;
  box.hidden = false;
  document.body.classList.add("reading");
  const about = told.about;
  try {
    const crisis = location.hash.match(/^#\/crisis\/([^/?]+)/)?.[1];
    const [report, fact] = await Promise.all([
      get(`/reports/${part(document_)}`),
      about && crisis ? get(`/crises/${crisis}/facts/${part(about)}`).catch(() => null) : null,
    ]);
    if (at !== mine) return;
    paint(report, sentence, fact);
  } catch (error) {
    if (at !== mine) return;
    box.replaceChildren(bar("The report cannot be opened"), h("p", null, error.message, ". ", error.remedy));
  }
}

const bar = (words, link_) => h("div", { class: "bar" }, h("p", { class: "where" }, words), link_, h("button", { type: "button", class: "close", onclick: close, "aria-label": "Close the report" }, "×"));

function paint(report, sentence, fact) {
  const number = told.citation?.report;
  const read = report.read.filter((r) => r.sentence === sentence);
  const marks = told.citation?.marks?.length ? told.citation.marks : read.flatMap((r) => r.marks);
  const text = h("div", { class: "text", dir: "auto" }, pieces(report).map((piece) => {
    const here = piece.number && covers(piece, sentence);
    return piece.gap ? piece.nodes([]) : h("span", { class: `s ${piece.kind}${here ? " here" : ""}`, id: here ? "here" : null, dataset: { n: piece.number } }, piece.nodes(here ? marks : []));
  }));
  box.replaceChildren(
    bar(h("span", null, number ? h("b", null, `${number}.${sentence} `) : h("b", null, `Sentence ${sentence} `), report.outlet || "outlet not named"), h("a", { href: link(["report", report.id], { s: sentence }) }, "all that was read")),
    h("div", { class: "behind", tabindex: "0", role: "region", "aria-label": "What stands behind it" }, behind(fact, read), correct(report, read)),
    h("div", { class: "page", tabindex: "0", role: "region", "aria-label": "Text of the report" },
      h("p", { class: "kicker" }, when(report.published), " · ", webOnly(report.url || report.path)),
      report.sentences[0]?.kind !== "headline" && report.title && h("h2", { class: "title" }, report.title),
      text));
  const here = $("#here", box);
  if (here) {
    const page = $(".page", box);
    page.scrollTop += here.getBoundingClientRect().top - page.getBoundingClientRect().top - page.clientHeight * 0.3;
  }
}

function covers(piece, sentence) {
  const c = told.citation;
  return piece.number === sentence || Boolean(c && c.document === at.slice(0, at.lastIndexOf(".")) && piece.start >= c.start && piece.end <= c.end);
}

/** What stands behind the line that was opened. */
function behind(fact, read) {
  const rows = [];
  const row = (name, ...children) => rows.push(h("div", null, h("dt", null, name), h("dd", null, children)));
  const cites = told.line?.citations || [];
  if (cites.length > 1) row("Its sentences", cites.map((c) => [chip(c), " "]));
  if (fact) says(row, fact);
  else if (cites.length) row("Who says so", count(new Set(cites.map((c) => c.report)).size, "report"), copied(cites));
  if (fact?.standing) row("It stands as", h("span", { class: "state-words" }, fact.standing));
  if (fact?.inferred.length) row("Not in the words", `${list(fact.inferred)}: inferred`);
  if (fact) row("Who says otherwise", fact.otherwise.length ? fact.otherwise.map(otherwise) : h("span", { class: "absent" }, "nobody that was found"));
  const rules = told.citation?.rules || [...new Set(read.map((r) => r.rule))];
  if (rules.length) row("Read by", rules.map((r) => [h("code", null, r), " "]));
  if (read.length) row("Also read here", h("ul", { class: "read" }, read.map((r) => h("li", null, h("span", { class: "tag" }, NOUNS[r.noun] || r.noun), " ", plain(r.code), r.how && r.how !== "occurred" ? `, ${plain(r.how)}` : "", [r.who.join(", "), r.whom.join(", ")].filter(Boolean).length ? `: ${[r.who.join(", "), r.whom.join(", ")].filter(Boolean).join(" → ")}` : ""))));
  return h("dl", null, rows);
}

function says(row, fact) {
  const names = [...new Set(fact.origins.map((o) => (o.speaker ? o.name : `${o.name}${o.report ? ` (${o.report})` : ""}`)))];
  row("Who says so", h("b", null, count(fact.origins.length, "first teller")), names.length ? `: ${list(names.slice(0, 8))}${names.length > 8 ? ` and ${names.length - 8} more` : ""}` : "",
    h("span", { class: "quiet" }, `; in ${count(fact.reports.length, "report")}${fact.copies.length ? `, ${fact.copies.length} of them ${fact.copies.length === 1 ? "carries" : "carry"} another’s text` : ""}`));
}

function copied(cites) {
  const copies = new Set(cites.map((c) => c.report).filter((n) => line.copyOf(n)));
  return copies.size ? h("span", { class: "quiet" }, `, ${copies.size} of them with another’s text`) : null;
}

function otherwise(one) {
  return h("div", { class: "other" }, h("b", null, one.topic), h("span", { class: "quiet" }, ` (${one.kind_words})`),
    h("ul", null, one.sides.map((side) => h("li", null, line.words(side.line), side.line.citations.slice(0, 4).map((c) => [" ", chip(c)])))),
    h("p", { class: "quiet" }, one.verdict_words, one.remark && `. ${one.remark}`));
}

function chip(c) {
  const key = `${c.document}.${c.sentence}`;
  return h("a", {
    class: `cite${key === at ? " on" : ""}${line.copyOf(c.report) ? " copy" : ""}`, href: link(["report", c.document], { s: c.sentence }), title: c.quote,
    "aria-current": key === at ? "true" : null,
    onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (told.line?.citations.includes(c)) { told.citation = c; show(c.document, c.sentence); } else elsewhere(c.document, c.sentence);
    },
  }, `${c.report}.${c.sentence}`);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const REASONS = { other_language: "another language", link_headline: "link", comment_form: "comment form" };

/** Text with marks, given where its first byte is. */
export function spans(text, start, marks) {
  return cut(encoder.encode(text), start, start, start + encoder.encode(text).length, marks, []);
}

/** The sentences of a report and what is between them, in order. Offsets count bytes. */
export function pieces(report) {
  const bytes = encoder.encode(report.text);
  const out = [];
  let now = 0;
  const piece = (start, end, kind, number) => out.push({ start, end, kind, number, gap: !number, words: decoder.decode(bytes.subarray(start, end)), nodes: (marks) => cut(bytes, 0, start, end, marks, report.mask) });
  report.sentences.forEach((sentence, n) => {
    const start = Math.max(sentence.start, now);
    const end = Math.max(sentence.end, now);
    if (start > now) piece(now, start, "gap", 0);
    if (end > start) piece(start, end, sentence.kind, n + 1);
    now = end;
  });
  if (now < bytes.length) piece(now, bytes.length, "gap", 0);
  return out;
}

/** A stretch of bytes in pieces, each greyed where it is masked and marked where it decided. */
function cut(bytes, base, start, end, marks, masks) {
  const near = marks.filter((m) => m.start < end && m.end > start);
  const grey = masks.filter((m) => m.start < end && m.end > start);
  const borders = [...new Set([start, end, ...near.flatMap((m) => [m.start, m.end]), ...grey.flatMap((m) => [m.start, m.end])])].filter((b) => b >= start && b <= end).sort((a, b) => a - b);
  return borders.slice(0, -1).map((a, n) => {
    const b = borders[n + 1];
    const words = decoder.decode(bytes.subarray(a - base, b - base));
    const inner = near.some((m) => m.start <= a && m.end >= b) ? h("mark", null, words) : words;
    const mask = grey.find((m) => m.start <= a && m.end >= b);
    if (!mask || !words.trim()) return inner;
    const reason = REASONS[mask.reason] || plain(mask.reason);
    return h("span", { class: "masked", title: `Not read as body text: ${reason}` }, mask.start === a && h("span", { class: "why" }, reason), inner);
  });
}
