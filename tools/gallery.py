#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the pictures of docs/gallery.md: sheets of the painter's places and products, of palettes, of five films in three
shapes, and the README's poster.

    cmake --build build/release --target vidgen local_gallery
    tools/gallery.py build/release      (needs the ffmpeg command; three minutes)
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

IMAGES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "images")
SHEETS = ("settings_outdoors", "settings_rooms", "settings_stages", "settings_above", "products", "move")
FILMS = {
    "bottle": ["a steel water bottle on a mountain trail at sunrise", "--template", "product_showcase"],
    "mug": ['a lifestyle ad for a stoneware mug by "Halden" in a sunny cafe, warm and slow'],
    "phone": ['announce our new phone "Lumen", minimal and modern'],
    "sneakers": ["an energetic ad for red sneakers in the city at night"],
    "perfume": ['a luxurious perfume by "Aurelle", soft light, elegant'],
}
SHAPES = {"16:9": ("352:198", "4x2"), "9:16": ("176:-2", "8x1"), "1:1": ("176:-2", "8x1")}
PALETTES = {
    "sunrise": "a steel bottle on a mountain trail at sunrise", "golden": "a canvas backpack in the mountains at golden hour",
    "dusk": "a camera in the mountains at dusk", "cafe": "a ceramic mug in a cafe in the morning",
    "kitchen": "a bowl of cereal in a bright kitchen", "night city": "a red car in the city at night",
    "desert": "a leather bag in the desert at noon", "beach": "a bottle of sun cream on the beach at midday",
    "minimal light": "a minimal film about a phone", "minimal dark": "a minimal film about a phone at night",
    "blush": "a luxurious lipstick in a studio", "pop": "a loud, fun pop film about headphones in a studio",
    "graphite": "a luxury watch in a forest", "nordic": "a book in a library, calm and slow",
    "studio light": "a pair of headphones in a studio",
}


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def make(vidgen, folder, prompt, *flags):
    """The film's folder."""
    work = tempfile.mkdtemp(dir=folder)
    run(vidgen, "make", *prompt, *flags, "--backend", "local", "--quiet", "--workspace", work)
    return glob.glob(f"{work}/videos/*")[0]


def still(film, seconds, size, out):
    run("ffmpeg", "-v", "error", "-y", "-ss", f"{seconds:.3f}", "-i", f"{film}/final.mp4", "-frames:v", "1", "-vf",
        f"scale={size}:flags=lanczos", out)


def moments(film):
    """A moment of each shot at which its words stand: eight of them, the end card last."""
    with open(f"{film}/timeline.json", encoding="utf-8") as file:
        timeline = json.load(file)
    top, _, bottom = str(timeline["fps"]).partition("/")
    fps = float(top) / float(bottom or 1)
    shots = [(item["start"] + 0.62 * item["length"]) / fps for item in timeline["video"]]
    return shots[:7] + shots[-1:] if len(shots) >= 8 else shots + shots[-1:] * (8 - len(shots))


def tile(folder, count, size, out):
    inputs = [part for i in range(count) for part in ("-i", f"{folder}/{i}.png")]
    columns, rows = (int(n) for n in size.split("x"))
    run("ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex",
        "".join(f"[{i}:v]" for i in range(count)) + f"concat=n={count},tile={columns}x{rows}:padding=8:margin=8:color=0x14161a",
        "-frames:v", "1", out)


def film_sheet(vidgen, folder, name, prompt):
    rows = []
    for shape, (size, grid) in SHAPES.items():
        film = make(vidgen, folder, prompt, "--duration", "30", "--aspect", shape, "--quality", "draft")
        for i, seconds in enumerate(moments(film)):
            still(film, seconds, size, f"{folder}/{i}.png")
        rows.append(f"{folder}/{name}-{len(rows)}.png")
        tile(folder, 8, grid, rows[-1])
    inputs = [part for row in rows for part in ("-i", row)]
    run("ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex",
        "".join(f"[{i}:v]scale=1472:-2:flags=lanczos[r{i}];" for i in range(3)) + "[r0][r1][r2]vstack=inputs=3", "-frames:v", "1",
        "-q:v", "4", f"{IMAGES}/film_{name}.jpg")


def palette_sheet(vidgen, folder):
    for i, prompt in enumerate(PALETTES.values()):
        film = make(vidgen, folder, [prompt], "--duration", "6", "--quality", "draft")
        with open(f"{film}/timeline.json", encoding="utf-8") as file:
            title = json.load(file)["titles"][0]
        still(film, (title["start"] + 0.75 * title["length"]) / 30, "400:225", f"{folder}/{i}.png")
    tile(folder, len(PALETTES), "4x4", f"{folder}/palettes.png")
    run("ffmpeg", "-v", "error", "-y", "-i", f"{folder}/palettes.png", "-q:v", "4", f"{IMAGES}/palettes.jpg")


def main(build):
    vidgen = os.path.join(build, "cli", "vidgen")
    with tempfile.TemporaryDirectory() as folder:
        run(os.path.join(build, "tests", "local", "settings", "local_gallery"), folder)
        for name in SHEETS:
            run("ffmpeg", "-v", "error", "-y", "-i", f"{folder}/{name}.png", "-q:v", "4", f"{IMAGES}/{name}.jpg")
        palette_sheet(vidgen, folder)
        for name, prompt in FILMS.items():
            film_sheet(vidgen, folder, name, prompt)
        film = make(vidgen, folder, FILMS["bottle"], "--duration", "30")
        run("ffmpeg", "-v", "error", "-y", "-ss", "9.5", "-i", f"{film}/final.mp4", "-frames:v", "1", "-vf", "scale=1280:-2",
            "-q:v", "3", f"{IMAGES}/poster.jpg")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]))
