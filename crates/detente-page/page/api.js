// Questions to the server. The browser keeps answers with their entity tags; here only what is asked at once is shared.

const open = new Map();

/** A refusal: what is wrong, and what to do. */
export class Refused extends Error {
  constructor(status, error, remedy) {
    super(error);
    this.status = status;
    this.remedy = remedy;
  }
}

async function ask(path) {
  let answer;
  try {
    answer = await fetch(path, { headers: { accept: "application/json" } });
  } catch {
    throw new Refused(0, "Detente does not answer", "Is detente serve still running? Start it again, then reload this page.");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told.error || `status ${answer.status}`, told.remedy || "");
  return told;
}

/** The answer to a question; two at once are one. */
export function get(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, v]) => v !== undefined && v !== null && v !== ""));
  const whole = `/api/v1${path}${query.size ? `?${query}` : ""}`;
  if (!open.has(whole)) {
    const answer = ask(whole).finally(() => { if (open.get(whole) === answer) open.delete(whole); });
    open.set(whole, answer);
  }
  return open.get(whole);
}

/** After news, what was asked before them and is not answered yet is asked anew: its answer may be of the time before. */
export const anew = () => open.clear();

/** Something written; answers with what was. */
export async function send(path, body) {
  const answer = await fetch(`/api/v1${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told.error || `status ${answer.status}`, told.remedy || "");
  return told;
}

/** The address of something to save. */
export const address = (path, parameters) => `/api/v1${path}?${new URLSearchParams(parameters)}`;

export const part = encodeURIComponent;
