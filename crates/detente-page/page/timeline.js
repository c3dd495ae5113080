// The timeline: lanes with a dot for a day, a band for an uncertain interval, a fade for an open end; a list below.
// Drag over days to see them closely; the address keeps what is seen.

import { $$, clamp, calm, count, h, s, wide } from "./dom.js";
import { now, put } from "./state.js";
import { FOOTINGS, LANES, basis, day, short, text, ticks } from "./words.js";
import * as line from "./line.js";

const ROW = 15;
const NAME = 18;
const FOOT = 24;
/** Days that are seen at the closest. */
const CLOSEST = 3;

export function course(moments) {
  if (moments[0]?.background) return h("details", { class: "before", open: moments.length < 6 }, h("summary", null, `Before it (${count(moments.length, "happening")})`), list(moments).node);
  const dated = moments.filter((m) => m.when.from || m.when.to);
  const told = list(moments);
  if (dated.length < 3) return told.node;
  return drawing(moments, dated, told);
}

/** The list below, and a way to show a part of it. */
function list(moments) {
  const rows = moments.map((m) => line.told(m.line, {
    tag: "li", css: `moment ${m.lane} ${m.footing}`, about: m.incident,
    before: [h("span", { class: "date", title: basis(m.when) }, m.date), h("span", { class: "sign", title: FOOTINGS[m.footing] })],
  }));
  const rest = h("p", { class: "quiet", hidden: true });
  const node = h("div", null, h("ol", { class: "moments" }, rows), rest);
  const only = (wanted) => {
    let hidden = 0;
    moments.forEach((m, at) => { rows[at].hidden = !wanted(m); hidden += rows[at].hidden ? 1 : 0; });
    rest.hidden = !hidden;
    rest.textContent = hidden ? `${count(hidden, "more happening")} outside of what is chosen above.` : "";
  };
  return { node, rows, only };
}

function reach(dated) {
  const first = Math.min(...dated.map((m) => day(m.when.from || m.when.to)));
  const last = Math.max(...dated.map((m) => day(m.when.to || m.when.from)));
  const air = 1 + Math.floor((last - first) / 30);
  return [first - air, last + air + 1];
}

function drawing(moments, dated, told) {
  const whole = reach(dated);
  const settings = now().settings;
  let seen = fromAddress(settings.get("days"), whole);
  const off = new Set((settings.get("without") || "").split(",").filter(Boolean));
  const figure = h("div", { class: "chart", tabindex: "0", role: "application", "aria-roledescription": "zoomable timeline", "aria-label": "Timeline. Plus and minus zoom, arrows move, 0 shows all. The list below has the same." });
  const range = h("output", { class: "range" });
  const save = calm(250, () => put({ days: seen[0] === whole[0] && seen[1] === whole[1] ? null : `${text(seen[0])}..${text(seen[1] - 1)}`, without: [...off].join(",") }));

  function look(from, to) {
    const days = clamp(Math.round(to - from), CLOSEST, whole[1] - whole[0]);
    const start = clamp(Math.round(from), whole[0], whole[1] - days);
    seen = [start, start + days];
    show();
    save();
  }
  const zoom = (by, centre = (seen[0] + seen[1]) / 2) => look(centre - (centre - seen[0]) * by, centre + (seen[1] - centre) * by);
  const move = (part) => look(seen[0] + (seen[1] - seen[0]) * part, seen[1] + (seen[1] - seen[0]) * part);
  const all = () => look(...whole);

  const button = (words, name, does) => h("button", { type: "button", "aria-label": name, title: name, onclick: does }, words);
  const reset = button("All", "Show all days", all);
  const lanes = LANES.filter(([lane]) => moments.some((m) => m.lane === lane)).map(([lane, name]) => {
    const box = h("input", { type: "checkbox", checked: !off.has(lane), onchange: () => { if (box.checked) off.delete(lane); else off.add(lane); show(); save(); } });
    return h("label", { class: lane }, box, h("i", { "aria-hidden": "true" }), name);
  });
  const bar = h("div", { class: "tools" }, h("fieldset", null, h("legend", { class: "out" }, "Lanes"), lanes),
    h("span", { class: "zoom" }, range, button("−", "See more days", () => zoom(1.6)), button("+", "See fewer days", () => zoom(0.6)), button("‹", "Earlier", () => move(-0.4)), button("›", "Later", () => move(0.4)), reset));

  let width = 0;
  function show() {
    if (width) figure.replaceChildren(paint(moments, seen, off, width, pick));
    range.textContent = `${short(seen[0])} – ${short(seen[1] - 1)}`;
    reset.disabled = seen[0] === whole[0] && seen[1] === whole[1];
    const zoomed = !reset.disabled;
    told.only((m) => !off.has(m.lane) && (!zoomed || inside(m, seen)));
  }
  function pick(at) {
    const row = told.rows[at];
    $$(".moment.here").forEach((r) => r.classList.remove("here"));
    row.classList.add("here");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector(".cite")?.click();
  }
  wide(figure, (now_) => { width = now_; show(); });
  drag(figure, (a, b) => look(dayAt(a, seen, width), dayAt(b, seen, width) + 1), (by, at) => zoom(by, dayAt(at, seen, width)));
  figure.addEventListener("keydown", (event) => {
    const does = { "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1.6), 0: all, ArrowLeft: () => move(-0.25), ArrowRight: () => move(0.25) }[event.key];
    if (!does || event.target !== figure) return;
    event.preventDefault();
    does();
  });
  told.only((m) => !off.has(m.lane));
  return h("div", { class: "course" }, bar, figure, key(moments), told.node);
}

function fromAddress(words, whole) {
  const [a, b] = (words || "").split("..").map((w) => (/^\d{4}-\d\d-\d\d$/.test(w) ? day(w) : NaN));
  return a >= whole[0] && b + 1 <= whole[1] && b - a + 1 >= CLOSEST ? [a, b + 1] : whole;
}

const dayAt = (x, [from, to], width) => from + (x / width) * (to - from);

/** Could it have been on one of these days? */
function inside(m, [from, to]) {
  const { when } = m;
  if (!when.from && !when.to) return false;
  return !(when.to && day(when.to) < from) && !(when.from && day(when.from) >= to);
}

/** What is drawn for an interval: kind, first and last point in days. */
function shape(when, days) {
  const fade = Math.max(1.5, days * 0.07);
  const [from, to] = [when.from && day(when.from), when.to && day(when.to) + 1];
  if (from && to && to - from === 1) return ["dot", from + 0.5, from + 0.5];
  if (from && to) return [when.precision === "before" ? "earlier" : "band", from, to];
  if (from) return ["later", from, from + fade];
  return ["earlier", to - fade, to];
}

function paint(moments, seen, off, width, pick) {
  const [from, to] = seen;
  const x = (n) => ((n - from) / (to - from)) * width;
  const shapes = [];
  let y = 0;
  for (const [lane, name] of LANES.filter(([l]) => !off.has(l))) {
    const marks = moments.map((m, at) => ({ m, at })).filter(({ m }) => m.lane === lane && inside(m, seen))
      .map((one) => ({ ...one, shape: shape(one.m.when, to - from) }));
    if (!marks.length) continue;
    const rows = pack(marks.map(({ shape: [kind, a, b] }) => (kind === "dot" ? [x(a) - 6, x(a) + 6] : [Math.max(0, x(a)), Math.min(width, x(b))])));
    shapes.push(s("line", { class: "floor", x1: 0, x2: width, y1: y, y2: y }), s("text", { class: `name ${lane}`, x: 0, y: y + 13 }, name));
    marks.forEach((mark, n) => shapes.push(draw(mark, y + NAME + rows[n] * ROW, x, width, pick)));
    y += NAME + (Math.max(...rows) + 1) * ROW + 6;
  }
  if (!y) y = 40;
  const axis = ticks(from, to, Math.max(2, Math.floor(width / 110))).map(([n, words]) => [
    s("line", { class: "tick", x1: x(n), x2: x(n), y1: 0, y2: y }),
    s("text", { class: "tick", x: clamp(x(n) + 3, 0, width - 40), y: y + 15 }, words),
  ]);
  return s("svg", { width, height: y + FOOT, viewBox: `0 0 ${width} ${y + FOOT}` }, axis, s("line", { class: "floor", x1: 0, x2: width, y1: y, y2: y }), shapes);
}

function draw({ m, at, shape: [kind, a, b] }, top, x, width, pick) {
  const y = top + ROW / 2;
  const [left, right] = [Math.max(-4, x(a)), Math.min(width + 4, x(b))];
  const mark = [];
  if (kind === "dot") mark.push(s("circle", { cx: x(a), cy: y, r: 5 }));
  else {
    const steps = kind === "band" ? 1 : 24;
    for (let n = 0; n < steps; n++) {
      const w = (right - left) / steps;
      const strength = kind === "later" ? 1 - (n + 0.5) / steps : (n + 0.5) / steps;
      mark.push(s("rect", { class: kind === "band" ? "band" : "fade", x: left + n * w, y: y - 4, width: Math.max(kind === "band" ? 4 : 0.5, w), height: 9, rx: kind === "band" ? 4 : 0, "fill-opacity": kind === "band" ? null : (strength * 0.6).toFixed(2) }));
    }
    if (kind !== "band") mark.push(s("circle", { class: "stop", cx: kind === "later" ? left : right, cy: y, r: 3.5 }));
  }
  return s("g", { class: `mark ${m.lane} ${m.footing}`, onclick: () => pick(at) }, s("title", null, `${m.date}: ${m.line.text} (${FOOTINGS[m.footing]})`), mark);
}

/** The first row in which a mark does not touch another. */
function pack(ends) {
  const rows = [];
  return ends.map(([a, b]) => {
    const at = rows.findIndex((row) => row.every(([c, d]) => b + 2 < c || d + 2 < a));
    const row = at < 0 ? rows.push([]) - 1 : at;
    rows[row].push([a, b]);
    return row;
  });
}

/** Dragging over days chooses them; the wheel with a key zooms. */
function drag(figure, choose, zoom) {
  let start = null;
  let box = null;
  const at = (event) => clamp(event.clientX - figure.getBoundingClientRect().left, 0, figure.clientWidth);
  figure.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch") return;
    start = at(event);
  });
  figure.addEventListener("pointermove", (event) => {
    if (start === null) return;
    if (!box && Math.abs(at(event) - start) > 6) {
      box = h("div", { class: "brush", "aria-hidden": "true" });
      figure.append(box);
      figure.setPointerCapture(event.pointerId);
    }
    if (box) { box.style.left = `${Math.min(start, at(event))}px`; box.style.width = `${Math.abs(at(event) - start)}px`; }
  });
  figure.addEventListener("pointerup", (event) => {
    if (box) { box.remove(); choose(Math.min(start, at(event)), Math.max(start, at(event))); }
    start = box = null;
  });
  figure.addEventListener("pointercancel", () => { box?.remove(); start = box = null; });
  figure.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, at(event));
  }, { passive: false });
}

function key(moments) {
  const used = Object.entries(FOOTINGS).filter(([name]) => moments.some((m) => m.footing === name));
  const wideOnes = moments.some((m) => m.when.from !== m.when.to);
  return h("p", { class: "key", "aria-hidden": "true" }, used.map(([name, words]) => h("span", { class: name }, h("i"), words)), wideOnes && h("span", { class: "interval" }, h("i"), "day not exactly known"), h("span", { class: "hint" }, "drag over days to zoom"));
}
