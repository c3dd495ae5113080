#!/usr/bin/env python3
"""Trains the scorers of attributions (`crates/detente-read/src/attribution/weights.rs`) from what the program exports.

    cargo xtask gold attribution --export lessons
    python3 train/attribution.py lessons crates/detente-read/weights/attribution.tsv

Needs numpy and scipy only. The features are made by the program itself, so training and use agree. Three logistic
regressions: is a word a cue, is a nominal the source of this cue, is a phrase its content. Every eighth article is held
out to pick the least sum at which a candidate counts; with `--final` the weights are then made from all.

From the training part of PolNeAR, gold/attribution/train, whose hash is in `pins.toml`; nothing else is accepted. Features are
words of the dictionary, tags and tree labels that occur in at least five places of three articles; names are left out, and
no sentence can be told from them.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import os
import re
import tomllib
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

TASKS = ("cue", "source", "content")
HERE = Path(__file__).parent
SHARED = Path(os.environ.get("DETENTE_SHARED", HERE / "../../shared"))


def check_pin(part="gold/attribution/train"):
    """The articles and annotations, one behind the other by name, have the pinned hash."""
    files = sorted((SHARED / part).glob("*/*"), key=lambda f: f"{f.parent.name}/{f.name}")
    got = hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()
    want = tomllib.loads((HERE / "pins.toml").read_text())["attribution"][part]
    if got != want:
        raise SystemExit(f"{SHARED / part}: sha256 is {got}, pins.toml says {want}")


def read(folder: Path):
    """For each task: features by candidate, labels, group, article."""
    out = {t: ([], [], [], []) for t in TASKS}
    for n, path in enumerate(sorted(folder.glob("*.tsv"))):
        for line in path.read_text(encoding="utf8").split("\n"):
            task, *rest = line.split("\t")
            if task in out:
                rows, labels, groups, articles = out[task]
                rows.append(rest[2:])
                labels.append(rest[1] == "1")
                groups.append((n, int(rest[0])))
                articles.append(n)
    return out


def vocabulary(rows, articles):
    count, seen = collections.Counter(), collections.defaultdict(set)
    for features, n in zip(rows, articles):
        count.update(features)
        for f in features:
            if len(seen[f]) < 3:
                seen[f].add(n)
    # Compounds ("anti-" and a name) are mostly names.
    common = (f for f, c in count.items() if c >= 5 and len(seen[f]) >= 3 and not re.search("[a-z]-[a-z]", f))
    return {f: k for k, f in enumerate(sorted(common))}


def matrix(rows, index):
    ends, columns = [0], []
    for features in rows:
        columns += [index[f] for f in features if f in index]
        ends.append(len(columns))
    return sp.csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), len(index)))


def fit(x, y, decay, steps):
    def loss(w):
        z = x @ w
        value = (np.logaddexp(0, z) - y * z).sum() + 0.5 * decay * w @ w
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) + decay * w

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x


def f1(right, found, gold):
    return 2 * right / max(1, found + gold)


def best_in_group(z, groups):
    best = {}
    for k, g in enumerate(groups):
        if g not in best or z[k] > z[best[g]]:
            best[g] = k
    return np.array(list(best.values()))


def least(task, z, y, groups):
    """The sum from which a candidate counts, by F1 on articles held out, and that F1."""
    if task != "cue":
        chosen = best_in_group(z, groups)
        gold = len({g for g, label in zip(groups, y) if label})
        z, y = z[chosen], y[chosen]
    else:
        gold = y.sum()
    scores = [(f1((y & (z >= t)).sum(), (z >= t).sum(), gold), t) for t in np.arange(-2.5, 1.6, 0.1)]
    return max(scores)


def train(task, data, decay, steps, final):
    rows, labels, groups, articles = data
    y, articles = np.array(labels), np.array(articles)
    held = articles % 8 == 3
    kept = [r for r, h in zip(rows, held) if not h]
    index = vocabulary(kept, articles[~held])
    w = fit(matrix(kept, index), y[~held], decay, steps)
    z = matrix([r for r, h in zip(rows, held) if h], index) @ w
    score, threshold = least(task, z, y[held], [g for g, h in zip(groups, held) if h])
    print(f"{task}: {len(y)} candidates, {y.sum()} right, {len(index)} features; held out F1 {100 * score:.1f} from {threshold:.1f}", flush=True)
    if final:
        index = vocabulary(rows, articles)
        w = fit(matrix(rows, index), y, decay, steps)
    lines = [f"{task}\t@least\t{round(100 * threshold)}"]
    lines += [f"{task}\t{f}\t{round(100 * w[k])}" for f, k in index.items() if abs(w[k]) >= 0.05]
    return lines


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("lessons", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--decay", type=float, default=1.0)
    a.add_argument("--steps", type=int, default=50)
    a.add_argument("--final", action="store_true", help="weights from all articles, the held out ones too")
    a = a.parse_args()
    check_pin()
    data = read(a.lessons)
    lines = [line for task in TASKS for line in train(task, data[task], a.decay, a.steps, a.final)]
    a.out.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
