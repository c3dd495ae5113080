"""The layout of the weights files that `detente-language` carries.

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

import struct

import numpy as np

VERSION = 1
KINDS = {"f32": 0, "tiles": 1, "rows": 2, "bytes": 3, "u32": 4, "u16": 5, "i32": 6}


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
