// Elements, made of text only: nothing that a report says is ever taken for markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "css") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(9).filter((c) => c !== null && c !== undefined && c !== false).map((c) => (c instanceof Node ? c : String(c))));
  return element;
}

/** An element with attributes and children; strings become text. */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** "1 report", "3 reports". */
export const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

/** "A, B and C". */
export const list = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

export const clamp = (n, low, high) => Math.min(high, Math.max(low, n));

/** Calls once things are quiet. */
export function calm(ms, call) {
  let timer;
  return (...given) => { clearTimeout(timer); timer = setTimeout(() => call(...given), ms); };
}

/** Calls with the width of an element now and whenever it changes, for as long as it is on the page. */
export function wide(element, call) {
  let last = 0;
  const watch = new ResizeObserver(() => {
    if (!element.isConnected) { watch.disconnect(); return; }
    const now = element.clientWidth;
    if (now && Math.abs(now - last) > 1) { last = now; call(now); }
  });
  watch.observe(element);
}
