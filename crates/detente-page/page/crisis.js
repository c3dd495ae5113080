// One crisis, from its summary to its reports.

import { $, $$, count, h } from "./dom.js";
import { address, get, part } from "./api.js";
import { changed, link, now } from "./state.js";
import { POLICIES } from "./words.js";
import * as line from "./line.js";
import { course } from "./timeline.js";
import { tally } from "./counts.js";
import { matrix, track } from "./board.js";
import { difference, pair } from "./differences.js";
import { network } from "./network.js";
import { map } from "./map.js";
import { shelf } from "./reports.js";
import { spark, state } from "./overview.js";

/** Which records a section can be saved as. */
const TABLES = {
  timeline: ["incident", "event"], counts: ["tally", "figure"], mediation: ["mediation", "act"], accusations: ["claim"],
  disagreements: ["disagreement"], who: ["actor", "office"], unsure: ["gap"], network: ["incident"], map: ["incident"], reports: ["report"],
};

const NAMES = { network: "Network", counts: "Counts", accusations: "Accusations", disagreements: "Disagreements", stances: "Stances", outlook: "Outlook", who: "Who", unsure: "Uncertain", mediation: "Mediation" };

const PLURALS = { tally: "tallies", office: "offices" };

export async function crisis(id, policy) {
  const [dossier, card] = await Promise.all([get(`/crises/${part(id)}`, { policy }), get(`/crises/${part(id)}/card`, { policy })]);
  line.reports(dossier.reports);
  const sections = dossier.sections.map((one) => [one.part, one.heading, () => body(one, dossier)]);
  const at = sections.findIndex(([name]) => name === "accusations");
  sections.splice(at < 0 ? sections.length : at, 0, ["network", "Who does what to whom", () => [network(id)]], ["map", "Map", () => [map(id)]]);
  sections.push(["reports", "Reports", () => [shelf(dossier.reports)]]);
  const page = h("article", { class: "crisis", dataset: { title: dossier.title } },
    h("header", null,
      h("p", { class: "kicker" }, [dossier.dates, count(dossier.reports.length, "report"), card && card.outlets && count(card.outlets, "outlet")].filter(Boolean).join(" · ")),
      h("h1", null, dossier.title),
      h("div", { class: "lead" }, h("div", { class: "summary" }, dossier.summary.map((l) => line.told(l))), card && h("div", null, spark(card), state(card)))),
    h("nav", { class: "parts", "aria-label": "Sections" }, sections.map(([name, heading]) => h("a", { href: link(["crisis", id, name], kept()), dataset: { part: name } }, NAMES[name] || heading.split(",")[0]))),
    sections.map(([name, heading, make]) => section(id, policy, name, heading, make)),
    keep(id, policy, dossier));
  requestAnimationFrame(() => spy(page));
  return page;
}

/** What a link to another section of the same crisis takes along. */
function kept() {
  const { settings } = now();
  settings.delete("open");
  settings.delete("fact");
  return settings;
}

function section(id, policy, name, heading, make) {
  const save = (TABLES[name] || []).map((kind) => [
    h("a", { href: address(`/crises/${part(id)}/records`, { kind, format: "csv", policy }), download: "" }, TABLES[name].length > 1 ? `${PLURALS[kind] || `${kind}s`} CSV` : "CSV"), " ",
    h("a", { href: address(`/crises/${part(id)}/records`, { kind, policy, limit: 1000 }), target: "_blank", rel: "noopener" }, "JSON"), " ",
  ]);
  return h("section", { id: name, class: name, "aria-labelledby": `${name}-h` },
    h("div", { class: "head" },
      h("h2", { id: `${name}-h`, tabindex: "-1" }, heading),
      name === "counts" && choice(policy),
      save.length > 0 && h("p", { class: "save", "aria-label": `${heading} as tables` }, save)),
    make());
}

/** The switch of the policy, with what it means. */
function choice(policy) {
  return h("div", { class: "policy" },
    h("label", null, "Best number: ",
      h("select", { "aria-describedby": "policy-means", onchange: (event) => { location.hash = changed({ policy: event.target.value === "full_range" ? null : event.target.value, open: null, fact: null }); } },
        Object.entries(POLICIES).map(([name, [words]]) => h("option", { value: name, selected: name === policy }, words)))),
    h("span", { id: "policy-means", class: "quiet" }, ` ${POLICIES[policy]?.[1] || ""}`));
}

function body(one, dossier) {
  const tracks = one.blocks.filter((b) => b.block === "track").map((b) => b.content);
  return [
    one.part === "mediation" && tracks.length > 0 && matrix(tracks),
    one.blocks.map((block) => draw(block, dossier, one.part)),
  ];
}

function draw({ block, content }, dossier) {
  switch (block) {
    case "lines": return lines(content);
    case "moments": return course(content, dossier);
    case "tally": return tally(content);
    case "track": return track(content);
    case "pair": return pair(content);
    case "difference": return difference(content);
    default: return null;
  }
}

function lines({ heading, lines: all }) {
  const list = h("ul", { class: "lines" }, all.map((l) => line.told(l, { tag: "li" })));
  return [heading && h("h3", null, heading), list];
}

/** The dossier to keep. */
function keep(id, policy, dossier) {
  const at = (format) => address(`/crises/${part(id)}/dossier`, { format, policy });
  const last = dossier.reports.length;
  return h("footer", { class: "keep" },
    h("p", null, "Keep this dossier: ", h("a", { href: at("html"), download: "" }, "one page (HTML)"), " · ", h("a", { href: at("markdown"), download: "" }, "Markdown"), " · ",
      h("a", { href: at("pdf"), download: "" }, "PDF"), " · ", h("a", { href: at("json"), download: "" }, "JSON"), " · ", h("button", { type: "button", class: "plain", onclick: () => print() }, "print"), " · ",
      h("a", { href: address(`/crises/${part(id)}/records`, { format: "jsonl", policy }), download: "" }, "all records (JSON Lines)")),
    h("p", { class: "quiet" }, `A number such as 2.9 is sentence 9 of report 2 of ${last}. “Headline” marks a report’s own headline, “link” the headline of a linked report, which is weak evidence.`));
}

/** Marks the section that is being read. */
function spy(page) {
  const sections = $$(":scope > section", page);
  const look = () => {
    if (!page.isConnected) { removeEventListener("scroll", look); return; }
    const here = sections.filter((one) => one.getBoundingClientRect().top < innerHeight * 0.25).at(-1);
    for (const a of $$(".parts a", page)) {
      if (a.dataset.part === here?.id) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", look, { passive: true });
  look();
}

let gone = "";
/** Goes to a section, once for every time that the address names it anew. */
export function goTo(name) {
  const key = `${now().parts.join("/")}`;
  if (key === gone) return;
  gone = key;
  const heading = name && $(`#${CSS.escape(name)}-h`);
  if (!heading) return;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}
