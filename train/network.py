"""The network: a small BERT encoder over word pieces, mean-pooled to words, with heads for tags and trees."""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file


class Layer(nn.Module):
    def __init__(self, hidden: int, inner: int, heads: int):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(hidden, hidden) for _ in range(4))
        self.ln1, self.ln2 = nn.LayerNorm(hidden, 1e-12), nn.LayerNorm(hidden, 1e-12)
        self.f1, self.f2 = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.heads = heads

    def forward(self, x, mask):
        batch, length, hidden = x.shape
        split = lambda t: t.view(batch, length, self.heads, hidden // self.heads).transpose(1, 2)
        a = F.scaled_dot_product_attention(split(self.q(x)), split(self.k(x)), split(self.v(x)), attn_mask=mask)
        a = self.o(a.transpose(1, 2).reshape(batch, length, hidden))
        x = self.ln1(x + F.dropout(a, 0.1, self.training))
        h = self.f2(F.gelu(self.f1(x)))
        return self.ln2(x + F.dropout(h, 0.1, self.training))


class Encoder(nn.Module):
    """all-MiniLM-L6-v2 (Wang et al. 2020), plus a learned embedding of the word's spelling."""

    def __init__(self, layers: int, vocabulary=30522, hidden=384, inner=1536, heads=12, shapes=16):
        super().__init__()
        self.piece = nn.Embedding(vocabulary, hidden)
        self.position = nn.Embedding(512, hidden)
        self.segment = nn.Embedding(2, hidden)
        self.shape = nn.Embedding(shapes + 1, hidden)
        nn.init.zeros_(self.shape.weight)
        self.ln = nn.LayerNorm(hidden, 1e-12)
        self.layers = nn.ModuleList([Layer(hidden, inner, heads) for _ in range(layers)])
        self.hidden = hidden

    def load_minilm(self, path):
        w, state = load_file(path), {"shape.weight": self.shape.weight.data}
        for ours, theirs in (("piece", "word_embeddings"), ("position", "position_embeddings"), ("segment", "token_type_embeddings")):
            state[f"{ours}.weight"] = w[f"embeddings.{theirs}.weight"]
        names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense", "ln1": "attention.output.LayerNorm", "f1": "intermediate.dense", "f2": "output.dense", "ln2": "output.LayerNorm"}
        for part in ("weight", "bias"):
            state[f"ln.{part}"] = w[f"embeddings.LayerNorm.{part}"]
            for i in range(len(self.layers)):
                for ours, theirs in names.items():
                    state[f"layers.{i}.{ours}.{part}"] = w[f"encoder.layer.{i}.{theirs}.{part}"]
        self.load_state_dict(state)

    def forward(self, pieces, shapes, mask):
        x = self.piece(pieces) + self.position.weight[: pieces.shape[1]] + self.segment.weight[0] + self.shape(shapes)
        x = F.dropout(self.ln(x), 0.1, self.training)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x


class Network(nn.Module):
    """Encoder, then linear heads for tags and a biaffine head for arcs and labels (Dozat & Manning 2017)."""

    def __init__(self, encoder: Encoder, vocabulary: dict[str, list[str]], arc=256, rel=128, drop=0.33):
        super().__init__()
        self.encoder, self.drop = encoder, drop
        h = encoder.hidden
        self.root = nn.Parameter(torch.randn(h) * 0.02)
        self.tags = nn.ModuleDict({k: nn.Linear(h, len(vocabulary[k])) for k in ("upos", "xpos", "lemma", "name", "mention")})
        self.arc_dep, self.arc_head = nn.Linear(h, arc), nn.Linear(h, arc)
        self.rel_dep, self.rel_head = nn.Linear(h, rel), nn.Linear(h, rel)
        self.arc = nn.Parameter(torch.empty(arc + 1, arc + 1).normal_(0, 0.5 / arc))
        self.rel = nn.Parameter(torch.empty(len(vocabulary["rel"]), rel + 1, rel + 1).normal_(0, 0.5 / rel))

    def words(self, b):
        x = self.encoder(b["pieces"], b["shapes"], b["mask"])
        w = torch.zeros(x.shape[0], b["width"], x.shape[2], device=x.device)
        return w.index_put((b["row"], b["word"]), x[b["row"], b["piece"]] * b["share"][:, None], accumulate=True)

    def forward(self, b):
        x = F.dropout(self.words(b), self.drop, self.training)
        tags = {k: head(x) for k, head in self.tags.items()}
        rooted = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        act = lambda z: F.dropout(F.gelu(z), self.drop, self.training)
        one = lambda z: torch.cat([z, torch.ones_like(z[..., :1])], -1)
        dep, head = one(act(self.arc_dep(x))), one(act(self.arc_head(rooted)))
        arcs = (dep @ self.arc) @ head.transpose(1, 2)
        return tags, arcs, (one(act(self.rel_dep(x))), one(act(self.rel_head(rooted))))

    def labels(self, pair, heads):
        dep, head = pair
        chosen = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        return torch.einsum("bloe,ble->blo", torch.einsum("bld,ode->bloe", dep, self.rel), chosen)
