#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which branches of the money path do the tests take both ways?

    tools/coverage_money.py BUILD [FILE…] [--least 100] [--keep DIR]

BUILD is a tree of GCC with the test programs built. Only the files of tools/money_path.txt are compiled again, with clang and
its counters (source-based, clang 14), and linked in place of their objects; the rest of the programs stays as it is. So it
takes a minute, not a tree of its own. Prints every branch that was never taken, or never not taken, and the shares: as
llvm-cov counts (macros expanded: each VIDGEN_TRY is a branch) and without what stands in macros. Hidden branches of exceptions
are not counted. Ends with 1 when less than --least is taken.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

from mutate import ROOT, Tree, read_table

TARGETS = ("flow_tests", "journal_tests", "backends_tests", "pipeline_tests")
# Headers with code of their own, and a file that uses all of it.
HEADERS = ("src/pipeline/leased_journal.hpp", "src/pipeline/spending.hpp")
USERS = ("src/pipeline/runner.cpp",)
PROFILE = ("-fprofile-instr-generate", "-fcoverage-mapping")


def compile_file(tree, path, folder):
    target = next(t for t in reversed(TARGETS) if any(c.endswith("/" + path) for c in tree.commands(t)))
    words = [w for w in tree.compile(target, path) if not w.startswith(("-Wno-", "-O"))]
    made, source = os.path.join(folder, path.replace("/", "_") + ".o"), os.path.join(ROOT, path)
    if os.path.exists(made) and os.path.getmtime(made) > os.path.getmtime(source):      # of an earlier run, kept
        return made
    subprocess.run(["clang++-14", *words[1:], "-O1", *PROFILE, "-c", source, "-o", made], cwd=tree.build, check=True)
    return made


def run_target(tree, target, objects, folder):
    """Its profiles; a test that fails is said, and its counters count all the same."""
    program = os.path.join(folder, target)
    runtime = subprocess.run(["clang-14", "-print-file-name=libclang_rt.profile-x86_64.a"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    subprocess.run([*tree.link(target, objects, program), "-Wl,-u,__llvm_profile_runtime", runtime], cwd=tree.build, check=True)
    for name in os.listdir(folder):
        if name.startswith(target + "-") and name.endswith(".profraw"):
            os.remove(os.path.join(folder, name))
    env = dict(os.environ, LLVM_PROFILE_FILE=os.path.join(folder, target + "-%p.profraw"))
    with open(program + ".log", "wb") as log:
        code = subprocess.run([program, "--gtest_brief=1"], cwd=tree.build, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log).returncode
    print(f"{target}: {'passed' if code == 0 else 'FAILED, see ' + program + '.log'}", file=sys.stderr, flush=True)
    return program


def export(programs, folder, files):
    profiles = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".profraw")]
    merged = os.path.join(folder, "all.profdata")
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", *profiles, "-o", merged], check=True)
    more = [word for program in programs[1:] for word in ("-object", program)]
    out = subprocess.run(["llvm-cov-14", "export", programs[0], *more, "-instr-profile", merged, *(os.path.join(ROOT, f) for f in files)],
                         stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)["data"][0]


def branches_of(entry):
    """{(line, column, from a macro)}: [taken, not taken]; what several programs or templates counted is added up."""
    found = {}

    def add(key, branch):
        both = found.setdefault(key, [0, 0])
        both[0] += branch[4]
        both[1] += branch[5]

    for branch in entry.get("branches", []):
        add((branch[0], branch[1], False), branch)
    for place in entry.get("expansions", []):
        line, column = place["source_region"][:2]
        for number, branch in enumerate(place.get("branches", [])):
            add((line, column + number, True), branch)
    return found


def report(data, names):
    total = {False: [0, 0], True: [0, 0]}
    for entry in sorted(data["files"], key=lambda e: e["filename"]):
        path = os.path.relpath(os.path.realpath(entry["filename"]), os.path.realpath(ROOT))
        if path not in names:
            continue
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            lines = file.read().splitlines()
        missing, mine = [], [0, 0]
        for (line, column, macro), (taken, not_taken) in sorted(branches_of(entry).items()):
            sides = (taken > 0) + (not_taken > 0)
            mine[0] += sides
            mine[1] += 2
            total[macro][0] += sides
            total[macro][1] += 2
            if sides < 2:
                missing.append((line, column, "never" if not taken and not not_taken else "never true" if not taken else "never false"))
        print(f"{path:34} {mine[0]:4} of {mine[1]:4}  {100 * mine[0] / max(1, mine[1]):5.1f} %")
        for line, column, what in missing:
            print(f"    {path}:{line}:{column}: {what}: {lines[line - 1].strip()}")
    both = [total[False][i] + total[True][i] for i in (0, 1)]
    print(f"branch sides taken: {both[0]} of {both[1]}, {100 * both[0] / max(1, both[1]):.2f} % (macros expanded); "
          f"without macros {total[False][0]} of {total[False][1]}, {100 * total[False][0] / max(1, total[False][1]):.2f} %")
    return 100 * both[0] / max(1, both[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("files", nargs="*", help="parts of paths")
    parser.add_argument("--targets", default=",".join(TARGETS))
    parser.add_argument("--least", type=float, default=100, help="per cent of the branches' sides; ends with 1 below")
    parser.add_argument("--keep", default="", help="a folder for what is built and measured; what is newer than its source there is not compiled again")
    given = parser.parse_args()
    tree = Tree(os.path.abspath(given.build))
    names = [row[0] for row in read_table()] + list(HEADERS)
    names = [name for name in names if not given.files or any(part in name for part in given.files)]
    with tempfile.TemporaryDirectory(prefix="vidgen-coverage-") as folder:
        folder = os.path.abspath(given.keep) if given.keep else folder
        os.makedirs(folder, exist_ok=True)
        sources = [row[0] for row in read_table()] + list(USERS)
        targets = given.targets.split(",")
        needed = {t: [s for s in sources if any(c.endswith("/" + s) for c in tree.commands(t))] for t in targets}
        made = {s: compile_file(tree, s, folder) for s in sources if any(s in of for of in needed.values())}
        programs = [run_target(tree, t, [made[s] for s in needed[t]], folder) for t in targets]
        return int(report(export(programs, folder, names), names) < given.least)


if __name__ == "__main__":
    sys.exit(main())
