// A count over all its claimants: every claimant's number on one scale, the range as a band, the best by policy.

import { h, s, wide } from "./dom.js";
import { INTERESTS } from "./words.js";
import * as line from "./line.js";

/** The share of the scale that is kept free at its right end. */
const ROOM = 0.84;

export function tally(one) {
  const numbers = one.rows.flatMap((r) => [r.low, r.value, r.high]).filter((n) => n !== null);
  const most = Math.max(0, ...numbers);
  return h("div", { class: "tally", id: one.id },
    h("h3", null, h("span", { class: "tag" }, one.counted), " ", one.side, one.total && ", running total"),
    one.occasion && line.told(one.occasion, { css: "occasion", about: one.id }),
    h("table", null,
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "By whose count"), h("th", { scope: "col", class: "scale" }, h("span", { class: "out" }, "On a scale")), h("th", { scope: "col" }, "As printed"))),
      h("tbody", null, one.rows.map((row) => claim(one, row, most)))),
    one.range && line.told(one.range, { about: one.id }),
    one.choice && line.told(one.choice, { about: one.id, css: "choice" }));
}

function claim(one, row, most) {
  const [css, words] = INTERESTS[row.interest] || ["outlet", ""];
  const cell = h("td", { class: "scale" });
  if (most > 0) wide(cell, (width) => cell.replaceChildren(scale(one, row, most, width, css)));
  const open = row.line.citations[0];
  return h("tr", {
    class: "line", onclick: (event) => {
      if (!event.target.closest("a, button") && !String(getSelection())) event.currentTarget.querySelector(".cite")?.click();
    },
  },
  h("th", { scope: "row", title: row.inferred ? "The owner is not in the words; it follows from other reports" : null }, row.claimant.charAt(0).toUpperCase() + row.claimant.slice(1), words && h("span", { class: `interest ${css}` }, words)),
  cell,
  h("td", { class: "printed" }, h("q", null, row.printed), " ", h("span", { class: "quiet" }, row.said), open && line.cites(row.line, one.id)));
}

/** A dot for a number, a bar for a range, a fading line for an open end. */
function scale(one, row, most, width, css) {
  const x = (n) => Math.max(1, (n / most) * width * ROOM);
  const y = 22;
  const band = one.low && one.high ? [x(one.low.value), x(one.high.value)] : null;
  const shapes = [];
  if (band) shapes.push(s("rect", { class: "band", x: band[0], y: 0, width: Math.max(2, band[1] - band[0]), height: 34 }));
  if (one.best) shapes.push(s("line", { class: "best", x1: x(one.best.value), x2: x(one.best.value), y1: 15, y2: 34 }));
  shapes.push(s("line", { class: "base", x1: 0, x2: width, y1: y, y2: y }));
  if (row.low !== null && row.high !== null && row.high > row.low) shapes.push(s("rect", { class: "bar", x: x(row.low), y: y - 4, width: x(row.high) - x(row.low), height: 8, rx: 4 }));
  if (row.low !== null && row.high === null) {
    shapes.push(s("line", { class: `open${row.comparator === "vague" ? " vague" : ""}`, x1: x(row.low), x2: width - 6, y1: y, y2: y }), s("path", { class: "tip", d: `M${width - 7} ${y - 4}l6 4l-6 4z` }));
  }
  if (row.low === null && row.high !== null) shapes.push(s("line", { class: "open", x1: 0, x2: x(row.high), y1: y, y2: y }));
  if (row.value !== null) shapes.push(s("circle", { class: "dot", cx: x(row.value), cy: y, r: 5.5 }));
  else if (row.low !== null) shapes.push(s("circle", { class: "ring", cx: x(row.low), cy: y, r: 5 }));
  const end = row.value ?? row.high ?? row.low;
  if (end !== null) shapes.push(s("text", { class: "value", x: Math.min(x(end), width - 14), y: 11, "text-anchor": x(end) < 14 ? "start" : "middle" }, sign(row)));
  return s("svg", { width, height: 34, class: css, "aria-hidden": "true" }, shapes);
}

function sign(row) {
  const n = (value) => value.toLocaleString("en");
  if (row.value === null) return row.low === null ? "" : row.high !== null && row.high !== row.low ? `${n(row.low)}–${n(row.high)}` : `${n(row.low)}+`;
  const before = { at_least: "≥ ", more_than: "> ", at_most: "≤ ", less_than: "< ", about: "≈ " }[row.comparator] || "";
  return before + n(row.value);
}
