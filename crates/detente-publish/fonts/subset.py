"""Makes the fonts of the PDF: Source Serif 4 and Source Sans 3, cut to the letters that names in the news are written with.

    npm pack @expo-google-fonts/source-serif-4@0.4.1 @expo-google-fonts/source-sans-3@0.4.1
    pip install fonttools==4.68.0
    python3 subset.py expo-google-fonts-source-serif-4-0.4.1.tgz expo-google-fonts-source-sans-3-0.4.1.tgz

Latin with all its accents, Greek, Cyrillic, punctuation and a few signs are kept. Instructions for coarse screens and rules
of layout are left out, but that the kerning of the commonest letters is written as a plain table `kern`, which needs no
layout engine to read. "Source" is a reserved name under the fonts' licence, so what was cut has another one. The same files
in give the same files out.
"""

import hashlib
import io
import sys
import tarfile
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

ARCHIVES = {
    "source-serif-4": "84f0b412fbc9b0b666d6fe04620b2cd2e54bfd49ca61fe0663a9e5beb30afcc4",
    "source-sans-3": "eb41834f563921e19b18b40bc924b97110983aef800d9cb67b9186f546311828",
}

FACES = {
    "serif.ttf": ("source-serif-4", "package/400Regular/SourceSerif4_400Regular.ttf", "Detente Serif", "Regular"),
    "serif-bold.ttf": ("source-serif-4", "package/700Bold/SourceSerif4_700Bold.ttf", "Detente Serif", "Bold"),
    "sans.ttf": ("source-sans-3", "package/400Regular/SourceSans3_400Regular.ttf", "Detente Sans", "Regular"),
    "sans-bold.ttf": ("source-sans-3", "package/600SemiBold/SourceSans3_600SemiBold.ttf", "Detente Sans", "SemiBold"),
}

LETTERS = (
    "20-7E,A0-24F,259,2B9-2DD,300-36F,370-3FF,400-52F,1E00-1EFF,2002-200A,2010-2015,2018-2022,2026,202F,2030,2032,2033,"
    "2039,203A,2044,20A0-20BF,2116,2122,2190-2193,2212,2248,2260,2264,2265,25A0,25A1,25B8,25CB,25CF,2713"
)

# Pairs of these are kerned; the rest of the alphabet would make the table many times as long.
KERNED = [chr(c) for c in range(0x21, 0x7F)] + list("–—‘’“”…éèöüäáíóç")

# Thousandths of the size of type below which a pair is left as it is: nobody sees it.
SEEN = 8


def archive(path):
    data = Path(path).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    for name, known in ARCHIVES.items():
        if digest == known:
            return name, tarfile.open(fileobj=io.BytesIO(data))
    sys.exit(f"{path}: not one of the known archives (SHA-256 {digest})")


def pair_tables(font):
    gpos = font["GPOS"].table
    kern = {i for f in gpos.FeatureList.FeatureRecord if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex}
    for i in sorted(kern):
        tables = gpos.LookupList.Lookup[i].SubTable
        tables = [getattr(t, "ExtSubTable", t) for t in tables]
        yield [t for t in tables if t.LookupType == 2]


def width(value):
    return (value.XAdvance if value is not None and hasattr(value, "XAdvance") else 0) or 0


def kerning(tables, left, right):
    """The first table of a lookup that has the pair decides, as the format of fonts says."""
    for table in tables:
        if left not in table.Coverage.glyphs:
            continue
        if table.Format == 1:
            found = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
            for pair in found:
                if pair.SecondGlyph == right:
                    return width(pair.Value1)
        else:
            first = table.ClassDef1.classDefs.get(left, 0)
            second = table.ClassDef2.classDefs.get(right, 0)
            return width(table.Class1Record[first].Class2Record[second].Value1)
    return 0


def kern_table(font):
    names = font.getBestCmap()
    glyphs = [names[ord(c)] for c in KERNED if ord(c) in names]
    lookups = list(pair_tables(font))
    pairs = {}
    for left in glyphs:
        for right in glyphs:
            value = sum(kerning(tables, left, right) for tables in lookups)
            if abs(value) * 1000 >= SEEN * font["head"].unitsPerEm:
                pairs[left, right] = value
    part = KernTable_format_0()
    part.version, part.coverage, part.tupleIndex, part.kernTable = 0, 1, None, pairs
    table = newTable("kern")
    table.version, table.kernTables = 0, [part]
    return table


def rename(font, family, style):
    new = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}
    table = font["name"]
    table.names = [n for n in table.names if n.nameID in (0, 1, 2, 4, 6, 13, 14)]
    for name in table.names:
        if name.nameID in new:
            table.setName(new[name.nameID], name.nameID, name.platformID, name.platEncID, name.langID)


def cut(font):
    kern = kern_table(font)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(LETTERS))
    subsetter.subset(font)
    left = set(font.getGlyphOrder())
    kern.kernTables[0].kernTable = {p: v for p, v in kern.kernTables[0].kernTable.items() if left.issuperset(p)}
    font["kern"] = kern
    font["post"].formatType = 3.0


def main():
    archives = dict(archive(path) for path in sys.argv[1:])
    here = Path(__file__).parent
    for name, (package, inside, family, style) in FACES.items():
        font = TTFont(io.BytesIO(archives[package].extractfile(inside).read()), recalcTimestamp=False)
        cut(font)
        rename(font, family, style)
        font.save(here / name)
        print(f"{name}: {(here / name).stat().st_size:,} bytes, {font['maxp'].numGlyphs} glyphs")
    for package, held in archives.items():
        (here / f"LICENSE-{package}").write_bytes(held.extractfile("package/LICENSE_FONT").read())


main()
