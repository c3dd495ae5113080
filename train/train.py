#!/usr/bin/env python3
"""Trains the weights of `detente-language` from pinned treebanks.

    python3 train/train.py --layers 6 --epochs 10 --out weights.pt
    python3 train/export.py weights.pt crates/detente-language/weights/english.weights

Deterministic for a given torch version, thread count and seed, up to the order of float sums.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from network import Encoder, Network
from treebank import FOLD, MENTION_KINDS, N_SHAPES, apply_script, lemma_script, pinned_encoder, read_names, read_ud, shape

TASKS = {"upos": 0.4, "xpos": 0.4, "lemma": 0.3, "name": 1.0, "mention": 0.7}  # loss weight of each tag head
MAX_PIECES = 12  # of one word; longer words are URLs
IGNORE = -100


def vocabulary(train):
    v = {"upos": sorted({t for s in train for t in s.upos}), "xpos": sorted({t for s in train for t in s.xpos}), "rel": sorted({t for s in train for t in s.rel})}
    scripts = collections.Counter(lemma_script(f, l) for s in train for f, l in zip(s.form, s.lemma))
    v["lemma"] = [k for k, n in scripts.most_common() if n >= 3]
    v["name"] = ["O"] + [p + k for k in ("PER", "ORG", "LOC", "EVT", "TIM") for p in ("B-", "I-")]
    v["mention"] = ["O"] + MENTION_KINDS
    return v


class Preparer:
    def __init__(self, vocab, encoder_folder):
        self.tok = Tokenizer.from_file(str(encoder_folder / "tokenizer.json"))
        self.tok.no_padding()
        self.tok.no_truncation()
        self.index = {k: {t: i for i, t in enumerate(v)} for k, v in vocab.items()}
        self.cache = {}

    def pieces(self, word):
        if word not in self.cache:
            ids = self.tok.encode(word.translate(FOLD), add_special_tokens=False).ids or [100]
            self.cache[word] = ids[:MAX_PIECES]
        return self.cache[word]

    def __call__(self, s):
        s.pieces = [self.pieces(w) for w in s.form]
        s.n_pieces = sum(map(len, s.pieces)) + 2
        s.shapes = [shape(w, i == 0) for i, w in enumerate(s.form)]
        get = lambda task, values: [self.index[task].get(x, IGNORE) for x in values]
        s.gold = {}
        s.parsed = bool(s.head)
        if s.parsed:
            s.gold = {"upos": get("upos", s.upos), "xpos": get("xpos", s.xpos), "rel": get("rel", s.rel), "head": s.head}
            s.gold["lemma"] = get("lemma", map(lemma_script, s.form, s.lemma))
        if s.name is not None:
            s.gold["name"] = get("name", s.name)
        if s.mention is not None:
            s.gold["mention"] = get("mention", s.mention)


def disguise(s, rng):
    """A training copy in headline dress: Title Case, ALL CAPS or all lower; or without its final stop.

    Only the spelling class changes (the encoder is uncased), so gold tags stay. Headlines and wire
    slugs are where parsers trained on prose go wrong.
    """
    out = dict(shapes=s.shapes, n=len(s.form))
    r = rng.random()
    if r < 0.12:
        kind = 6 if r < 0.06 else 4 if r < 0.09 else 3
        cased = [any(c.isalpha() for c in w) for w in s.form]
        long = [len(w) > 3 or kind != 6 or i == 0 for i, w in enumerate(s.form)]
        out["shapes"] = [kind * 2 + (i == 0) if c and l else k for i, (c, l, k) in enumerate(zip(cased, long, s.shapes))]
    if s.parsed and len(s.form) > 3 and s.upos[-1] == "PUNCT" and len(s.form) not in s.head and rng.random() < 0.1:
        out["n"] -= 1
    return out


def collate(sentences, rng=None, device="cpu"):
    views = [disguise(s, rng) if rng else dict(shapes=s.shapes, n=len(s.form)) for s in sentences]
    rows, width, length = len(sentences), max(v["n"] for v in views), max(s.n_pieces for s in sentences)
    pieces, shapes = np.zeros((rows, length), np.int64), np.full((rows, length), N_SHAPES, np.int64)
    mask, words = np.zeros((rows, length), bool), np.zeros((rows, width), bool)
    gold = {k: np.full((rows, width), IGNORE, np.int64) for k in (*TASKS, "head", "rel")}
    at = {"row": [], "piece": [], "word": [], "share": []}
    for r, (s, v) in enumerate(zip(sentences, views)):
        n, p = v["n"], 1
        pieces[r, 0] = 101
        for w in range(n):
            for q in s.pieces[w]:
                pieces[r, p], shapes[r, p] = q, v["shapes"][w]
                for k, x in zip(at, (r, p, w, 1 / len(s.pieces[w]))):
                    at[k].append(x)
                p += 1
        pieces[r, p] = 102
        mask[r, : p + 1] = True
        words[r, :n] = True
        for k, y in s.gold.items():
            gold[k][r, :n] = y[:n]
    to = lambda a: torch.as_tensor(a, device=device)
    b = {k: to(a) for k, a in dict(pieces=pieces, shapes=shapes, mask=mask, words=words, **at).items()}
    b["share"] = b["share"].float()
    return b | dict(width=width, gold={k: to(a) for k, a in gold.items()})


def batches(data, size, rng=None):
    order = sorted(range(len(data)), key=lambda i: data[i].n_pieces + (rng.random() * 4 if rng else 0))
    out, current, longest = [], [], 0
    for i in order:
        longest = max(longest, data[i].n_pieces)
        if current and longest * (len(current) + 1) > size:
            out.append(current)
            current, longest = [], data[i].n_pieces
        current.append(i)
    out.append(current)
    if rng:
        rng.shuffle(out)
    return out


def masked(arcs, words):
    allowed = torch.cat([torch.ones_like(words[:, :1]), words], 1)
    return arcs.masked_fill(~allowed[:, None, :], -1e9)


def loss_of(net, b):
    tags, arcs, pair = net(b)
    loss, parts = 0.0, {}
    for task, weight in TASKS.items():
        if (b["gold"][task] >= 0).any():
            x = F.cross_entropy(tags[task].flatten(0, 1), b["gold"][task].flatten(), ignore_index=IGNORE)
            loss, parts[task] = loss + weight * x, x.item()
    heads = b["gold"]["head"]
    if (heads >= 0).any():
        arc = F.cross_entropy(masked(arcs, b["words"]).flatten(0, 1), heads.flatten(), ignore_index=IGNORE)
        rel = F.cross_entropy(net.labels(pair, heads.clamp(min=0)).flatten(0, 1), b["gold"]["rel"].flatten(), ignore_index=IGNORE)
        loss, parts["arc"], parts["rel"] = loss + arc + rel, arc.item(), rel.item()
    return loss, parts


def evaluate(net, data, vocab, device="cpu"):
    """Greedy heads (no tree repair): a quick look while training. The official scores are made in Rust."""
    net.eval()
    c = collections.Counter()
    with torch.inference_mode():
        for ids in batches(data, 4000):
            b = collate([data[i] for i in ids], device=device)
            tags, arcs, pair = net(b)
            head = masked(arcs, b["words"]).argmax(-1)
            rel = net.labels(pair, head).argmax(-1)
            g, words = b["gold"], b["words"]
            known = g["head"] >= 0
            c["n"] += known.sum().item()
            c["uas"] += ((head == g["head"]) & known).sum().item()
            c["las"] += ((head == g["head"]) & (rel == g["rel"]) & known).sum().item()
            for k in ("upos", "xpos", "lemma", "mention"):
                c[k] += ((tags[k].argmax(-1) == g[k]) & words).sum().item()
    return {k: round(100 * c[k] / max(1, c["n"]), 2) for k in ("uas", "las", "upos", "xpos", "lemma", "mention")}


def arguments():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("--layers", type=int, default=6)
    a.add_argument("--epochs", type=int, default=10)
    a.add_argument("--rate", type=float, default=1.5e-4, help="learning rate of the encoder")
    a.add_argument("--head-rate", type=float, default=1e-3)
    a.add_argument("--batch", type=int, default=1500, help="word pieces in a batch")
    a.add_argument("--average", type=float, default=0.998, help="decay of the running average of the weights that is kept")
    a.add_argument("--thaw", type=float, default=2.0, help="from this epoch on, word embeddings move too")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--out", required=True)
    return a.parse_args()


def main():
    a = arguments()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    folder = pinned_encoder()
    parsed = read_ud("treebank/ewt/train.conllu.xz") + read_ud("treebank/gum/train.conllu.xz", entities=True)
    vocab = vocabulary(parsed)
    prepare = Preparer(vocab, folder)
    train = parsed + read_names("treebank/uner/dev.iob2.xz")
    dev = {"ewt": read_ud("treebank/ewt/dev.conllu.xz"), "gum": read_ud("treebank/gum/dev.conllu.xz", entities=True)}
    for s in train + dev["ewt"] + dev["gum"]:
        prepare(s)
    encoder = Encoder(a.layers)
    encoder.load_minilm(folder / "model.safetensors")
    net = Network(encoder, vocab).to(device)
    slow = [p for n, p in net.named_parameters() if n.startswith("encoder.") and n not in ("encoder.shape.weight", "encoder.piece.weight")]
    fast = [p for n, p in net.named_parameters() if not n.startswith("encoder.") or n == "encoder.shape.weight"]
    table = net.encoder.piece.weight
    groups = [dict(params=slow, lr=a.rate), dict(params=fast, lr=a.head_rate), dict(params=[table], lr=a.rate * 0.3, weight_decay=0.0)]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    total, warm = len(batches(train, a.batch, rng)) * a.epochs, 100
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda i: min(1, (i + 1) / warm) * max(0.01, 1 - i / total))
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(a.average))
    step, start = 0, time.time()
    table.requires_grad = False
    for epoch in range(a.epochs):
        table.requires_grad = epoch >= a.thaw
        net.train()
        for ids in batches(train, a.batch, rng):
            loss, parts = loss_of(net, collate([train[i] for i in ids], rng, device))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.update_parameters(net)
            step += 1
            if step % 100 == 0:
                print(f"epoch {epoch} step {step}/{total} {time.time() - start:.0f} s loss {loss.item():.3f}", {k: round(v, 3) for k, v in parts.items()}, flush=True)
        torch.save(dict(weights=average.module.state_dict(), vocabulary=vocab, arguments=vars(a)), a.out)
        scores = {k: evaluate(average.module, d, vocab, device) for k, d in dev.items()}
        print(f"after epoch {epoch}, {time.time() - start:.0f} s: dev {scores}", flush=True)


if __name__ == "__main__":
    main()
