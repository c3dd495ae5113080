#!/usr/bin/env python3
"""Trains the scorer of acts of violence (`crates/detente-read/src/attack/worth.rs`) from what the program exports.

    cargo xtask gold muc --dev 1 2 3 4 5 6 7 8 9 10 11 12 13 --export lessons.tsv
    python3 train/attacks.py lessons.tsv crates/detente-read/weights/attacks.tsv

Needs numpy and scipy only. A logistic regression: is a candidate aligned with a template that people filled? The least sum
at which an act counts is picked by the F1 of all slots in five-fold cross-validation over runs of texts that stand
together (neighbours tell of the same acts). Features that fewer than eight candidates have are left out.

From the 1,300 texts for development of MUC-3 and MUC-4, whose hash is in `pins.toml`; nothing else is accepted, and the test
sets are not used. No word of a text is a feature.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import os
import tomllib
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("DETENTE_SHARED", HERE / "../../shared"))
LEAST = 8


def check_pin(part="gold/incidents/muc/dev"):
    """The texts and keys, one behind the other by name, have the pinned hash."""
    files = sorted(f for f in (SHARED / part).iterdir() if f.name.startswith(("dev-", "key-")))
    got = hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()
    want = tomllib.loads((HERE / "pins.toml").read_text())["attacks"][part]
    if got != want:
        raise SystemExit(f"{SHARED / part}: sha256 is {got}, pins.toml says {want}")


def read(path: Path, until: int):
    """Candidates of the texts up to a number, and how many fills their keys ask for."""
    rows, labels, texts, fills, points, asked = [], [], [], [], [], 0.0
    for line in path.read_text(encoding="utf8").splitlines():
        text, label, answered, *more = line.split("\t")
        number = int(text.rsplit("-", 1)[1])
        if number > until:
            continue
        if label == "key":
            asked += float(answered)
            continue
        rows.append(more[1:])
        labels.append(label == "1")
        texts.append(number)
        fills.append(float(answered))
        points.append(float(more[0]))
    return rows, np.array(labels), np.array(texts), np.array(fills), np.array(points), asked


def matrix(rows, index):
    ends, columns = [0], []
    for features in rows:
        columns += [index[f] for f in features if f in index]
        ends.append(len(columns))
    return sp.csr_matrix((np.ones(len(columns)), columns, ends), (len(rows), len(index)))


def fit(x, y, decay):
    def loss(w):
        z = x @ w
        value = (np.logaddexp(0, z) - y * z).sum() + 0.5 * decay * w @ w
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) + decay * w

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def vocabulary(rows):
    count = collections.Counter(f for features in rows for f in features)
    return {f: k for k, f in enumerate(sorted(f for f, c in count.items() if c >= LEAST))}


def held_out(rows, y, texts, decay, folds=5):
    """The sum of each candidate under weights made without its fold."""
    fold = (texts - 1) // 50 % folds
    z = np.zeros(len(y))
    for n in range(folds):
        kept = [r for r, f in zip(rows, fold) if f != n]
        index = vocabulary(kept)
        w = fit(matrix(kept, index), y[fold != n], decay)
        z[fold == n] = matrix([r for r, f in zip(rows, fold) if f == n], index) @ w
    return z


def best(z, fills, points, asked):
    """The least sum with the highest F1 of fills. Fills of the key that no candidate meets are `asked` all the same."""
    scores = []
    for t in np.arange(-3.0, 2.0, 0.1):
        counts = z >= t
        scores.append((2 * points[counts].sum() / (fills[counts].sum() + asked), t))
    return max(scores)


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("lessons", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--decay", type=float, default=10.0)
    a.add_argument("--until", type=int, default=1300, help="learn from texts up to this number only")
    a = a.parse_args()
    check_pin()
    rows, y, texts, fills, points, asked = read(a.lessons, a.until)
    z = held_out(rows, y, texts, a.decay)
    score, least = best(z, fills, points, asked)
    every, _ = best(np.full(len(y), 9.0), fills, points, asked)
    loss = np.logaddexp(0, np.where(y, -z, z)).mean()
    print(f"{len(y)} candidates, {y.sum()} right; held out: loss {loss:.3f}, F1 {100 * score:.1f} from {least:.1f}, of all {100 * every:.1f}")
    index = vocabulary(rows)
    w = fit(matrix(rows, index), y, a.decay)
    lines = [f"@least\t{round(100 * least)}"]
    lines += [f"{f}\t{round(100 * w[k])}" for f, k in index.items() if abs(w[k]) >= 0.02]
    a.out.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
