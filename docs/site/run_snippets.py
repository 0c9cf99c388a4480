#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs every python, c, cpp and sh block of the documentation, as its readers would; README.md beside this says how.

    run_snippets.py --package DIR_WITH_vidgen --bin VIDGEN_PROGRAM --include INC --lib LIBDIR [PAGE...]

INC may be repeated; without it, the headers are those of the sources. Ends with 1 when a block fails, is of a language that
nobody runs, or is not run without a reason.
"""
import argparse
import concurrent.futures
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

SITE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(SITE, "..", ".."))
SOURCES = (os.path.join(ROOT, "capi", "include"), os.path.join(ROOT, "include"))
RUN = ("python", "c", "cpp", "sh")
SHOWN = ("text", "json", "toml", "cmake", "ini", "{toctree}", "{drawing}", "{errc}", "{doxygenfile}", "{eval-rst}")
# Pages that others test: by whom.
ELSEWHERE = {"README.md": "tests/tools/readme_test.py and tests/python/test_real_readme.py run it"}
PATIENCE = 600  # seconds that one program or compiler may take
PROMPT = "a ceramic mug on a walnut desk, morning light"
KEYS = ("VIDGEN_", "REPLICATE_", "OPENAI_", "RUNWAYML_", "FAL_", "COMFYUI_")
CAPTIONS = "1\n00:00:00,500 --> 00:00:02,000\nGood morning\n"

# Runs the blocks of a page as one program: argv[1] names a list of blocks, argv[2] takes what each printed.
DRIVER = r"""
import contextlib, io, json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    work = json.load(file)
names, printed = {"__name__": "__main__", "page": work["page"]}, {}
try:
    for block in work["blocks"]:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile("\n" * block["line"] + block["text"], work["name"], "exec"), names)
        printed[block["line"]] = said.getvalue()
finally:
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(printed, file)
"""


class Block(NamedTuple):
    page: str
    line: int  # of its first fence; the text begins on the next
    language: str  # "python" …, "test", "prints"
    text: str
    notes: dict  # "not run", "run with", "own workspace" …: the comments before it

    @property
    def place(self):
        return f"{self.page}:{self.line}"


class Failure(Exception):
    pass


# ---- pages to blocks

def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def pages_of_site():
    for folder, _, names in sorted(os.walk(SITE)):
        yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(".md"))


def blocks_of(path):
    """All blocks of a page, those of pages that it includes among them. Failure for what nobody runs."""
    lines = read(path).split("\n")
    page = os.path.relpath(path, ROOT)
    found, notes, at = [], {}, 0
    while at < len(lines):
        line, start = lines[at].strip(), at + 1
        at += 1
        if fence := re.match(r"(`{3,}|~{3,}|:{3,})\s*(\S*)\s*(.*)$", line):
            end = next((i for i in range(at, len(lines)) if lines[i].strip() == fence[1]), None)
            if end is None:
                raise Failure(f"{page}:{start}: the block has no end")
            found += fenced(path, Block(page, start, fence[2], "\n".join(lines[at:end]) + "\n", notes), fence[3])
            at, notes = end + 1, {}
        elif line == "<!-- test":
            end = lines.index("-->", at)
            found.append(Block(page, start, "test", "\n".join(lines[at:end]) + "\n", {}))
            at = end + 1
        elif comment := re.match(r"<!-- (not run|run with|own workspace|needs|prints)(?:: (.+))? -->$", line):
            if (comment[1] in ("prints", "own workspace")) == bool(comment[2]):
                raise Failure(f"{page}:{start}: this comment lacks its reason, or has one too many: {line}")
            notes[comment[1]] = comment[2] or ""
        elif re.match(r"<!-- ?(not run|run with|own workspace|needs|prints|test)", line):
            raise Failure(f"{page}:{start}: this comment is none that is known: {line}")
        elif line:
            notes = {}
    return found


def fenced(path, block, argument):
    """What a fenced block comes to: one block, none, or those of the page that it includes."""
    beside = os.path.join(os.path.dirname(path), argument)
    if block.language == "{include}":
        return blocks_of(os.path.normpath(beside))
    if block.language == "{literalinclude}":
        language = re.search(r"^:language: (\w+)$", block.text, re.M)
        if not language or language[1] not in RUN:
            return []
        # Shown in part, run as a whole.
        return [Block(os.path.relpath(beside, ROOT), 0, language[1], read(beside), block.notes)]
    if block.language == "text" and "prints" in block.notes:
        return [block._replace(language="prints")]
    if block.language in RUN:
        return [block]
    if block.language in SHOWN or (block.language == "" and not path.startswith(SITE)):
        return []
    raise Failure(f"{block.place}: blocks are one of {', '.join(RUN + SHOWN[:5])}, not \"{block.language}\"")


# ---- running them

class Runner:
    def __init__(self, given, folder):
        self.given, self.folder = given, folder
        self.printed = {}  # by block: what it printed
        self.programs = {}  # by text: the future of a compiled program
        self.pool = concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 1)
        self.environment = environment(given, folder)

    def call(self, argv, what, **variables):
        try:
            done = subprocess.run(argv, cwd=self.folder, env=self.environment | variables, text=True, check=False,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure(f"{what} was not done within {PATIENCE} s") from None
        if done.returncode:
            raise Failure(f"{what} ended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def prepare(self):
        """What the pages' programs find in their folder."""
        vidgen = self.given.bin
        self.call([vidgen, "make", PROMPT, "--duration", "3", "--quality", "draft", "--quiet", "--out", "a.mp4"], "the first film")
        shutil.copy(os.path.join(self.folder, "a.mp4"), os.path.join(self.folder, "b.mp4"))
        self.call([vidgen, "assemble", "a.mp4", "b.mp4", "-o", "clip.mp4", "--size", "1280x720", "--fps", "24",
                   "--preset", "ultrafast"], "clip.mp4")
        jobs = os.path.join(self.folder, "films", "videos")
        shutil.copy(os.path.join(jobs, os.listdir(jobs)[0], "poster.png"), os.path.join(self.folder, "photo.png"))
        with open(os.path.join(self.folder, "captions.srt"), "w", encoding="utf-8") as file:
            file.write(CAPTIONS)
        shutil.copytree(os.path.join(ROOT, "examples", "c", "stock"), os.path.join(self.folder, "stock"))

    def compiled(self, block):
        """The future of a program, begun at most once a text."""
        key = (block.language, block.text)
        if key not in self.programs:
            self.programs[key] = self.pool.submit(self.compile, block)
        return self.programs[key]

    def compile(self, block):
        """Nothing that ccache sees depends on the folder."""
        text = f'#line {block.line + 1} "{block.page}"\n' + block.text
        name = "program_" + hashlib.sha256(text.encode()).hexdigest()[:12]
        with open(os.path.join(self.folder, f"{name}.{block.language}"), "w", encoding="utf-8") as file:
            file.write(text)
        compiler = ["cc", "-std=c99", "-D_POSIX_C_SOURCE=200809L"] if block.language == "c" else ["c++", "-std=c++20"]
        cached = ["ccache"] if shutil.which("ccache") else []
        self.call([*cached, *compiler, "-O0", "-Wall", "-Wextra", "-Werror", '-DSTOCK_MODELS="stock"',
                   *[f"-I{folder}" for folder in self.given.include], "-c", f"{name}.{block.language}", "-o", f"{name}.o"],
                  f"{block.place}: the compiler")
        libraries = ["-lvidgen-local"] if re.search(r"\blocal_backend\(", block.text) else []
        self.call([compiler[0], f"{name}.o", "-o", name, f"-L{self.given.lib}", *libraries, "-lvidgen",
                   f"-Wl,-rpath,{self.given.lib}"], f"{block.place}: the linker")
        return os.path.join(self.folder, name)

    def run(self, blocks):
        """The blocks of one page, in order; what was skipped, and why. Failure with the first that does not do."""
        skipped = []
        python = [block for block in blocks if block.language in ("python", "test")]
        for i, block in enumerate(python):
            missing = [name for name in block.notes.get("needs", "").split() if not importlib.util.find_spec(name)]
            if missing:
                skipped.append(f"Python from line {block.line} on skipped: {', '.join(missing)} is not installed")
                python = python[:i]
                break
        self.run_python([block for block in python if "not run" not in block.notes])
        for block in blocks:
            if block.language not in ("c", "cpp", "sh") or "not run" in block.notes:
                continue
            if not block.line and (block.page, 0) in self.printed:
                continue  # an example that is shown in several parts
            argv = ["bash", "-euo", "pipefail", "-c", block.text] if block.language == "sh" else [
                self.compiled(block).result(), *block.notes.get("run with", "").split()]
            workspace = "films_of_its_own" if "own workspace" in block.notes else "films"
            self.printed[block.page, block.line] = self.call(argv, block.place, VIDGEN_WORKSPACE=workspace)
        self.compare(blocks)
        return skipped

    def run_python(self, blocks):
        if not blocks:
            return
        page = blocks[0].page
        work = {"name": os.path.join(ROOT, page), "page": read(os.path.join(ROOT, page)),
                "blocks": [{"line": block.line, "text": block.text} for block in blocks]}
        todo, told = (os.path.join(self.folder, name) for name in ("blocks.json", "printed.json"))
        with open(todo, "w", encoding="utf-8") as file:
            json.dump(work, file)
        self.call([sys.executable, "-X", "faulthandler", "-c", DRIVER, todo, told], page)
        self.printed.update({(page, int(line)): text for line, text in json.loads(read(told)).items()})

    def compare(self, blocks):
        """Each text of `prints` with what the block above it printed."""
        above = None
        for block in blocks:
            if block.language == "prints":
                printed = self.printed.get((above.page, above.line)) if above else ""
                pattern = ".*".join(re.escape(part) for part in block.text.strip().split("…"))
                if printed is not None and not re.fullmatch(pattern, printed.strip(), re.S):
                    raise Failure(f"{block.place}: the page says that it prints\n{block.text}and it prints\n{printed}")
            elif block.language in RUN:
                above = block


def environment(given, folder):
    """A reader's: no keys, no settings, no network."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(KEYS)}
    nowhere = "http://127.0.0.1:9"
    kept.update(VIDGEN_WORKSPACE="films", HOME=folder, XDG_CONFIG_HOME=os.path.join(folder, ".config"), PYTHONPATH=given.package,
                PYTHONDONTWRITEBYTECODE="1", HTTPS_PROXY=nowhere, HTTP_PROXY=nowhere, LANG="C.UTF-8",
                CCACHE_DIR=os.environ.get("CCACHE_DIR", os.path.expanduser("~/.cache/ccache")),
                PATH=os.path.dirname(given.bin) + os.pathsep + os.environ["PATH"])
    return kept


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", required=True, help="the folder that holds the Python package vidgen")
    parser.add_argument("--bin", required=True, help="the program vidgen")
    parser.add_argument("--include", action="append", help="where vidgen.h and vidgen/ are")
    parser.add_argument("--lib", required=True, help="where libvidgen.so is")
    parser.add_argument("pages", nargs="*")
    given = parser.parse_args()
    given.include = [os.path.abspath(folder) for folder in given.include or SOURCES]
    for name in ("package", "bin", "lib"):
        setattr(given, name, os.path.abspath(getattr(given, name)))
    return given


def summary(blocks, printed, skipped, seconds):
    ran = {(block.page, block.line) for block in blocks if block.language in RUN} & printed.keys()
    parts = [f"{len(ran)} run, {seconds:.1f} s"] + skipped
    parts += [f"line {block.line} not run: {block.notes['not run']}" for block in blocks if "not run" in block.notes]
    return "; ".join(parts)


def main():
    given, started, failed = arguments(), time.monotonic(), 0
    paths = [os.path.abspath(path) for path in given.pages] or [*pages_of_site(), os.path.join(ROOT, "README.md")]
    with tempfile.TemporaryDirectory(prefix="vidgen-docs-") as folder:
        runner = Runner(given, folder)
        work = {}
        for path in paths:
            page = os.path.relpath(path, ROOT)
            if page in ELSEWHERE:
                print(f"ok    {page}: {ELSEWHERE[page]}")
                continue
            try:
                work[page] = blocks_of(path)
            except Failure as why:
                print(f"FAIL  {why}")
                failed += 1
        for block in (block for blocks in work.values() for block in blocks):
            if block.language in ("c", "cpp") and "not run" not in block.notes:
                runner.compiled(block)  # begun now, in the background
        runner.prepare()
        for page, blocks in work.items():
            begun = time.monotonic()
            try:
                skipped = runner.run(blocks)
            except Failure as why:
                print(f"FAIL  {page}: {why}", flush=True)
                failed += 1
                continue
            if blocks:
                print(f"ok    {page}: {summary(blocks, runner.printed, skipped, time.monotonic() - begun)}", flush=True)
        runner.pool.shutdown(cancel_futures=True)
    print(f"{failed} failed, {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
