// All crises: what it is, where talks stand, its days.

import { count, h, list, s, wide } from "./dom.js";
import { get } from "./api.js";
import { link } from "./state.js";
import { LANES, day, short, ticks } from "./words.js";
import * as line from "./line.js";

/** Cards that are drawn at first. */
const FIRST = 40;

export async function overview() {
  const told = await get("/crises");
  if (!told.crises.length) return empty(told.reports);
  line.reports([]);
  // Cards are drawn as they are come to: hundreds at once would keep the first from being seen.
  const list_ = h("ol", { class: "crises" }, told.crises.slice(0, FIRST).map(card));
  if (told.crises.length > FIRST) later(list_, told.crises.slice(FIRST));
  const page = h("div", { class: "overview", dataset: { title: "Crises" } },
    h("header", { class: "top" },
      h("h1", null, told.crises.length === 1 ? "One crisis" : `${count(told.crises.length, "crisis", "crises")}`),
      h("p", { class: "quiet" }, `in ${count(told.reports, "report")}. Each line opens the sentence that it was read from.`)),
    list_);
  return page;
}

/** More cards whenever the end of the list comes near. */
function later(list_, rest) {
  const end = h("li", { class: "card" }, h("button", { type: "button", onclick: add }, `${count(rest.length, "more crisis", "more crises")}`));
  const watch = new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting)) add(); }, { rootMargin: "800px" });
  function add() {
    if (!end.isConnected) { watch.disconnect(); return; }
    end.before(...rest.splice(0, FIRST).map(card));
    if (!rest.length) { watch.disconnect(); end.remove(); } else end.querySelector("button").textContent = count(rest.length, "more crisis", "more crises");
  }
  list_.append(end);
  requestAnimationFrame(() => watch.observe(end));
}

function card(one) {
  const href = link(["crisis", one.id]);
  const parts = [one.dates, count(one.reports, "report"), one.outlets && count(one.outlets, "outlet"), one.texts < one.reports && `${one.texts} texts of their own`];
  return h("li", { class: "card" },
    h("div", { class: "about" },
      h("h2", null, h("a", { href }, one.title)),
      h("p", { class: "kicker" }, parts.filter(Boolean).join(" · ")),
      one.summary.slice(0, 3).map((l) => h("p", { class: "gist" }, line.words(l)))),
    h("div", { class: "signs" },
      spark(one),
      state(one)));
}

/** Where talks stand, and on how much the reports differ. */
export function state(one) {
  const [first, ...others] = one.tracks;
  const row = (name, ...told) => h("div", null, h("dt", null, name), h("dd", null, told));
  return h("dl", { class: "state" },
    first ? row("Talks", h("span", { class: "state-words" }, first.state_words), h("span", { class: "quiet" }, ` ${first.mediators}`)) : row("Talks", h("span", { class: "absent" }, "none reported")),
    others.length > 0 && row("Other tracks", list(others.slice(0, 3).map((t) => `${t.mediators}: ${t.state_words}`)), others.length > 3 && ` and ${others.length - 3} more`),
    row("Reports differ on", one.differences ? h("a", { href: link(["crisis", one.id, "disagreements"]) }, count(one.differences, "point")) : "nothing that was found"));
}

/** Force above the line, talks below it, a column a day. */
export function spark(one) {
  const figure = h("figure", { class: "spark" });
  const days = one.days.map((d) => ({ at: day(d.day), up: d.force, down: d.talks, ...d }));
  if (!days.length) {
    figure.append(h("figcaption", { class: "quiet" }, "No happening has an exact enough day to be drawn."));
    return figure;
  }
  const first = days[0].at;
  const last = Math.max(days.at(-1).at, first + 6);
  const draw = (width) => {
    const [height, foot] = [104, 16];
    const step = width / (last - first + 1);
    const [up, down] = [Math.max(...days.map((d) => d.up)), Math.max(...days.map((d) => d.down))];
    const unit = (height - foot - 6) / Math.max(1, up + down);
    const middle = Math.max(10, up * unit + 3);
    const x = (n) => (n - first) * step;
    const bar = (d, name, y, tall) => tall > 0 && s("rect", { class: name, x: x(d.at) + step * 0.12, y, width: Math.max(1.5, step * 0.76), height: Math.max(1, tall) });
    const marks = ticks(first, last + 1, Math.max(2, Math.floor(width / 90)));
    figure.replaceChildren(
      s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label(days, first, last) },
        days.map((d) => [bar(d, "force", middle - d.up * unit, d.up * unit), bar(d, "talks", middle + 1, d.down * unit)]),
        s("line", { class: "base", x1: 0, x2: width, y1: middle, y2: middle }),
        marks.map(([n, name]) => [s("line", { class: "tick", x1: x(n), x2: x(n), y1: height - foot, y2: height - foot + 4 }), s("text", { x: x(n), y: height - 2 }, name)])),
      h("figcaption", { class: "key" }, h("span", { class: "force" }, h("i"), "force"), h("span", { class: "talks" }, h("i"), "talks"), h("span", { class: "quiet" }, "happenings told as done, by day")));
  };
  wide(figure, draw);
  draw(320);
  return figure;
}

function label(days, first, last) {
  const sum = (lane) => Math.round(days.reduce((n, d) => n + d[lane], 0));
  return `${short(first)} to ${short(last)}: ${LANES.slice(0, 2).map(([lane, name]) => `${name.toLowerCase()}, about ${sum(lane)} happenings`).join("; ")}`;
}

function empty(reports) {
  return h("div", { class: "sorry", dataset: { title: "No crisis yet" } },
    h("h1", null, reports ? "No crisis in these reports" : "No report yet"),
    reports
      ? h("p", null, `${count(reports, "report")} ${reports === 1 ? "was" : "were"} read, and no conflict between named sides was found. `, h("a", { href: "#/reports" }, "See the reports"), " and what was read in each.")
      : h("p", null, "Put reports (.txt, .md, .jsonl) into the folder that Detente serves: they appear here by themselves. To see what it looks like, run ", h("code", null, "detente demo --serve"), "."));
}
