// Who does what to whom: conflict parties left and right, everybody else around them, ties as curves by lane.

import { $$, count, h, s, wide } from "./dom.js";
import { get, part } from "./api.js";
import { LANES, FOOTINGS } from "./words.js";
import * as line from "./line.js";

/** Actors that are drawn; the table has all. */
const DRAWN = 16;

export function network(id) {
  const box = h("div", { class: "net" }, h("p", { class: "wait" }, "Drawing …"));
  soon(box, async () => {
    const told = await get(`/crises/${part(id)}/network`);
    box.replaceChildren(...(told.ties.length ? draw(told) : [h("p", { class: "absent" }, "No report tells of somebody who does something to somebody.")]));
  });
  return box;
}

/** Calls when an element comes near the window, and says what went wrong. */
export function soon(box, call) {
  const watch = new IntersectionObserver(async (seen) => {
    if (!seen.some((e) => e.isIntersecting)) return;
    watch.disconnect();
    try { await call(); } catch (error) { box.replaceChildren(h("p", { class: "absent", role: "alert" }, `${error.message}. ${error.remedy || "Reload the page."}`)); }
  }, { rootMargin: "900px 0px" });
  watch.observe(box);
}

function draw(told) {
  const off = new Set();
  const happenings = new Map(told.happenings.map((one) => [one.incident, one]));
  const chosen = h("div", { class: "chosen", "aria-live": "polite" });
  const figure = h("div", { class: "figure" });
  const lanes = LANES.filter(([lane]) => told.ties.some((t) => t.lane === lane));
  const tools = h("fieldset", { class: "tools" }, h("legend", { class: "out" }, "Lanes"), lanes.map(([lane, name]) => {
    const box = h("input", { type: "checkbox", checked: true, onchange: () => { if (box.checked) off.delete(lane); else off.add(lane); paint(); } });
    return h("label", { class: lane }, box, h("i", { "aria-hidden": "true" }), name);
  }), h("span", { class: "key hint" }, "thicker: more happenings · dashed: not told as done"));
  const pick = (ties, words) => {
    const ids = [...new Set(ties.flatMap((t) => [...t.done, ...t.undone]))];
    const all = ids.map((i) => happenings.get(i)).filter(Boolean);
    chosen.replaceChildren(h("h3", null, words), h("ol", { class: "moments" }, all.map((m) => line.told(m.line, {
      tag: "li", css: `moment ${m.lane} ${m.footing}`, about: m.incident,
      before: [h("span", { class: "date" }, m.date), h("span", { class: "sign", title: FOOTINGS[m.footing] })],
    }))));
  };
  let width = 0;
  const paint = () => width && figure.replaceChildren(picture(told, off, width, pick));
  wide(figure, (now) => { width = now; paint(); });
  return [tools, figure, chosen, table(told, pick)];
}

/** Where each actor stands: sides apart, the rest on an arc above and below. */
function layout(nodes, width, height) {
  const sides = [...new Set(nodes.map((n) => n.side).filter(Boolean))].slice(0, 2);
  const groups = [nodes.filter((n) => n.side && n.side === sides[0]), nodes.filter((n) => n.side && n.side === sides[1]), nodes.filter((n) => !n.side || !sides.includes(n.side))];
  const at = new Map();
  const [cx, cy] = [width / 2, height / 2];
  const [rx, ry] = [Math.max(70, width / 2 - Math.min(170, width * 0.27)), height / 2 - 40];
  // The busiest stands in the middle of its arc, the others alternate to both sides.
  const middled = (list) => list.reduce((out, node, n) => (n % 2 ? [node, ...out] : [...out, node]), []);
  const place = (list, from, to) => middled(list).forEach((node, n) => {
    const angle = from + ((to - from) * (n + 0.5)) / list.length;
    at.set(node.id, { x: cx + rx * Math.cos(angle), y: cy + ry * Math.sin(angle), node });
  });
  const deg = Math.PI / 180;
  place(groups[0], 232 * deg, 128 * deg);
  place(groups[1], -52 * deg, 52 * deg);
  const [up, down] = [groups[2].filter((_, n) => n % 2 === 0), groups[2].filter((_, n) => n % 2)];
  place(up, 240 * deg, 300 * deg);
  place(down, 120 * deg, 60 * deg);
  return at;
}

function picture(told, off, width, pick) {
  const nodes = told.nodes.slice(0, width < 520 ? 10 : DRAWN);
  const height = width < 520 ? 420 : 480;
  const at = layout(nodes, width, height);
  const ties = told.ties.filter((t) => !off.has(t.lane) && at.has(t.from) && at.has(t.to));
  const most = Math.max(...told.ties.map((t) => t.done.length + t.undone.length));
  const radius = (n) => 3.5 + 7 * Math.sqrt(n.incidents / nodes[0].incidents);
  const edge = (t) => {
    const [a, b] = [at.get(t.from), at.get(t.to)];
    const lane = LANES.findIndex(([l]) => l === t.lane);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const bend = 0.12 + lane * 0.07;
    const [mx, my] = [(a.x + b.x) / 2 - dy * bend, (a.y + b.y) / 2 + dx * bend];
    const n = t.done.length + t.undone.length;
    const far = Math.hypot(b.x - mx, b.y - my) || 1;
    const end = { x: b.x - ((b.x - mx) / far) * (radius(b.node) + 5), y: b.y - ((b.y - my) / far) * (radius(b.node) + 5) };
    const turn = (Math.atan2(b.y - my, b.x - mx) * 180) / Math.PI;
    const words = `${a.node.name} to ${b.node.name}: ${LANES[lane][1].toLowerCase()}, ${count(n, "happening")}`;
    return s("g", { class: `tie ${t.lane}${t.done.length ? "" : " not_done"}`, onclick: () => pick([t], words) }, s("title", null, words),
      s("path", { class: "reach", d: `M${a.x} ${a.y}Q${mx} ${my} ${end.x} ${end.y}` }),
      s("path", { d: `M${a.x} ${a.y}Q${mx} ${my} ${end.x} ${end.y}`, "stroke-width": (1 + 5 * Math.sqrt(n / most)).toFixed(1) }),
      s("path", { class: "head", d: "M0 0L-9 -4.5L-9 4.5Z", transform: `translate(${end.x} ${end.y}) rotate(${turn})` }));
  };
  const label = ({ x, y, node }) => {
    const side = Math.abs(x - width / 2) < width * 0.16 ? "middle" : x < width / 2 ? "end" : "start";
    const r = radius(node) + 5;
    const name = node.name.length > 26 ? `${node.name.slice(0, 25)}…` : node.name;
    return s("g", { class: `node${node.side ? " party" : ""}`, onclick: () => pick(told.ties.filter((t) => t.from === node.id || t.to === node.id), `${node.name}: all of it`) },
      s("title", null, `${node.name}, ${node.kind}: ${count(node.incidents, "happening")}`),
      s("circle", { cx: x, cy: y, r: radius(node) }),
      s("text", { x: side === "middle" ? x : x + (side === "end" ? -r : r), y: side === "middle" ? y + (y < height / 2 ? -r : r + 9) : y + 4, "text-anchor": side }, name));
  };
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Actors and what passes between them; the table below has the same" }, ties.map(edge), [...at.values()].map(label));
}

/** The same as a table, for those who would rather read it, and for keys. */
function table(told, pick) {
  const names = new Map(told.nodes.map((n) => [n.id, n.name]));
  const pairs = new Map();
  for (const tie of told.ties) {
    const key = `${tie.from}\n${tie.to}`;
    pairs.set(key, [...(pairs.get(key) || []), tie]);
  }
  const number = (ties, lane) => { const t = ties.find((one) => one.lane === lane); return t ? `${t.done.length || ""}${t.undone.length ? ` (${t.undone.length})` : ""}` : ""; };
  const rows = [...pairs.values()].map((ties) => {
    const words = `${names.get(ties[0].from)} → ${names.get(ties[0].to)}`;
    return h("tr", null, h("th", { scope: "row" }, h("button", { type: "button", class: "plain", onclick: () => { pick(ties, words); $$(".net .chosen")[0]?.scrollIntoView({ block: "nearest" }); } }, words)), LANES.map(([lane]) => h("td", { class: "n" }, number(ties, lane))));
  });
  return h("details", null, h("summary", null, `As a table: ${count(pairs.size, "pair")}`),
    h("div", { class: "scroll" }, h("table", { class: "shelf" }, h("thead", null, h("tr", null, h("th", { scope: "col" }, "Who → whom"), LANES.map(([, name]) => h("th", { scope: "col" }, name)))), h("tbody", null, rows))),
    h("p", { class: "quiet" }, "Happenings told as done; in brackets those offered, planned, urged, threatened or alleged."));
}
