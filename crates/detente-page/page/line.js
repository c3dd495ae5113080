// A line of a dossier: runs of words and the sentences that carry it. A click anywhere on it opens its first sentence.

import { h } from "./dom.js";
import { link } from "./state.js";

/** Sentences that are shown before the rest folds. */
const SHOWN = 4;

let open = () => {};
let copies = new Map();

/** Who opens a sentence: called with a citation, its line, what the line is about. */
export const opener = (call) => { open = call; };

/** Tells which reports carry another's text. */
export function reports(cards) {
  copies = new Map(cards.filter((c) => c.copy_of).map((c) => [c.number, c.copy_of]));
}

/** Numbers of reports that carry another's text, with whose. */
export const copyOf = (number) => copies.get(number);

function run(one) {
  switch (one.style) {
    case "strong": return h("strong", null, one.text);
    case "number": return h("b", { class: "n" }, one.text);
    case "label": return h("em", { class: "label" }, one.text);
    case "verbatim": return h("q", null, one.text);
    case "quiet": return h("span", { class: "quiet" }, one.text);
    default: return one.text;
  }
}

/** The words of a line. */
export const words = (line) => h("span", { class: line.ground === "absence" ? "absent" : null }, line.runs.map(run));

/** One citation as a link that opens its sentence. */
export function cite(citation, line, about) {
  const tier = citation.tier === "body" ? "" : citation.tier;
  const copy = copies.get(citation.report);
  return h("a", {
    class: `cite${copy ? " copy" : ""}`,
    href: link(["report", citation.document], { s: citation.sentence }),
    title: `${copy ? `Same text as report ${copy}. ` : ""}${citation.quote}`,
    "aria-label": `${citation.report}.${citation.sentence}${tier ? ` ${tier}` : ""}: report ${citation.report}, sentence ${citation.sentence}${copy ? `, same text as report ${copy}` : ""}`,
    dataset: { at: `${citation.document}.${citation.sentence}` },
    onclick: (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      event.stopPropagation();
      open(citation, line, about, event.currentTarget);
    },
  }, `${citation.report}.${citation.sentence}`, tier && h("span", { class: "tier" }, ` ${tier}`));
}

/** All citations of a line; a long row folds. */
export function cites(line, about) {
  const all = line.citations.map((c) => cite(c, line, about));
  if (all.length <= SHOWN + 1) return h("span", { class: "cites" }, all.flatMap((c) => [" ", c]));
  const rest = h("span", { class: "rest", hidden: true }, all.slice(SHOWN).flatMap((c) => [" ", c]));
  const more = h("button", {
    type: "button", class: "more", "aria-label": `${all.length - SHOWN} more sentences`,
    onclick: (event) => { event.stopPropagation(); rest.hidden = false; more.remove(); rest.querySelector("a").focus(); },
  }, `+${all.length - SHOWN}`);
  return h("span", { class: "cites" }, all.slice(0, SHOWN).flatMap((c) => [" ", c]), " ", more, rest);
}

/** A line as an element of a kind, with its citations; `about` is the id of the fact that it tells. */
export function told(line, { tag = "p", css = "", about = null, before = null, grid = null } = {}) {
  const can = line.citations.length > 0;
  return h(tag, {
    class: `line ${css}`.trim(), css: grid,
    onclick: can && ((event) => {
      if (event.target.closest("a, button") || String(getSelection())) return;
      open(line.citations[0], line, about, event.currentTarget.querySelector(".cite"));
    }),
  }, before, h("span", { class: "told" }, words(line), cites(line, about)));
}
