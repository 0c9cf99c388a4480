#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the shared libraries show: symbols_test.py ROOT LIBVIDGEN [LIBVIDGEN_LOCAL].

libvidgen shows vg_* and the versioned C++ names, each in its node of the version script; every function that a header
declares is there; and the library is not larger than it may be.
"""
import os
import re
import subprocess
import sys

LARGEST = 10 << 20
CPP = re.compile(r"(typeinfo for |typeinfo name for |vtable for )?vidgen::v\d+_\d+_boost[\d_]+::")


def shown(path):
    text = subprocess.run(["nm", "-D", "--defined-only", "--with-symbol-versions", "-C", path], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    for line in text.splitlines():
        name = line.split(" ", 2)[2]
        yield re.sub(r"@@?\w+(\.\w+)*$", "", name), name


def declared(root):
    folder = os.path.join(root, "capi/include/vidgen/c")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            yield from re.findall(r"^VG_API [^(]*?\b\**(vg_\w+)\(", f.read(), re.M)


def main(root, library, local=None):
    bad = []
    c_names = set()
    for name, full in shown(library):
        if re.fullmatch(r"VIDGEN_[\d.]+", name):
            continue
        if name.startswith("vg_"):
            c_names.add(name)
        elif not CPP.match(name):
            bad.append("libvidgen shows " + name)
        if "@@VIDGEN_" not in full:
            bad.append(name + " is in no node of vidgen.map")
    wanted = set(declared(root))
    bad += ["declared and not there: " + name for name in sorted(wanted - c_names)]
    bad += ["there and not declared: " + name for name in sorted(c_names - wanted)]
    size = os.path.getsize(os.path.realpath(library))
    if size > LARGEST and not os.environ.get("VIDGEN_ANY_SIZE"):
        bad.append("libvidgen has %d bytes, more than %d" % (size, LARGEST))
    if local:
        for name, _ in shown(local):
            if not re.match(r"VIDGEN_LOCAL_[\d.]+$|vidgen_local_module$|vidgen::v\w+::local_(backend|titles)", name):
                bad.append("libvidgen-local shows " + name)
    for line in bad:
        print(line)
    print("%d functions of C, %d bytes" % (len(c_names), size))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
