// The mediation board: who answered what, and each track as lanes, its steps from top to bottom.

import { h } from "./dom.js";
import * as line from "./line.js";

/** All tracks side by side; a party that is reported to have said nothing has a cell that says so. */
export function matrix(tracks) {
  const shown = tracks.filter((t) => t.state !== "appeals_only");
  const parties = [];
  for (const answer of shown.flatMap((t) => t.answers)) if (!parties.some((p) => p.party_id === answer.party_id)) parties.push(answer);
  if (!shown.length || !parties.length) return null;
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Answers by party" },
    h("table", { class: "matrix" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Mediators"), h("th", { scope: "col" }, "State"), parties.map((p) => h("th", { scope: "col" }, p.party)))),
      h("tbody", null, shown.map((track) => h("tr", { class: track.weak ? "weak" : null },
        h("th", { scope: "row" }, h("a", { class: "quietly", href: `#${track.id}`, onclick: (event) => { event.preventDefault(); document.getElementById(track.id)?.scrollIntoView(); } }, track.mediators)),
        h("td", null, h("span", { class: "state-words" }, track.state_words)),
        parties.map((party) => answer(track, track.answers.find((a) => a.party_id === party.party_id))))))));
}

function answer(track, cell) {
  if (!cell) return h("td", { class: "quiet" }, "not in it");
  if (!cell.answer) return h("td", { class: "missing" }, "not reported");
  return h("td", { class: "line", onclick: (event) => { if (!event.target.closest("a, button")) event.currentTarget.querySelector(".cite")?.click(); } },
    cell.answer, cell.single_origin && h("span", { class: "quiet" }, " one teller"), line.cites(cell.line, track.id));
}

/** One track from top to bottom: a lane for the mediators, one for each party; what all do at the table runs over all. */
export function track(one) {
  const mediate = one.steps.some((step) => step.taker === "mediators");
  const first = mediate ? 3 : 2;
  const last = first + Math.max(1, one.answers.length);
  const reach = ({ taker }) => {
    if (taker === "mediators") return [2, 3];
    const at = taker.parties?.map((n) => first + n);
    return at?.length ? [Math.min(...at), Math.max(...at) + 1] : [2, last];
  };
  const names = [mediate && [one.mediators, 2], ...one.answers.map((a, n) => [a.party, first + n])].filter(Boolean);
  const foot = one.steps.length + 2;
  return h("div", { class: `track${one.weak ? " weak" : ""}`, id: one.id },
    h("h3", null, one.mediators, h("span", { class: "quiet" }, " between ", one.parties || "parties that are not named"), " ", h("span", { class: "state-words" }, one.state_words)),
    h("div", { class: "lanes", css: { "--lanes": last - 2 } },
      names.map(([name, column]) => [h("div", { class: "lane", "aria-hidden": "true", css: { "grid-column": column, "grid-row": `1 / ${foot + 1}` } }), h("div", { class: "lane-name", "aria-hidden": "true", css: { "grid-column": column, "grid-row": 1 } }, name)]),
      h("ol", { class: "steps" }, one.steps.map((step, at) => stepOf(one, step, at + 2, reach(step)))),
      one.answers.length > 0 && h("div", { class: "when", css: { "grid-row": foot } }, "answers"),
      one.answers.map((cell, at) => end(one, cell, foot, first + at))),
    one.extent && line.told(one.extent, { about: one.id, css: "extent" }));
}

function stepOf(one, step, row, [from, to]) {
  return h("li", null,
    h("span", { class: "when", css: { "grid-row": row } }, step.date),
    line.told(step.line, {
      tag: "div", about: one.id, grid: { "grid-row": row, "grid-column": `${from} / ${to}` },
      css: `step${step.done ? "" : " undone"}${step.weak ? " weak" : ""}${to - from > 1 ? " joint" : ""}`,
      before: [h("b", null, step.name), " "],
    }));
}

function end(one, cell, row, column) {
  const grid = { "grid-row": row, "grid-column": column };
  const head = h("span", { class: "out" }, `${cell.party}: `);
  if (!cell.answer) return h("div", { class: "end missing", css: grid }, head, "not reported");
  return h("div", { class: "end line", css: grid, onclick: (event) => { if (!event.target.closest("a, button")) event.currentTarget.querySelector(".cite")?.click(); } },
    head, h("b", null, cell.answer), cell.single_origin && h("span", { class: "quiet" }, ", one teller only"), line.cites(cell.line, one.id));
}
