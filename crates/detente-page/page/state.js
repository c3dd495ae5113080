// What is shown stands in the address, so that a link shows the same to others: #/crisis/ID/counts?policy=own_admission.

/** The address as a list of parts and a map of settings. */
export function now() {
  const [path, query = ""] = location.hash.replace(/^#/, "").split("?");
  const parts = path.split("/").filter(Boolean).map((p) => { try { return decodeURIComponent(p); } catch { return p; } });
  return { parts, settings: new URLSearchParams(query) };
}

/** An address. */
export function link(parts, settings = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of settings instanceof URLSearchParams ? settings : Object.entries(settings)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, value);
  }
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return `#/${parts.map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`;
}

/** The address with some settings changed; null takes one away. */
export function changed(changes) {
  const { parts, settings } = now();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "" || value === undefined) settings.delete(name);
    else settings.set(name, value);
  }
  return link(parts, settings);
}

/** Puts settings into the address without going anywhere. A step that a person would go back over is pushed. */
export function put(changes, step = false) {
  const next = changed(changes);
  if (next === location.hash) return;
  if (step) history.pushState(null, "", next);
  else history.replaceState(history.state, "", next);
}
