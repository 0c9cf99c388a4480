#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the pictures of docs/images: a contact sheet of each template, an upright one, and the README's poster.

    tools/contact_sheets.py build/release/cli/vidgen      (needs the ffmpeg command)
"""
import os
import subprocess
import sys
import tempfile

FILMS = {
    "product_showcase": ["a steel water bottle on a mountain trail at sunrise", "--template", "product_showcase"],
    "lifestyle_ad": ['a stoneware mug by "Halden" in a sunny cafe, warm and slow', "--template", "lifestyle_ad"],
    "announcement": ['announce our new app "Lumen", minimal and modern', "--template", "announcement"],
    "upright": ["a steel water bottle on a mountain trail at sunrise", "--template", "product_showcase", "--aspect", "9:16"],
}
# Seconds of a 30 s film that show each beat with its words.
TIMES = (1.9, 5.0, 7.2, 10.5, 13.5, 18.5, 23.0, 28.5)


def still(film, seconds, size, out):
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-ss", str(seconds), "-i", film, "-frames:v", "1", "-vf",
                    f"scale={size}:flags=lanczos", "-q:v", "3", out], check=True)


def sheet(film, folder, upright, out):
    size, tile = ("216:-2", "8x1") if upright else ("480:-2", "4x2")
    for i, t in enumerate(TIMES):
        still(film, t, size, f"{folder}/{i}.png")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", f"{folder}/%d.png", "-vf", f"tile={tile}:padding=8:margin=8:color=0x111216",
                    "-frames:v", "1", "-q:v", "3", out], check=True)


def main(vidgen):
    images = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "images")
    os.makedirs(images, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, flags in FILMS.items():
            film = f"{folder}/{name}.mp4"
            subprocess.run([vidgen, "make", *flags, "--duration", "30", "--backend", "local", "--quiet", "--workspace",
                            f"{folder}/films", "--out", film], check=True, stdout=subprocess.DEVNULL)
            sheet(film, folder, name == "upright", f"{images}/{name}.jpg")
        still(f"{folder}/product_showcase.mp4", 12.5, "1280:-2", f"{images}/poster.jpg")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]))
