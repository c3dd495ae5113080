// What the reports differ on, side by side; accusations beside their answers.

import { h } from "./dom.js";
import * as line from "./line.js";

export function difference(one) {
  return h("div", { class: `difference ${one.verdict}`, id: one.id },
    h("h3", null, one.topic, h("span", { class: "tag" }, one.kind_words)),
    h("div", { class: "sides" }, one.sides.map((side) => line.told(side.line, { tag: "div", css: "side" }))),
    h("p", { class: "verdict" }, h("span", { class: "state-words" }, one.verdict_words), one.remark && h("span", { class: "quiet" }, ` ${one.remark}`)));
}

export function pair(one) {
  return h("div", { class: "pair" },
    line.told(one.charge, { tag: "div", css: "charge" }),
    h("div", { class: "answers" }, one.answers.map((answer) => line.told(answer.line, {
      tag: "div", css: answer.kind ? "answer" : "answer none",
      before: answer.kind && h("span", { class: "tag" }, answer.kind),
    }))));
}
