#!/usr/bin/env python3
"""Trains the scorer of what one does to another (`crates/detente-read/src/relation`) from what the program exports.

    cargo xtask gold dyads --export lessons
    python3 train/relation.py lessons --folds folds                 # five files, each made without its fold
    cargo xtask gold dyads --folds folds                            # the figure, each fold asked of its own file
    python3 train/relation.py lessons --out relation.tsv            # from all rows, for other texts

Needs numpy and scipy only. The features are made by the program itself, so training and use agree. One softmax regression
over the types of event. (The encoder's vectors of heads and words beside the features
gave little: 81.0 instead of 80.5 on the folds.)

From gold/events/dyads_train.jsonl, whose hash is in `pins.toml`; nothing else is accepted. Words among the features are
single words of the dictionary that stand in at least MOST_RARE sentences; names and numbers are left out by the program.
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
FOLDS = 5
MOST_RARE = 3
# The types as the program names them; the set counts concessions as it counts retreats.
TYPES = {"YIELD": "RETREAT"}
COOPERATION = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "YIELD"}


def check_pin(name="gold/events/dyads_train.jsonl"):
    got = hashlib.sha256((SHARED / name).read_bytes()).hexdigest()
    want = tomllib.loads((HERE / "pins.toml").read_text())["relation"][name]
    if got != want:
        raise SystemExit(f"{SHARED / name}: sha256 is {got}, pins.toml says {want}")


def read(folder: Path):
    """Fold, root and features of each row."""
    rows = [line.split("\t") for line in (folder / "dyads.tsv").read_text(encoding="utf8").splitlines()]
    return np.array([int(r[0]) for r in rows]), np.array([r[1] for r in rows]), [r[2:] for r in rows]


class Scorer:
    """Softmax regression over features."""

    def __init__(self, features, roots, a):
        count = collections.Counter(f for row in features for f in row)
        self.index = {f: k for k, f in enumerate(sorted(f for f, n in count.items() if n >= MOST_RARE))}
        self.types = sorted(set(roots))
        x = self.matrix(features)
        y = np.array([self.types.index(r) for r in roots])
        hot = np.eye(len(self.types))[y]
        shape = (x.shape[1], len(self.types))

        def loss(w):
            w = w.reshape(shape)
            z = x @ w
            z -= z.max(1, keepdims=True)
            total = np.log(np.exp(z).sum(1))
            value = (total - z[np.arange(len(y)), y]).sum() + 0.5 * a.decay * (w * w).sum()
            return value, (x.T @ (np.exp(z - total[:, None]) - hot) + a.decay * w).ravel()

        best = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": a.steps})
        self.weights = best.x.reshape(shape)

    def matrix(self, features):
        ends, columns = [0], []
        for row in features:
            columns += [self.index[f] for f in row if f in self.index]
            ends.append(len(columns))
        return sp.csr_matrix((np.ones(len(columns)), columns, ends), (len(features), len(self.index)))

    def answer(self, features):
        """The likeliest type of the likelier half, as `RelationWeights::best` decides."""
        z = self.matrix(features) @ self.weights
        share = np.exp(z - z.max(1, keepdims=True))
        half = np.array([t in COOPERATION for t in self.types])
        friendly = share[:, half].sum(1) > share[:, ~half].sum(1)
        return [self.types[k] for k in np.where(half == friendly[:, None], share, -1).argmax(1)]

    def lines(self):
        """The weights as the program reads them, in thousandths."""
        yield "\t" + "\t".join(TYPES.get(t, t) for t in self.types)
        whole = lambda row: "\t".join(str(round(1000 * v)) for v in row)
        for feature, k in self.index.items():
            if np.abs(self.weights[k]).max() >= 0.02:
                yield f"{feature}\t{whole(self.weights[k])}"


def macro_f1(gold, found):
    each = []
    for t in sorted(set(gold)):
        right = sum(g == f == t for g, f in zip(gold, found))
        each.append(2 * right / max(1, sum(g == t for g in gold) + sum(f == t for f in found)))
    return 100 * sum(each) / len(each)


def write(scorer, path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(scorer.lines()) + "\n", encoding="utf8")


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("lessons", type=Path)
    a.add_argument("--folds", type=Path, help="write the weights of five folds into this folder")
    a.add_argument("--out", type=Path, help="write weights made from all rows into this file")
    a.add_argument("--decay", type=float, default=0.5)
    a.add_argument("--steps", type=int, default=200)
    a = a.parse_args()
    check_pin()
    folds, roots, features = read(a.lessons)
    if a.folds:
        found = np.empty(len(roots), object)
        for fold in range(FOLDS):
            kept, asked = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            scorer = Scorer([features[k] for k in kept], roots[kept], a)
            found[asked] = scorer.answer([features[k] for k in asked])
            write(scorer, a.folds / f"{fold}.tsv")
        print(f"five folds: macro-F1 {macro_f1(roots, found):.1f}, right {100 * (roots == found).mean():.1f}", flush=True)
    if a.out:
        write(Scorer(features, roots, a), a.out)


if __name__ == "__main__":
    main()
