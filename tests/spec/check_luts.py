# SPDX-License-Identifier: Apache-2.0
"""The committed grades are byte for byte what tools/make_luts.py makes, and behave as their description says."""
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(sys.argv[1])
POINTS = 33


def table(path):
    rows = [line.split() for line in path.read_text().splitlines() if line[:1] in "0123456789-"]
    return [tuple(float(v) for v in row) for row in rows]


def check_look(name, rows):
    assert len(rows) == POINTS ** 3, f"{name}: {len(rows)} rows"
    at = lambda r, g, b: rows[r + POINTS * (g + POINTS * b)]
    greys = [at(i, i, i) for i in range(POINTS)]
    for i in range(1, POINTS):
        for c in range(3):
            step = (greys[i][c] - greys[i - 1][c]) * (POINTS - 1)
            assert 0.4 < step < 1.6, f"{name}: the grey ramp bands at {i}, channel {c}: slope {step}"
    for a in range(POINTS):
        for b in range(POINTS):
            for c in range(3):
                line = [at(*[i if k == c else (a, b)[(k - c) % 3 - 1] for k in range(3)])[c] for i in range(POINTS)]
                assert all(y >= x for x, y in zip(line, line[1:])), f"{name}: channel {c} falls at {a},{b}"
    return greys


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, str(root / "tools/make_luts.py"), folder], check=True)
    made = sorted(pathlib.Path(folder).glob("*.cube"))
    kept = sorted((root / "templates/luts").glob("*.cube"))
    assert [p.name for p in made] == [p.name for p in kept], "another set of files"
    for new, old in zip(made, kept):
        assert new.read_bytes() == old.read_bytes(), f"{old.name} is not what the script makes: run tools/make_luts.py"
    greys = {p.stem: check_look(p.stem, table(p)) for p in kept}

third, upper = 8, 26
warm = greys["cinematic_warm"]
assert warm[third][2] > warm[third][0] and warm[upper][0] > warm[upper][2], "warm light, cool shadows"
vibrant = greys["modern_vibrant"]
assert all(max(g) - min(g) < 0.012 for g in vibrant), "modern_vibrant keeps greys nearly grey"
muted = greys["elegant_muted"]
assert min(muted[0]) > 0.015 and max(muted[-1]) < 0.98, "elegant_muted lifts black and lowers white"
print("grades: bytes, monotony and tints as described")
