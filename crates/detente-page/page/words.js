// Codes and days in words.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const DAY = 86400000;

/** A day as a number of days. */
export const day = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
export const text = (n) => new Date(n * DAY).toISOString().slice(0, 10);

/** "12 Oct 2025" of a number of days. */
export function short(n, year = true) {
  const d = new Date(n * DAY);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}${year ? ` ${d.getUTCFullYear()}` : ""}`;
}

/** Bounds of an interval in words. */
export function when(w) {
  if (!w || (!w.from && !w.to)) return "undated";
  if (!w.from) return `by ${short(day(w.to))}`;
  if (!w.to) return `from ${short(day(w.from))} on`;
  if (w.from === w.to) return short(day(w.from));
  const sameYear = w.from.slice(0, 4) === w.to.slice(0, 4);
  return `${short(day(w.from), !sameYear)} – ${short(day(w.to))}`;
}

const BASES = {
  explicit: "a date in the text", weekday: "a weekday, counted from publication", relative: "words relative to another day",
  published: "the day of publication: it was not later", inherited: "what it is part of", anchored: "a date in another report", none: "nothing",
};

/** Where a date is known from. */
export function basis(w) {
  if (!w || !w.basis || w.basis === "none") return null;
  return `Known from ${BASES[w.basis] || w.basis}${w.text ? `: “${w.text}”` : ""}`;
}

/** Days of an axis and their names: days, weeks, months or years, whichever fits. */
export function ticks(from, to, most) {
  const days = to - from;
  const out = [];
  if (days <= 14 * most) {
    const step = [1, 2, 7, 14].find((n) => days / n <= most) || 14;
    for (let n = Math.ceil(from); n < to; n += step) out.push([n, short(n, false)]);
    return out;
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((n) => days / 30 / n <= most) || 600;
  const first = new Date(from * DAY);
  let month = first.getUTCFullYear() * 12 + (step >= 12 ? 0 : first.getUTCMonth());
  for (;;) {
    const n = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
    if (n >= to || out.length > 60) return out;
    const year = Math.floor(month / 12);
    if (n >= from) out.push([n, step >= 12 ? `${year}` : `${MONTHS[month % 12]} ${year}`]);
    month += step;
  }
}

export const LANES = [
  ["force", "Force"], ["talks", "Talks and offers"], ["words", "Charges and demands"], ["effects", "Consequences and aid"],
];

export const FOOTINGS = {
  told: "told as done", claimed: "claimed by one side", contested: "contested",
  not_done: "offered, planned, urged, threatened, alleged", weak: "linked headline only",
};

export const POLICIES = {
  full_range: ["The range only", "No best number where claimants differ; the range with its owners."],
  own_admission: ["Own admission", "The number that the side which suffered admits."],
  lowest_reported: ["Lowest reported", "The lowest number that anybody gives."],
  ucdp_reliable: ["UCDP’s rule", "The number of the most independent claimant; own admission next; else none."],
};

export const INTERESTS = {
  own_side: ["own", "counts its own"], enemy: ["other", "counts the other side"],
  independent: ["neither", "neither side"], outlet: ["outlet", ""], unknown: ["outlet", ""],
};

export const NOUNS = { event: "event", figure: "count", claim: "claim", act: "step of mediation" };

/** A code for people: "ceasefire_agreed" is "ceasefire agreed". */
export const plain = (code) => String(code || "").replaceAll("_", " ");
