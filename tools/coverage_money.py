#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Which branches of the money path do the tests take both ways?

    tools/coverage_money.py BUILD [FILE…] [--least 100] [--targets …] [--keep DIR [--again]]

BUILD is a tree of GCC with the test programs built. Only the files of tools/money_path.txt are compiled again, with
clang and its counters (source-based, clang 14), and linked in place of their objects; the rest of the programs stays as
it is. So it takes minutes, not a tree of its own. The programs are unit tests and the simulation; PostgreSQL's files
are measured where its server is installed.

Prints every side of a branch that was never taken, and the shares: as llvm-cov counts (macros expanded: each VIDGEN_TRY
is a branch) and without what stands in macros. What tools/branches-excused.txt lists, with its reason, is counted
apart. Hidden branches of exceptions are not counted. Ends with 1 when less than --least of the rest is taken.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

from mutate import ROOT, Tree, read_listed, read_table

GTEST = ["--gtest_brief=1"]
TARGETS = {"flow_tests": GTEST, "plan_tests": GTEST, "journal_tests": GTEST, "backends_tests": GTEST,
           "phases_tests": GTEST, "pipeline_tests": GTEST, "sim_tests": ["--seeds", "200", "--jobs", "1"]}
# Headers with code of their own, and a file that uses all of it.
HEADERS = ("src/pipeline/leased_journal.hpp", "src/pipeline/spending.hpp")
USERS = ("src/pipeline/runner.cpp",)
PROFILE = ("-fprofile-instr-generate", "-fcoverage-mapping")
SIDES = ("never true", "never false")


def has(tree, target, path):
    return any(line.endswith("/" + path) for line in tree.commands(target))


def compile_file(tree, target, path, folder):
    words = [w for w in tree.compile(target, path) if not w.startswith(("-Wno-", "-O"))]
    made, source = os.path.join(folder, path.replace("/", "_") + ".o"), os.path.join(ROOT, path)
    if os.path.exists(made) and os.path.getmtime(made) > os.path.getmtime(source):      # of an earlier run, kept
        return made
    subprocess.run(["clang++-14", *words[1:], "-O1", *PROFILE, "-c", source, "-o", made], cwd=tree.build, check=True)
    return made


def run_target(tree, target, objects, folder):
    """Its profile; a test that fails is said, and its counters count all the same."""
    program = os.path.join(folder, target)
    runtime = subprocess.run(["clang-14", "-print-file-name=libclang_rt.profile-x86_64.a"], stdout=subprocess.PIPE,
                             text=True, check=True).stdout.strip()
    line = [*tree.link(target, objects, program), "-Wl,-u,__llvm_profile_runtime", runtime]
    subprocess.run(line, cwd=tree.build, check=True)
    for name in os.listdir(folder):
        if name.startswith(target + "-") and name.endswith(".profraw"):
            os.remove(os.path.join(folder, name))
    profile = os.path.join(folder, target + "-%m.profraw")      # %m: what its children counted is added to it
    with open(program + ".log", "wb") as log:
        env = {**os.environ, "LLVM_PROFILE_FILE": profile}
        code = subprocess.run([program, *TARGETS[target]], cwd=tree.build, env=env, stdin=subprocess.DEVNULL,
                              stdout=log, stderr=log).returncode
    print(f"{target}: {'passed' if code == 0 else 'FAILED, see ' + program + '.log'}", file=sys.stderr, flush=True)


def export(programs, folder, files):
    profiles = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".profraw")]
    merged = os.path.join(folder, "all.profdata")
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", *profiles, "-o", merged], check=True)
    more = [word for program in programs[1:] for word in ("-object", program)]
    sources = [os.path.join(ROOT, name) for name in files]
    line = ["llvm-cov-14", "export", programs[0], *more, "-instr-profile", merged, *sources]
    return json.loads(subprocess.run(line, stdout=subprocess.PIPE, check=True).stdout)["data"][0]


def branches_of(entry):
    """{(line, column, from a macro)}: [true, false]; what several programs or templates counted is added up."""
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


class Count:
    def __init__(self):
        self.taken = self.excused = self.all = 0

    def add(self, other):
        self.taken += other.taken
        self.excused += other.excused
        self.all += other.all

    def share(self):
        return 100 * self.taken / max(1, self.all - self.excused)

    def __str__(self):
        return f"{self.taken:4} of {self.all:4}, {self.excused:2} excused  {self.share():6.2f} %"


def count_file(path, entry, excused):
    """Its sides in macros and outside of them, and a line for each that is missing."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        lines = file.read().splitlines()
    counts, missing = {False: Count(), True: Count()}, []
    for (line, column, macro), both in sorted(branches_of(entry).items()):
        text = lines[line - 1].strip()
        for side, times in zip(SIDES, both):
            counts[macro].all += 1
            if times:
                counts[macro].taken += 1
            elif (path, side, text) in excused:
                counts[macro].excused += 1
            else:
                missing.append(f"    {path}:{line}:{column}: {side}: {text}")
    return counts, missing


def report(data, names, excused):
    total = {False: Count(), True: Count()}
    entries = {os.path.relpath(os.path.realpath(e["filename"]), os.path.realpath(ROOT)): e for e in data["files"]}
    for path in sorted(set(names) & set(entries)):
        counts, missing = count_file(path, entries[path], excused)
        mine = Count()
        for macro, count in counts.items():
            mine.add(count)
            total[macro].add(count)
        print(f"{path:34} {mine}")
        print("".join(line + "\n" for line in missing), end="")
    both = Count()
    for count in total.values():
        both.add(count)
    print(f"branch sides taken: {both} (macros expanded); without macros {total[False]}")
    return both.share()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("files", nargs="*", help="parts of paths")
    parser.add_argument("--targets", default=",".join(TARGETS))
    parser.add_argument("--least", type=float, default=100, help="per cent of the branches' sides; ends with 1 below")
    parser.add_argument("--keep", default="", help="a folder for what is built and measured; what is newer than its "
                                                   "source there is not compiled again")
    parser.add_argument("--again", action="store_true", help="run nothing: report what --keep has")
    given = parser.parse_intermixed_args()
    tree = Tree(os.path.abspath(given.build))
    paths = [path for path, _ in read_table()]
    names = [n for n in paths + list(HEADERS) if not given.files or any(part in n for part in given.files)]
    with tempfile.TemporaryDirectory(prefix="vidgen-coverage-") as folder:
        folder = os.path.abspath(given.keep) if given.keep else folder
        os.makedirs(folder, exist_ok=True)
        targets = given.targets.split(",")
        needed = {t: [s for s in paths + list(USERS) if has(tree, t, s)] for t in targets}
        of = {source: target for target, some in needed.items() for source in some}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            made = dict(zip(of, pool.map(lambda s: compile_file(tree, of[s], s, folder), of)))
        programs = [os.path.join(folder, t) for t in targets]
        for target in targets if not given.again else []:
            run_target(tree, target, [made[s] for s in needed[target]], folder)
        excused = read_listed("branches-excused.txt")
        return int(report(export(programs, folder, names), names, excused) < given.least)


if __name__ == "__main__":
    sys.exit(main())
