#!/usr/bin/env python3
"""Packs trained weights into the one file that `detente-language` carries.

    python3 train/export.py weights.pt crates/detente-language/weights/english.weights

The file is used in place (no parsing at start), so it is laid out as the kernels want it:

    8 bytes   magic "DETLANG1"
    u32       version of the layout, u32 number of sections, u64 length of the file
    then per section 64 bytes:
              name (36 bytes, zero padded), u32 kind, u32 rows, u32 columns, u64 offset, u64 length
    then the sections, each beginning at a multiple of 64 bytes, zero padded, little endian.

Kinds: 0 = f32; 1 = int8 tiles; 2 = int8 rows; 3 = bytes; 4 = u32; 5 = u16; 6 = i32.

A matrix M (rows = outputs) is four sections: `M.w` int8 tiles, `M.s` f32 scale of each row, `M.b` f32
bias of each row and `M.t` i32 sum of each row times -128. Its numbers lie within -63..63, so that two
products with values of 0..255 fit into 16 bits: that is what AVX2 multiplies fastest, and it costs
0.02 LAS against -127..127. A tile is 16 rows by 4 columns, row after row; tiles run
along the columns first, then down the rows. Rows are padded with zeros to a multiple of 16.
"""

from __future__ import annotations

import argparse
import collections
import struct
import sys

import numpy as np
import torch

VERSION = 1
KINDS = {"f32": 0, "tiles": 1, "rows": 2, "bytes": 3, "u32": 4, "u16": 5, "i32": 6}
SLOTS = 1 << 16
HEADS = 12


class File:
    def __init__(self):
        self.sections = []

    def add(self, name, kind, rows, columns, raw):
        assert len(name) < 36, name
        self.sections.append((name, KINDS[kind], rows, columns, bytes(raw)))

    def floats(self, name, a):
        a = np.ascontiguousarray(a, np.float32)
        self.add(name, "f32", 1 if a.ndim == 1 else a.shape[0], a.shape[-1], a.tobytes())

    def lines(self, name, strings):
        assert not any("\n" in s for s in strings)
        self.add(name, "bytes", len(strings), 0, "\n".join(strings).encode())

    def matrix(self, name, w, bias):
        """w is outputs x inputs."""
        rows, columns = w.shape
        assert columns % 4 == 0 and bias.shape == (rows,)
        pad = -rows % 16
        w, bias = np.pad(w, ((0, pad), (0, 0))), np.pad(bias, (0, pad))
        q, scale = quantise(w, 63)
        tiles = q.reshape(-1, 16, columns // 4, 4).transpose(0, 2, 1, 3)
        self.add(name + ".w", "tiles", rows + pad, columns, np.ascontiguousarray(tiles).tobytes())
        self.floats(name + ".s", scale)
        self.floats(name + ".b", bias)
        self.add(name + ".t", "i32", 1, rows + pad, (q.sum(1, dtype=np.int32) * np.int32(-128)).tobytes())

    def table(self, name, w):
        q, scale = quantise(w, 127)
        self.add(name + ".w", "rows", *w.shape, np.ascontiguousarray(q).tobytes())
        self.floats(name + ".s", scale)

    def write(self, path):
        at = -(-(24 + 64 * len(self.sections)) // 64) * 64
        head, body = [], []
        for name, kind, rows, columns, raw in self.sections:
            head.append(struct.pack("<36sIIIQQ", name.encode(), kind, rows, columns, at, len(raw)))
            raw += bytes(-len(raw) % 64)
            body.append(raw)
            at += len(raw)
        table = struct.pack("<8sIIQ", b"DETLANG1", VERSION, len(head), at) + b"".join(head)
        table += bytes(-len(table) % 64)
        with open(path, "wb") as f:
            f.write(table + b"".join(body))


def quantise(w, most):
    """Each row to whole numbers of -most..most with one scale."""
    w = np.asarray(w, np.float32)
    scale = np.abs(w).max(-1).astype(np.float32) / np.float32(most)
    q = np.rint(w / np.where(scale == 0, 1, scale)[..., None])
    return np.clip(q, -most, most).astype(np.int8), scale


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
