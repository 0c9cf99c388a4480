#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the money path on purpose, one small change at a time, and asks the tests whether they notice.

    tools/mutate.py BUILD [FILE…] [--sample N] [--seed 1] [--lines 10-40] [--again REPORT.json] [--least 90] [--jobs 1]
                    [--killers 1] [--list] [--out REPORT.json]

BUILD is a tree with the test programs built (VIDGEN_TESTS=ON). Nothing in it and nothing in the source is changed: a
mutant is compiled to a folder of its own, without optimisation, and linked with the tree's other objects in place of
the object that it stands for. FILE is a path or a part of one; without any, all of tools/money_path.txt are taken,
which says what tests a file: one program, or several in turn until one of them notices (--killers: so many of them).

A mutant is killed when a test fails, crashes, or takes several times as long as it should; `not built` ones count for
nothing. A survivor is either a test that is missing, or equivalent: tools/mutants-equivalent.txt lists those, each with
its reason, by their line's text, so that they stay found when lines move. Ends with 1 when less than --least per cent
are killed of the rest.
"""
import argparse
import concurrent.futures
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+",
         "*": "/", "/": "*", "+=": "-=", "-=": "+=", "%": "*"}
BINARY = re.compile(r"(?<= )(<=|>=|==|!=|&&|\|\||\+=|-=|<|>|\+|-|\*|/|%)(?= )")
NUMBER = re.compile(r"(?<![\w.'])(0x[0-9a-fA-F']+|\d[\d']*)([uUlL]*)(?![\w.'])")
CONDITION = re.compile(r"\b(?:if|while) \(")
WORDS = (("std::min", "std::max"), ("std::max", "std::min"),
         ("return true", "return false"), ("return false", "return true"),
         ("++", "--"), ("continue;", "break;"), ("any_of", "all_of"), ("all_of", "any_of"))
ENUM = re.compile(r"\b([A-Z]\w*)::([a-z]\w*)\b(?![(:<])")
STATEMENT = re.compile(r"^\s+(?!return\b|co_return\b|using\b|case\b|default\b|else\b|for\b|do\b|template\b|"
                       r"static_assert\b|break;|throw\b)"
                       r"(?:if \([^;]*\) )?[\w(*:+\-][^;{}]*;\s*$")
# A name's first mention: dropping it only stops the file from being built.
DECLARES = re.compile(r"^\s+(?:const |constexpr |static )*(?:auto\b|[\w:]+(?:<[^;=]*>)?[&*]?) "
                      r"[&*]?\w+(?: = .*|\(.*\)|\[.*|\{.*)?;\s*$|VIDGEN_TRY|VIDGEN_CO_TRY|std::lock_guard")

NO_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<!\d)\'(?:\\.|[^\'\\\n])+\'|^[ \t]*#[^\n]*',
                     re.S | re.M)


def blanked(text):
    """The same text with comments, strings and preprocessor lines as blanks: what is not code changes nothing."""
    out = list(text)
    for found in NO_CODE.finditer(text):
        for at in range(found.start(), found.end()):
            if out[at] != "\n":
                out[at] = " " if text[found.start()] in "/#" or text[at] == " " else "_"
    return "".join(out)


def closing(code, at):
    """Where the bracket that opens at `at` is closed."""
    depth = 0
    for i in range(at, len(code)):
        depth += {"(": 1, ")": -1}.get(code[i], 0)
        if depth == 0:
            return i
    return -1


def mutants_of(text):
    """(start, end, new text, what) of each."""
    code, out = blanked(text), []
    for m in BINARY.finditer(code):
        if m[1] in "<>*" and re.search(r"template <|operator", code[code.rfind("\n", 0, m.start()) + 1:m.start()]):
            continue
        out.append((m.start(1), m.end(1), SWAPS[m[1]], f"{m[1]} to {SWAPS[m[1]]}"))
    for m in NUMBER.finditer(code):
        value = int(m[1].replace("'", ""), 0)
        for new in (value + 1, value - 1) if value else (1,):
            out.append((m.start(1), m.end(1), str(new), f"{m[1]} to {new}"))
    for m in CONDITION.finditer(code):
        end = closing(code, m.end() - 1)
        semicolon = code.rfind(";", m.end(), end)           # if (init; condition)
        start = m.end() if semicolon < 0 else semicolon + 1
        if end > 0 and not re.search(r"\b(auto|const)\b", code[start:end].split("=")[0]):
            out.append((start, end, f" !({text[start:end].strip()})", "condition negated"))
    for old, new in WORDS:
        for m in re.finditer(re.escape(old) + (r"\b" if old[-1].isalpha() else ""), code):
            out.append((m.start(), m.end(), new, f"{old} to {new}"))
    names = {}
    for m in ENUM.finditer(code):
        names.setdefault(m[1], set()).add(m[2])
    for m in ENUM.finditer(code):
        others = sorted(names[m[1]])
        if len(others) > 1 and not re.match(r"\s*case\s", code[code.rfind("\n", 0, m.start()) + 1:]):
            new = others[(others.index(m[2]) + 1) % len(others)]
            out.append((m.start(2), m.end(2), new, f"{m[0]} to {new}"))
    at = 0
    for line in code.splitlines(True):
        what = ""
        if re.match(r"^\s+if \(.*\) (co_)?return\b.*;\s*$", line) or re.search("VIDGEN_(CO_)?CHECK", line):
            what = "check dropped"
        elif STATEMENT.match(line) and line.count("(") == line.count(")") and not DECLARES.match(line):
            what = "statement dropped"
        if what:
            out.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip()), ";", what))
        at += len(line)
    return sorted(set(out))


class Tree:
    """How the built tree compiles a file and links a test program."""

    def __init__(self, build):
        self.build = build
        self.known = {}

    def commands(self, target):
        if target not in self.known:
            words = ["ninja", "-C", self.build, "-t", "commands", target]
            run = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
            self.known[target] = [line for line in run.stdout.splitlines() if not line.startswith("ninja:")]
        return self.known[target]

    def compile(self, target, path):
        line = next(c for c in self.commands(target) if c.endswith("/" + path) and " -c " in c)
        words = shlex.split(line)
        words = words[1:] if words[0].endswith("ccache") else words
        words = words[:words.index("-c")]
        for name in ("-MT", "-MF", "-o"):
            at = words.index(name)
            del words[at:at + 2]
        dropped = ("-MD", "-O2", "-O3", "-Winvalid-pch", "-Wall", "-Wextra")
        words = [w for w in words if w not in dropped]
        while "-include" in words:                          # the tree's own precompiled header has other options
            at = words.index("-include")
            del words[at:at + 2]
        return words + ["-w", "-O0"]

    def link(self, target, objects, out):
        line = self.commands(target)[-1].removeprefix(": && ").removesuffix(" && :")
        words = shlex.split(line)
        at = words.index("-o")
        words[at + 1] = out
        return words[:at] + objects + words[at:]


class Killer:
    """A test program of the tree with its arguments, linked anew with a mutant in it."""

    def __init__(self, tree, target, arguments, folder):
        self.tree, self.target, self.folder = tree, target, folder
        # What is not GoogleTest's says itself what it takes.
        self.arguments = arguments if target == "sim_tests" else ["--gtest_fail_fast", "--gtest_brief=1", *arguments]
        self.limit = self.took = 600.0

    def __str__(self):
        return " ".join([self.target, *self.arguments])

    def verdict(self, made, name):
        program = os.path.join(self.folder, name + "-" + self.target)
        try:
            if not quietly(self.tree.link(self.target, [made], program), self.tree.build):
                return "not built"
            return self.run(program)
        finally:
            if os.path.exists(program):
                os.remove(program)

    def run(self, program):
        """With a group of its own: what a test starts ends with it."""
        child = subprocess.Popen([program, *self.arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            return "survived" if child.wait(self.limit) == 0 else "killed"
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            child.wait()
            return "killed"

    def time(self, made):
        """How long it takes when nothing is wrong; a mutant may take several times as long."""
        began = time.monotonic()
        state = self.verdict(made, "whole")
        self.took = time.monotonic() - began
        self.limit = 4 * self.took + 20
        return state


def quietly(words, folder):
    return subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


class Bench:
    """One file: its headers compiled once, its tests' times, and its mutants one after another."""

    def __init__(self, tree, path, killers, folder):
        self.tree, self.path = tree, path
        self.folder = tempfile.mkdtemp(dir=folder)
        self.killers = [Killer(tree, target, arguments, self.folder) for target, arguments in killers]
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            self.text = file.read()
        self.words = tree.compile(self.killers[0].target, path)
        self.head = os.path.join(self.folder, "head.hpp")
        with open(self.head, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in self.text.splitlines() if line.startswith("#include"))
        line = [*self.words, "-x", "c++-header", self.head, "-o", self.head + ".gch"]
        subprocess.run(line, cwd=tree.build, check=True)
        made = self.compile(self.text, "whole")
        for killer in self.killers:
            state = killer.time(made)
            if state != "survived":
                raise SystemExit(f"{path}: {killer} does not pass even without a change: {state}")

    def compile(self, text, name):
        source, made = (os.path.join(self.folder, name + end) for end in (".cpp", ".o"))
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        built = quietly([*self.words, "-include", self.head, "-c", source, "-o", made], self.tree.build)
        os.remove(source)
        return made if built else ""

    def verdict(self, text, name):
        """Of the first killer that notices, and its name."""
        made = self.compile(text, name)
        if not made:
            return "not built", ""
        try:
            for killer in self.killers:
                state = killer.verdict(made, name)
                if state != "survived":
                    return state, killer.target
            return "survived", ""
        finally:
            os.remove(made)

    def mutate(self, number, mutant):
        start, end, new, what = mutant
        state, by = self.verdict(self.text[:start] + new + self.text[end:], str(number))
        line = self.text.count("\n", 0, start) + 1
        return {"file": self.path, "line": line, "column": start - self.text.rfind("\n", 0, start), "what": what,
                "text": line_of(self.text, start), "state": state, "by": by}


def read_table():
    """(path, [(test program, its arguments)…])"""
    with open(os.path.join(ROOT, "tools", "money_path.txt"), encoding="utf-8") as file:
        rows = [line.split(None, 1) for line in file if line.strip() and not line.startswith("#")]
    return [(path, [(w[0], w[1:]) for w in map(str.split, killers.split(" | "))]) for path, killers in rows]


def read_listed(name):
    """file @ what @ the line's text @ why"""
    out = {}
    with open(os.path.join(ROOT, "tools", name), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                path, what, text, why = (part.strip() for part in line.split(" @ "))
                out[(path, what, text)] = why
    return out


def line_of(text, at):
    return text[text.rfind("\n", 0, at) + 1:].split("\n", 1)[0].strip()


def survivors(report):
    """Of an earlier run, by what they are and not by where they stood."""
    with open(report, encoding="utf-8") as file:
        return {(one["file"], one["what"], one["text"]) for one in json.load(file) if one["state"] == "survived"}


def chosen(rows, given):
    for path, killers in rows:
        if given.files and not any(part in path for part in given.files):
            continue
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            text = file.read()
        found = list(enumerate(mutants_of(text)))
        if given.lines:
            first, last = (int(n) for n in given.lines.split("-"))
            found = [m for m in found if first <= text.count("\n", 0, m[1][0]) + 1 <= last]
        if given.again:
            found = [m for m in found if (path, m[1][3], line_of(text, m[1][0])) in survivors(given.again)]
        if given.sample and len(found) > given.sample:
            found = sorted(random.Random(f"{given.seed}/{path}").sample(found, given.sample))
        yield path, killers, found


def report(found, equivalent):
    for one in found:
        if one["state"] != "survived":
            continue
        one["why"] = equivalent.get((one["file"], one["what"], one["text"]), "")
        if not one["why"]:
            print(f"{one['file']}:{one['line']}:{one['column']}: survived: {one['what']}: {one['text']}")
    print(f"\n{'file':34} mutants killed survived equivalent not-built  killed")
    for path in [*dict.fromkeys(one["file"] for one in found), "all"]:
        some = [one for one in found if path in (one["file"], "all")]
        count = lambda state: sum(one["state"] == state for one in some)
        same = sum(bool(one.get("why")) for one in some)
        left = count("survived") - same
        share = 100 * count("killed") / max(1, count("killed") + left)
        print(f"{path:34} {len(some):7} {count('killed'):6} {left:8} {same:10} {count('not built'):9} {share:6.1f} %")
    return share


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sample", type=int, default=0, help="so many mutants a file at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", default="")
    parser.add_argument("--again", default="", help="only what survived in that report")
    parser.add_argument("--killers", type=int, default=9, help="so many of a file's test programs, the first ones")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--least", type=float, default=90)
    parser.add_argument("--list", action="store_true", help="say what would be done")
    parser.add_argument("--out", default="")
    given = parser.parse_intermixed_args()
    found, tree = [], Tree(os.path.abspath(given.build))
    with (tempfile.TemporaryDirectory(prefix="vidgen-mutants-") as folder,
          concurrent.futures.ThreadPoolExecutor(given.jobs) as pool):
        for path, killers, mutants in chosen(read_table(), given):
            if given.list:
                print(f"{path}: {len(mutants)} mutants, tested by {', '.join(target for target, _ in killers)}")
                continue
            bench = Bench(tree, path, killers[:given.killers], folder)
            some = list(pool.map(lambda m: bench.mutate(*m), mutants))
            found += some
            left = sum(one["state"] == "survived" for one in some)
            took = " and ".join(f"{killer.took:.1f} s" for killer in bench.killers)
            print(f"{path}: {len(some)} mutants, {left} survived; its tests take {took}", file=sys.stderr, flush=True)
            if given.out:
                with open(given.out, "w", encoding="utf-8") as file:
                    json.dump(found, file, indent=1)
    return 0 if given.list else int(report(found, read_listed("mutants-equivalent.txt")) < given.least)


if __name__ == "__main__":
    sys.exit(main())
