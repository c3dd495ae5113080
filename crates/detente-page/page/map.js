// Where it was: places on a map that is carried along, each with how exactly it is known.

import { clamp, count, h, s, wide } from "./dom.js";
import { get, part } from "./api.js";
import { FOOTINGS } from "./words.js";
import * as line from "./line.js";
import { soon } from "./network.js";

/** How far from its point a place may be, in kilometres, by how exact the point is (UCDP GED where_prec). */
const AROUND = { 1: 0, 2: 12, 3: 30, 4: 90, 5: 180 };
const KM = 111.2;

let world = null;

export function map(id) {
  const box = h("div", { class: "map" }, h("p", { class: "wait" }, "Drawing …"));
  soon(box, async () => {
    const [told, lands] = await Promise.all([get(`/crises/${part(id)}/places`), shapes()]);
    box.replaceChildren(...(told.places.length ? draw(told.places, lands) : [h("p", { class: "absent" }, "No report names a place for a happening.")]));
  });
  return box;
}

/** The countries of the world as rings of longitudes and latitudes. */
async function shapes() {
  if (world) return world;
  const topology = await (await fetch("/page/world.json")).json();
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => { x += dx; y += dy; return [x * scale[0] + translate[0], y * scale[1] + translate[1]]; });
  });
  const ring = (ids) => ids.flatMap((n, at) => { const points = n < 0 ? [...arcs[~n]].reverse() : arcs[n]; return at ? points.slice(1) : points; });
  world = topology.objects.countries.geometries.map((g) => {
    const rings = (g.type === "Polygon" ? [g.arcs] : g.arcs).flatMap((polygon) => polygon.map(ring));
    const biggest = rings.reduce((a, b) => (b.length > a.length ? b : a), rings[0]);
    return { name: g.properties.name, rings, bounds: bounds(rings.flat()), middle: middle(biggest) };
  });
  return world;
}

function bounds(points) {
  const out = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) { out[0] = Math.min(out[0], x); out[1] = Math.min(out[1], y); out[2] = Math.max(out[2], x); out[3] = Math.max(out[3], y); }
  return out;
}

/** The centre of a ring's area. */
function middle(ring) {
  let [area, cx, cy] = [0, 0, 0];
  for (let n = 0; n < ring.length - 1; n++) {
    const [x0, y0] = ring[n];
    const [x1, y1] = ring[n + 1];
    const cross = x0 * y1 - x1 * y0;
    area += cross; cx += (x0 + x1) * cross; cy += (y0 + y1) * cross;
  }
  return area ? [cx / (3 * area), cy / (3 * area)] : ring[0];
}

function draw(all_, lands) {
  const most = (a, b) => b.happenings.length - a.happenings.length || a.name.localeCompare(b.name);
  const on = all_.filter((p) => p.point).sort(most);
  const off = all_.filter((p) => !p.point).sort(most);
  const places = [...on, ...off];
  const figure = h("div", { class: "figure", tabindex: "0", role: "application", "aria-roledescription": "map", "aria-label": "Map. Plus and minus zoom, arrows move, 0 shows all. The list has the same places." });
  const rows = places.map((p) => place(p));
  const choose = (at) => {
    rows.forEach((row, n) => row.classList.toggle("here", n === at));
    rows[at].open = true;
    rows[at].scrollIntoView({ block: "nearest" });
  };
  const home = on.length ? frame(on) : null;
  let view = home && { ...home };
  let width = 0;
  const paint = () => width && view && figure.replaceChildren(picture(on, lands, view, width, (p) => choose(places.indexOf(p))), tools);
  const zoom = (by) => { view.span = clamp(view.span * by, 0.5, 340); paint(); };
  const move = (dx, dy) => { view.lon += dx * view.span; view.lat = clamp(view.lat + dy * view.span * 0.5, -80, 80); paint(); };
  const all = () => { view = { ...home }; paint(); };
  const button = (words, name, does) => h("button", { type: "button", "aria-label": name, title: name, onclick: does }, words);
  const tools = h("div", { class: "zoom" }, button("+", "See it closer", () => zoom(0.6)), button("−", "See more", () => zoom(1.6)), button("All", "Show all places", all));
  figure.addEventListener("keydown", (event) => {
    const does = { "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1.6), 0: all, ArrowLeft: () => move(-0.15, 0), ArrowRight: () => move(0.15, 0), ArrowUp: () => move(0, 0.15), ArrowDown: () => move(0, -0.15) }[event.key];
    if (!does || event.target !== figure) return;
    event.preventDefault();
    does();
  });
  let from = null;
  figure.addEventListener("pointerdown", (event) => { if (!event.target.closest("button, .spot") && event.pointerType !== "touch") from = [event.clientX, event.clientY]; });
  figure.addEventListener("pointermove", (event) => {
    if (!from) return;
    move((from[0] - event.clientX) / width, (2 * (event.clientY - from[1])) / width / 1.2);
    from = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) figure.addEventListener(end, () => { from = null; });
  figure.addEventListener("wheel", (event) => { if (event.ctrlKey || event.metaKey) { event.preventDefault(); zoom(event.deltaY > 0 ? 1.25 : 0.8); } }, { passive: false });
  wide(figure, (now) => { width = now; paint(); });
  return [
    on.length ? h("div", { class: "where" }, figure, h("div", { class: "places" }, rows.slice(0, on.length))) : null,
    h("p", { class: "key" }, h("span", null, h("i", { class: "exact" }), "the place itself"), h("span", null, h("i", { class: "about" }), "somewhere in the circle"), h("span", null, h("i", { class: "land" }), "no more than the country is known"), h("span", { class: "hint" }, "shapes: Natural Earth; points: GeoNames")),
    off.length ? h("details", { class: "unplaced" }, h("summary", null, `${count(off.length, "place")} that ${off.length === 1 ? "is" : "are"} not on the map`), rows.slice(on.length)) : null,
  ].filter(Boolean);
}

/** All points, with air around them; countries and rougher only where there is nothing finer. */
function frame(on) {
  const fine = on.filter((p) => p.precision && p.precision < 6);
  const [a, b, c, d] = bounds((fine.length ? fine : on).map((p) => [p.point[1], p.point[0]]));
  const lat = (b + d) / 2;
  const span = Math.max(6, (c - a) * 1.35, ((d - b) * 1.5) / Math.cos((lat * Math.PI) / 180) * 1.25);
  return { lon: (a + c) / 2, lat, span: Math.min(span, 340) };
}

function picture(on, lands, view, width, choose) {
  const height = Math.round(Math.min(width * 0.66, 460));
  const cos = Math.max(0.25, Math.cos((view.lat * Math.PI) / 180));
  const unit = width / view.span;
  const project = ([lon, lat]) => [(lon - view.lon) * unit + width / 2, ((view.lat - lat) / cos) * unit + height / 2];
  const [half, tall] = [view.span / 2, (height / unit / 2) * cos];
  const seen = lands.filter(({ bounds: [a, b, c, d] }) => c > view.lon - half && a < view.lon + half && d > view.lat - tall && b < view.lat + tall);
  const path = (rings) => rings.map((ring) => `M${ring.map((p) => project(p).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join("");
  const inside = ([x, y]) => x > 20 && x < width - 20 && y > 12 && y < height - 12;
  const names = seen.map((land) => ({ ...land, at: project(land.middle), wide: (land.bounds[2] - land.bounds[0]) * unit })).filter((l) => inside(l.at) && l.wide > l.name.length * 5.5);
  const spots = [...on].sort((a, b) => (b.precision || 7) - (a.precision || 7) || b.happenings.length - a.happenings.length);
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}` },
    s("rect", { class: "sea", width, height }),
    seen.map((land) => s("path", { class: "land", d: path(land.rings) })),
    names.map((l) => s("text", { class: "country", x: l.at[0], y: l.at[1], "text-anchor": "middle" }, l.name)),
    spots.map((p) => spot(p, project([p.point[1], p.point[0]]), unit / cos, choose)),
    labels(spots, project, width, height));
}

function spot(p, [x, y], unit, choose) {
  const lane = p.happenings.some((one) => one.lane === "force") ? "force" : p.happenings[0].lane;
  const words = `${p.name}: ${count(p.happenings.length, "happening")}; known: ${p.precision_words}`;
  const r = 3.5 + 2.2 * Math.sqrt(p.happenings.length);
  const around = AROUND[p.precision];
  const land = (p.precision || 7) >= 6;
  return s("g", { class: `spot ${lane}${land ? " whole" : ""}`, onclick: () => choose(p) }, s("title", null, words),
    around ? s("circle", { class: "around", cx: x, cy: y, r: Math.max(r + 3, (around / KM) * unit) }) : null,
    land ? s("rect", { x: x - r, y: y - r, width: r * 2, height: r * 2 }) : s("circle", { class: "point", cx: x, cy: y, r }));
}

/** Names where there is room for them, the places with most happenings first. */
function labels(spots, project, width, height) {
  const taken = [];
  return [...spots].sort((a, b) => b.happenings.length - a.happenings.length).map((p) => {
    const [x, y] = project([p.point[1], p.point[0]]);
    const long = p.name.length * 6.2 + 12;
    const right = x + long < width;
    const box = [right ? x : x - long, y - 8, right ? x + long : x, y + 8];
    if (y < 8 || y > height - 6 || x < 0 || x > width || taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) return null;
    taken.push(box);
    return s("text", { class: "name", x: x + (right ? 10 : -10), y: y + 4, "text-anchor": right ? "start" : "end" }, p.name);
  });
}

function place(p) {
  return h("details", { class: "place" },
    h("summary", null, h("b", null, p.name), " ", h("span", { class: "quiet" }, `${count(p.happenings.length, "happening")} · ${p.point ? p.precision_words : "in no gazetteer"}`)),
    h("ol", { class: "moments" }, p.happenings.map((m) => line.told(m.line, {
      tag: "li", css: `moment ${m.lane} ${m.footing}`, about: m.incident,
      before: [h("span", { class: "date" }, m.date), h("span", { class: "sign", title: FOOTINGS[m.footing] })],
    }))));
}
