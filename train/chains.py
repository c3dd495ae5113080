#!/usr/bin/env python3
"""Trains the scorer of chains (`crates/detente-language/src/chain/scorer.rs`) from what the program exports.

    cargo xtask gold chains --export lessons
    python3 train/chains.py lessons crates/detente-language/weights/chains.weights

Needs numpy and scipy only. The features are made by the program itself, so training and use agree. The
development part picks the epoch and the two shifts; the test part is never looked at.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linear_sum_assignment


@dataclass
class Document:
    vectors: np.ndarray  # candidates x width
    single: sp.csr_matrix
    pairs: sp.csr_matrix
    links: np.ndarray  # pairs x (later, earlier), ordered by later
    entity: np.ndarray
    key: list[tuple[int, int, int]]
    gold: list[set[tuple[int, int, int]]]


def rows(values, counts, width):
    ends = np.concatenate([[0], np.cumsum(counts)])
    return sp.csr_matrix((np.ones(len(values), np.float32), values, ends), (len(counts), width))


def read(folder: Path) -> list[Document]:
    load = lambda name, t="<i4": np.fromfile(folder / name, t)
    width, n_single, n_pairs = load("widths.i32")
    mentions, gold = load("mentions.i32").reshape(-1, 6), load("gold.i32").reshape(-1, 5)
    links = load("links.i32").reshape(-1, 2)
    vectors = load("vectors.f32", "<f4").reshape(-1, width)
    single = rows(load("single.i32"), load("single_n.i32"), n_single)
    pairs = rows(load("pairs.i32"), load("pairs_n.i32"), n_pairs)
    out = []
    for d in range(mentions[-1, 0] + 1):
        (own,) = np.nonzero(mentions[:, 0] == d)
        a, z = own[0], own[-1] + 1
        (mine,) = np.nonzero((links[:, 0] >= a) & (links[:, 0] < z))
        p = slice(mine[0], mine[-1] + 1)
        chains = {}
        for row in gold[gold[:, 0] == d].tolist():
            chains.setdefault(row[4], set()).add(tuple(row[1:4]))
        key = [tuple(m) for m in mentions[a:z, 1:4].tolist()]
        out.append(Document(vectors[a:z], single[a:z], pairs[p], links[p] - a, mentions[a:z, 4], key, list(chains.values())))
    return out


class Scorer:
    def __init__(self, a, width, n_single, n_pairs, seed):
        rng = np.random.default_rng(seed)
        normal = lambda *shape, scale: (rng.standard_normal(shape) * scale).astype(np.float32)
        u, h, k, s = a.width, a.hidden, a.second, a.alone
        zero = lambda *shape: np.zeros(shape, np.float32)
        self.w = {
            "project": normal(width, u, scale=width**-0.5),
            "anaphor.features": normal(n_single, h, scale=0.05),
            "anaphor.vector": normal(u, h, scale=u**-0.5),
            "anaphor.bias": zero(h),
            "antecedent.features": normal(n_single, h, scale=0.05),
            "antecedent.vector": normal(u, h, scale=u**-0.5),
            "antecedent.bias": zero(h),
            "alone.features": normal(n_single, s, scale=0.05),
            "alone.vector": normal(u, s, scale=u**-0.5),
            "alone.bias": zero(s),
            "pair": normal(n_pairs, h, scale=0.05),
            "product": normal(u, h, scale=u**-0.5),
            "second": normal(h, k, scale=(2 / h) ** 0.5),
            "second.bias": zero(k),
            "out": normal(k + 1, scale=k**-0.5),
            "new": normal(s + 1, scale=s**-0.5),
            "mention": normal(s + 1, scale=s**-0.5),
        }
        self.first = {k: np.zeros_like(v) for k, v in self.w.items()}
        self.second = {k: np.zeros_like(v) for k, v in self.w.items()}
        self.mean = {k: v.copy() for k, v in self.w.items()}
        self.steps = 0
        self.scale = None

    def forward(self, d: Document, rng=None, drop=0.0, kept=None):
        w = self.w
        mask = lambda shape, p: 1.0 if rng is None or p == 0 else (rng.random(shape, np.float32) >= p).astype(np.float32) / (1 - p)
        v = d.vectors * self.scale
        vm = mask(v.shape, drop)
        v = v * vm
        u = v @ w["project"]
        i, j = d.links[:, 0], d.links[:, 1]
        left = d.single @ w["anaphor.features"] + u @ w["anaphor.vector"] + w["anaphor.bias"]
        right = d.single @ w["antecedent.features"] + u @ w["antecedent.vector"] + w["antecedent.bias"]
        alone = np.maximum(d.single @ w["alone.features"] + u @ w["alone.vector"] + w["alone.bias"], 0)
        am = mask(alone.shape, drop)
        alone = alone * am
        uu = u[i] * u[j]
        first = np.maximum(left[i] + right[j] + d.pairs @ w["pair"] + uu @ w["product"], 0)
        fm = mask(first.shape, drop)
        first = first * fm
        second = np.maximum(first @ w["second"] + w["second.bias"], 0)
        score = second @ w["out"][:-1] + w["out"][-1]
        new = alone @ w["new"][:-1] + w["new"][-1]
        mention = alone @ w["mention"][:-1] + w["mention"][-1]
        if kept is not None:
            kept.update(v=v, u=u, alone=alone, am=am, uu=uu, first=first, fm=fm, second=second)
        return score, new, mention

    def backward(self, d, kept, dscore, dnew, dmention):
        w, g = self.w, {}
        i, j, n = d.links[:, 0], d.links[:, 1], len(d.entity)
        column = lambda x: x[:, None]
        g["out"] = np.append(kept["second"].T @ dscore, dscore.sum())
        dsecond = column(dscore) * w["out"][:-1] * (kept["second"] > 0)
        g["second"], g["second.bias"] = kept["first"].T @ dsecond, dsecond.sum(0)
        dfirst = (dsecond @ w["second"].T) * (kept["first"] > 0) * kept["fm"]
        g["pair"] = d.pairs.T @ dfirst
        g["product"] = kept["uu"].T @ dfirst
        duu = dfirst @ w["product"].T
        pick = lambda index: sp.csr_matrix((np.ones(len(index), np.float32), (index, np.arange(len(index)))), (n, len(index)))
        pi, pj = pick(i), pick(j)
        u = kept["u"]
        du = pi @ (duu * u[j]) + pj @ (duu * u[i])
        g["new"] = np.append(kept["alone"].T @ dnew, dnew.sum())
        g["mention"] = np.append(kept["alone"].T @ dmention, dmention.sum())
        dalone = (column(dnew) * w["new"][:-1] + column(dmention) * w["mention"][:-1]) * (kept["alone"] > 0) * kept["am"]
        for name, dz in (("anaphor", pi @ dfirst), ("antecedent", pj @ dfirst), ("alone", dalone)):
            g[f"{name}.features"], g[f"{name}.vector"], g[f"{name}.bias"] = d.single.T @ dz, u.T @ dz, dz.sum(0)
            du = du + dz @ w[f"{name}.vector"].T
        g["project"] = kept["v"].T @ du
        return g

    def step(self, g, rate, decay):
        self.steps += 1
        t = self.steps
        for k, v in self.w.items():
            m, s = self.first[k], self.second[k]
            m += 0.1 * (g[k] - m)
            s += 0.001 * (g[k] ** 2 - s)
            v -= rate * ((m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8) + decay * v)
            self.mean[k] += (v - self.mean[k]) * max(0.003, 1 / (t + 1))


def loss(d: Document, score, new, mention):
    """Of the earlier mentions and "new", the right ones should hold all of the probability."""
    n, i, j = len(d.entity), d.links[:, 0], d.links[:, 1]
    right = (d.entity[i] == d.entity[j]) & (d.entity[i] >= 0)
    fresh = np.ones(n, bool)
    fresh[i[right]] = False
    top = new.copy()
    np.maximum.at(top, i, score)
    e, en = np.exp(score - top[i]), np.exp(new - top)
    total = en + np.bincount(i, e, n)
    good = np.where(fresh, en, 0) + np.bincount(i, e * right, n)
    value = np.log(total) - np.log(good + 1e-30)
    dscore = e / total[i] - e * right / (good[i] + 1e-30)
    dnew = en / total - np.where(fresh, en / (good + 1e-30), 0)
    is_mention = d.entity >= 0
    p = 1 / (1 + np.exp(-mention))
    dmention = p - is_mention
    value = value.sum() - np.log(np.where(is_mention, p, 1 - p) + 1e-30).sum()
    return value, dscore.astype(np.float32), dnew.astype(np.float32), dmention.astype(np.float32)


def chains(d: Document, score, new, mention, shifts):
    """As `gather` in chain/mod.rs."""
    best, to = new + shifts[0], np.full(len(new), -1)
    for p in range(len(score)):
        i = d.links[p, 0]
        if score[p] > best[i]:
            best[i], to[i] = score[p], d.links[p, 1]
    of, members = [], []
    for i, j in enumerate(to):
        c = of[j] if j >= 0 else len(members)
        if c == len(members):
            members.append([])
        members[c].append(i)
        of.append(c)
    return [{d.key[i] for i in m} for m in members if len(m) > 1 or mention[m[0]] + shifts[1] > 0]


def conll(documents, found, singletons):
    total = np.zeros((3, 4))
    for d, chains in zip(documents, found):
        gold = [c for c in d.gold if len(c) > 1 or singletons]
        chains = [c for c in chains if len(c) > 1 or singletons]
        of = [{k: n for n, c in enumerate(x) for k in c} for x in (gold, chains)]
        for side, (xs, other, ys) in enumerate(((gold, of[1], chains), (chains, of[0], gold))):
            for c in xs:
                kept = [other[k] for k in c if k in other]
                total[0, 2 * side] += len(c) - (len(set(kept)) + len(c) - len(kept))
                total[0, 2 * side + 1] += len(c) - 1
                total[1, 2 * side] += sum(len(c & ys[o]) for o in kept) / len(c)
                total[1, 2 * side + 1] += len(c)
        like = np.zeros((len(gold), len(chains)))
        for g, c in enumerate(gold):
            for f in {of[1][k] for k in c if k in of[1]}:
                like[g, f] = 2 * len(c & chains[f]) / (len(c) + len(chains[f]))
        aligned = like[linear_sum_assignment(-like)].sum()
        total[2] += aligned, len(gold), aligned, len(chains)
    r, p = total[:, 0] / np.maximum(total[:, 1], 1), total[:, 2] / np.maximum(total[:, 3], 1)
    return 100 * (2 * r * p / np.maximum(r + p, 1e-9))


def evaluate(scorer, documents, shifts=(0.0, 0.0)):
    found = [chains(d, *scorer.forward(d), shifts) for d in documents]
    return conll(documents, found, True), conll(documents, found, False)


def train(a, documents, development):
    d = documents[0]
    scorer = Scorer(a, d.vectors.shape[1], d.single.shape[1], d.pairs.shape[1], a.seed)
    half = d.vectors.shape[1] // 2
    spread = [np.concatenate([x.vectors[:, s] for x in documents]).std() for s in (slice(half), slice(half, None))]
    scorer.scale = np.repeat(1 / np.array(spread), half).astype(np.float32)
    rng, best, start = np.random.default_rng(a.seed), (0.0, None), time.time()
    steps = a.epochs * len(documents)
    for epoch in range(a.epochs):
        total = count = 0
        for k in rng.permutation(len(documents)):
            kept, d = {}, documents[k]
            outputs = scorer.forward(d, rng, a.drop, kept)
            value, *gradients = loss(d, *outputs)
            g = scorer.backward(d, kept, *(x / len(d.entity) for x in gradients))
            rate = a.rate * min(1.0, (scorer.steps + 1) / 50) * (1 - scorer.steps / steps)
            scorer.step(g, rate, a.decay)
            total, count = total + value, count + len(d.entity)
        if epoch % a.every == a.every - 1 or epoch == a.epochs - 1:
            last, scorer.w = scorer.w, scorer.mean
            kept, without = evaluate(scorer, development)
            mean = (kept.mean() + without.mean()) / 2
            print(f"epoch {epoch + 1} loss {total / count:.3f} dev {kept.mean():.2f} {np.round(kept, 1)} without singletons {without.mean():.2f} {np.round(without, 1)} {time.time() - start:.0f} s", flush=True)
            if mean > best[0]:
                best = (mean, {k: v.copy() for k, v in scorer.w.items()})
            scorer.w = last
    scorer.w = best[1]
    return scorer


def pick_shifts(scorer, development):
    """The shifts of "new" and of being a mention that suit the development part."""
    outputs = [scorer.forward(d) for d in development]
    best = (0.0, (0.0, 0.0))
    for new in np.arange(-1.5, 1.6, 0.25):
        for mention in (-1.5, -1, -0.5, 0.0, 0.5, 1.0):
            found = [chains(d, *o, (new, mention)) for d, o in zip(development, outputs)]
            kept, without = conll(development, found, True).mean(), conll(development, found, False).mean()
            best = max(best, ((kept + without) / 2, (float(new), float(mention))))
    print("shifts", best)
    return best[1]


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("lessons", type=Path)
    a.add_argument("out")
    for name, value in (("width", 32), ("hidden", 64), ("second", 24), ("alone", 64), ("epochs", 18), ("every", 3), ("seed", 1)):
        a.add_argument(f"--{name}", type=int, default=value)
    for name, value in (("rate", 1e-3), ("decay", 1e-2), ("drop", 0.5)):
        a.add_argument(f"--{name}", type=float, default=value)
    a.add_argument("--test", action="store_true", help="print the score on the test part as well")
    a = a.parse_args()
    development = read(a.lessons / "dev")
    scorer = train(a, read(a.lessons / "train"), development)
    shifts = pick_shifts(scorer, development)
    print("dev", *(np.round(x.mean(), 2) for x in evaluate(scorer, development, shifts)))
    if a.test:
        print("test", *(np.round(x, 2) for x in evaluate(scorer, read(a.lessons / "test"), shifts)))
    from layout import File

    out = File()
    for name, value in scorer.w.items():
        out.floats(name, value * scorer.scale[:, None] if name == "project" else value)
    out.floats("project.width", np.zeros(a.width))
    out.floats("shifts", np.array(shifts))
    out.write(a.out)


if __name__ == "__main__":
    sys.exit(main())
