#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the built-in grades as 33-point .cube files: make_luts.py FOLDER. Needs the standard library only.

A look maps R'G'B' (BT.709, full range 0..1) to R'G'B' in three steps, in this order:

1. tone curve, the same for each channel. First black is lifted and white lowered (y = black + x*(white - black)),
   then an S of strength c round the pivot p: y + c*y*(1 - y)*(y - p)*4. For c <= 0.3 its slope stays above 0.4, so
   the curve is strictly monotone and no two neighbouring steps merge.
2. saturation: the distance from luma (0.2126, 0.7152, 0.0722) is scaled. `spare` takes part of the change back where
   colours are already strong, so that skin and logos do not clip.
3. split tone: shadows move by one small offset, highlights by another. The weights are w_s = (1 - Y)^2 and
   w_h = Y^2 of the luma after step 2, times 4*Y*(1 - Y) + 0.15, so that black and white themselves hardly move.
   The offsets have zero luma: they tint and do not brighten.

Results are clipped to 0..1 and written with five decimals, red fastest. Same script, same bytes: only +, -, * are
used, never a function of the platform's mathematics library.
"""
import os
import sys

POINTS = 33
LUMA = (0.2126, 0.7152, 0.0722)

LOOKS = {
    "cinematic_warm": {
        "about": "warm light, cool shadows, a soft S curve",
        "black": 0.010, "white": 0.985, "contrast": 0.22, "pivot": 0.46,
        "saturation": 1.06, "spare": 1.00,
        "shadow": (-0.020, 0.000, 0.034), "light": (0.036, 0.006, -0.044),
    },
    "modern_vibrant": {
        "about": "clean and colourful, firm contrast, hardly any tint",
        "black": 0.000, "white": 1.000, "contrast": 0.26, "pivot": 0.48,
        "saturation": 1.30, "spare": 1.00,
        "shadow": (-0.006, 0.000, 0.010), "light": (0.008, 0.002, -0.006),
    },
    "elegant_muted": {
        "about": "quiet colours, lifted black, a breath of cool green in the shadows",
        "black": 0.030, "white": 0.965, "contrast": 0.10, "pivot": 0.50,
        "saturation": 0.78, "spare": 0.0,
        "shadow": (-0.014, 0.008, 0.012), "light": (0.012, 0.006, -0.008),
    },
}


def luma(rgb):
    return LUMA[0] * rgb[0] + LUMA[1] * rgb[1] + LUMA[2] * rgb[2]


def tone(x, look):
    y = look["black"] + x * (look["white"] - look["black"])
    return y + look["contrast"] * 4.0 * y * (1.0 - y) * (y - look["pivot"])


def saturate(rgb, look):
    y = luma(rgb)
    chroma = max(rgb) - min(rgb)
    k = 1.0 + (look["saturation"] - 1.0) * (1.0 - look["spare"] * chroma)
    return tuple(y + (c - y) * k for c in rgb)


def without_luma(offset):
    y = luma(offset)
    return tuple(c - y for c in offset)


def split(rgb, look):
    y = min(max(luma(rgb), 0.0), 1.0)
    middle = 4.0 * y * (1.0 - y) + 0.15
    dark, light = (1.0 - y) * (1.0 - y) * middle, y * y * middle
    a, b = without_luma(look["shadow"]), without_luma(look["light"])
    return tuple(c + dark * a[i] + light * b[i] for i, c in enumerate(rgb))


def grade(rgb, look):
    toned = tuple(tone(c, look) for c in rgb)
    return tuple(min(max(c, 0.0), 1.0) for c in split(saturate(toned, look), look))


def cube(name, look):
    lines = ["# SPDX-License-Identifier: Apache-2.0", "# " + look["about"], 'TITLE "%s"' % name,
             "LUT_3D_SIZE %d" % POINTS, "DOMAIN_MIN 0.0 0.0 0.0", "DOMAIN_MAX 1.0 1.0 1.0"]
    step = 1.0 / (POINTS - 1)
    for b in range(POINTS):
        for g in range(POINTS):
            for r in range(POINTS):
                lines.append("%.5f %.5f %.5f" % grade((r * step, g * step, b * step), look))
    return "\n".join(lines) + "\n"


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name, look in LOOKS.items():
        with open(os.path.join(folder, name + ".cube"), "w", newline="\n") as out:
            out.write(cube(name, look))


if __name__ == "__main__":
    main()
