"""Makes page/world.json: countries of world-atlas (Natural Earth, 1:50 million), their borders thinned.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 thin.py package/countries-50m.json ../page/world.json

Points are taken out by Visvalingam's rule: the one whose triangle with its neighbours is smallest goes first, until
all triangles are larger than TOLERANCE square degrees. Arcs are shared between neighbours, so borders still meet.
"""

import heapq
import json
import sys

TOLERANCE = 0.0035


def absolute(arc):
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def relative(points):
    px = py = 0
    arc = []
    for x, y in points:
        arc.append([x - px, y - py])
        px, py = x, y
    return arc


def thin(points, scale):
    if len(points) <= 4:
        return points
    last = len(points) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))

    def area(i):
        a, b, c = points[before[i]], points[i], points[after[i]]
        cross = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        return abs(cross) * scale[0] * scale[1] / 2

    current = {i: area(i) for i in range(1, last)}
    heap = [(a, i) for i, a in current.items()]
    heapq.heapify(heap)
    left = len(points)
    while heap and left > 4:
        smallest, i = heapq.heappop(heap)
        if smallest > TOLERANCE:
            break
        if current.get(i) != smallest:
            continue
        del current[i]
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j in current:
                current[j] = area(j)
                heapq.heappush(heap, (current[j], j))
    kept = {0, last, *current}
    return [p for i, p in enumerate(points) if i in kept]


def main(source, target):
    with open(source, encoding="utf-8") as file:
        world = json.load(file)
    scale = world["transform"]["scale"]
    countries = [
        {"type": g["type"], "arcs": g["arcs"], "properties": {"name": g["properties"]["name"]}}
        for g in world["objects"]["countries"]["geometries"]
        if g.get("arcs")
    ]
    out = {
        "type": "Topology",
        "transform": {"scale": [round(s, 9) for s in scale], "translate": world["transform"]["translate"]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": countries}},
        "arcs": [relative(thin(absolute(arc), scale)) for arc in world["arcs"]],
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(out, file, separators=(",", ":"), ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
