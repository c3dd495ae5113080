#!/usr/bin/env python3
"""Packs trained weights into the one file that `detente-language` carries.

    python3 train/export.py weights.pt crates/detente-language/weights/english.weights

The file is used in place (no parsing at start), so it is laid out as the kernels want it: see `layout.py`.
"""

from __future__ import annotations

import argparse
import collections
import sys

import numpy as np
import torch

from layout import File

SLOTS = 1 << 16
HEADS = 12


def fnv(piece: bytes) -> int:
    h = 0xCBF29CE484222325
    for b in piece:
        h = (h ^ b) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return (h ^ h >> 32) % SLOTS


def write_pieces(out, pieces):
    """The word pieces as one string, and an open-addressing table from FNV-1a hash to number."""
    raw = [p.encode() for p in pieces]
    out.add("pieces.bytes", "bytes", len(raw), 0, b"".join(raw))
    ends = np.cumsum([0] + [len(p) for p in raw]).astype("<u4")
    out.add("pieces.ends", "u32", 1, len(ends), ends.tobytes())
    slots = np.full(SLOTS, 0xFFFF, "<u2")
    for i, p in enumerate(raw):
        at = fnv(p)
        while slots[at] != 0xFFFF:
            at = (at + 1) % SLOTS
        slots[at] = i
    out.add("pieces.slots", "u16", 1, SLOTS, slots.tobytes())


def write_encoder(out, w, layers):
    out.table("piece", w["encoder.piece.weight"])
    out.table("position", w["encoder.position.weight"] + w["encoder.segment.weight"][0])
    out.table("shape", w["encoder.shape.weight"])
    norm = lambda name, key: [out.floats(f"{name}.{p}", w[f"encoder.{key}.{p}"]) for p in ("weight", "bias")]
    norm("ln", "ln")
    for i in range(layers):
        part = lambda k, p: w[f"encoder.layers.{i}.{k}.{p}"]
        hidden = part("q", "weight").shape[0]
        root = np.float32((hidden // HEADS) ** -0.5)
        both = lambda p: np.concatenate([part("q", p) * root, part("k", p), part("v", p)])
        out.matrix(f"{i}.qkv", both("weight"), both("bias"))
        for k in ("o", "f1", "f2"):
            out.matrix(f"{i}.{k}", part(k, "weight"), part(k, "bias"))
        norm(f"{i}.ln1", f"layers.{i}.ln1")
        norm(f"{i}.ln2", f"layers.{i}.ln2")


def gelu(x):
    return torch.nn.functional.gelu(torch.from_numpy(x)).numpy()


def write_heads(out, w, vocab):
    """All heads that look at one word, as one matrix; then the two bilinear forms."""
    parts = ["tags.upos", "tags.xpos", "tags.lemma", "tags.name", "tags.mention", "arc_dep", "arc_head", "rel_dep", "rel_head"]
    out.matrix("heads", np.concatenate([w[f"{p}.weight"] for p in parts]), np.concatenate([w[f"{p}.bias"] for p in parts]))
    for p in ("arc_head", "rel_head"):
        out.floats(f"root.{p}", gelu(w[f"{p}.weight"] @ w["root"] + w[f"{p}.bias"]))
    # Inputs end in a constant 1 (see network.py). On the dependent's side that row is the bias; on the
    # head's side of the arc it is the same for every head and cannot change which is best.
    n = w["arc"].shape[0] - 1
    out.matrix("arc", np.ascontiguousarray(w["arc"][:n, :n].T), w["arc"][n, :n])
    labels, n = w["rel"].shape[0], w["rel"].shape[1] - 1
    rel = np.pad(w["rel"], ((0, -labels % 16), (0, 0), (0, 0))).transpose(2, 0, 1)  # head x label x dependent
    flat = rel.reshape(-1, n + 1)
    out.matrix("rel", np.ascontiguousarray(flat[:, :n]), flat[:, n])
    for k in ("upos", "xpos", "lemma", "name", "mention", "rel"):
        out.lines(f"names.{k}", vocab[k])


INFLECTED = {"VBD", "VBN", "VBG", "VBZ", "NNS", "NNPS", "JJR", "JJS", "RBR", "RBS"}


def write_lemmas(out, sentences):
    """What the treebanks say of lemmas: `known`, the dictionary forms; `seen`, the pairs of word and
    tag whose lemma is not simply the word. Both are sorted lines, searched where they lie."""
    known, seen = set(), collections.defaultdict(collections.Counter)
    for s in sentences:
        for form, lemma, tag in zip(s.form, s.lemma, s.xpos):
            if lemma == "_" or any(c in form + lemma for c in "\t\n "):
                continue
            name = tag.startswith("NNP")
            seen[form if name else form.lower(), tag][lemma] += 1
            if not name and lemma.isalpha():
                known.add(lemma)
    lines = []
    for (form, tag), lemmas in seen.items():
        lemmas = [l for l, n in lemmas.most_common() if n * 20 >= lemmas.total()]
        if lemmas != [form] or tag in INFLECTED:
            lines.append("\t".join([form, tag, *lemmas]).encode())
    out.add("lemmas.seen", "bytes", len(lines), 0, b"\n".join(sorted(lines)))
    out.add("lemmas.known", "bytes", len(known), 0, b"\n".join(sorted(l.encode() for l in known)))


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("weights")
    a.add_argument("out")
    a = a.parse_args()
    from tokenizers import Tokenizer

    from treebank import pinned_encoder, read_ud

    kept = torch.load(a.weights, weights_only=False, map_location="cpu")
    w = {k: v.float().numpy() for k, v in kept["weights"].items()}
    tok = Tokenizer.from_file(str(pinned_encoder() / "tokenizer.json"))
    out = File()
    write_pieces(out, [tok.id_to_token(i) for i in range(tok.get_vocab_size())])
    write_encoder(out, w, kept["arguments"]["layers"])
    write_heads(out, w, kept["vocabulary"])
    write_lemmas(out, [s for bank in ("ewt", "gum") for s in read_ud(f"treebank/{bank}/train.conllu.xz")])
    out.write(a.out)


if __name__ == "__main__":
    sys.exit(main())
