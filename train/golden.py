#!/usr/bin/env python3
"""Writes what a checkpoint says of the sentences in tests/golden.txt, for the Rust test to agree with.

    python3 train/golden.py weights.pt
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from network import Encoder, Network
from train import Preparer, collate, masked
from treebank import HERE, Sentence, pinned_encoder

FOLDER = Path(HERE).parent / "crates/detente-language/tests"
TAGS = ("upos", "xpos", "lemma", "name", "mention")


def main():
    kept = torch.load(sys.argv[1], weights_only=False, map_location="cpu")
    vocab = kept["vocabulary"]
    net = Network(Encoder(kept["arguments"]["layers"]), vocab)
    net.load_state_dict(kept["weights"])
    net.eval()
    prepare = Preparer(vocab, pinned_encoder())
    lines = [l for l in (FOLDER / "golden.txt").read_text().splitlines() if l and not l.startswith("#")]
    rows = []
    for line in lines:
        s = Sentence(form=line.split())
        prepare(s)
        with torch.inference_mode():
            b = collate([s])
            tags, arcs, pair = net(b)
            head = masked(arcs, b["words"]).argmax(-1)
            rel = net.labels(pair, head).argmax(-1)[0].tolist()
        name = {k: [vocab[k][i] for i in tags[k].argmax(-1)[0].tolist()] for k in TAGS}
        for i, form in enumerate(s.form):
            columns = [i + 1, form, name["upos"][i], name["xpos"][i], head[0, i].item(), vocab["rel"][rel[i]], name["name"][i], name["mention"][i]]
            rows.append("\t".join(map(str, columns)))
        rows.append("")
    (FOLDER / "golden.tsv").write_text("\n".join(rows))


if __name__ == "__main__":
    main()
