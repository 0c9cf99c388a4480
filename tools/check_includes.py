#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proves the ranks of the rooms: a file includes only rooms of a lower rank and its own.

    tools/check_includes.py [ROOT]

Reads every C and C++ file under include/, src/, cli/, capi/ and python/ and complains about
  - an include of a room of the same or a higher rank, or of a room that is in no row below;
  - a third-party header where its row does not allow it;
  - a standard or system header that does input or output in a pure room;
  - an include that no file of the project, no row and no generated header answers to.
Exit status 0 when all is well, else 1 with one line a complaint: "file:line: what".
"""
import os
import re
import sys

# Rank by room. src/local with all its folders is one room.
RANKS = {
    "include": 0,
    "base": 1,
    "spec": 2, "plan": 2, "timeline": 2, "flow": 2,
    "net": 3, "av": 3, "journal": 3, "store": 3,
    "backends": 4, "media": 4, "local": 4,
    "phases": 5,
    "pipeline": 6,
    "cli": 7, "capi": 7, "python": 7,
}
FOLDERS = ("include", "src", "cli", "capi", "python")
SOURCES = (".hpp", ".cpp", ".h", ".c", ".cc", ".def")

# Third-party headers: pattern, the rooms that may include them, and whether only their .cpp files may.
ASIO_WORDS = "any_completion_executor any_completion_handler any_io_executor async_result awaitable".split()
COROUTINES = ("base", "journal", "store", "net", "backends", "media", "local", "phases", "pipeline", "cli", "capi",
              "python")
THIRD_PARTY = [
    (r"boost/asio/(%s)\.hpp" % "|".join(ASIO_WORDS), ("include",) + COROUTINES, False),
    (r"boost/asio/.+", COROUTINES, False),
    (r"boost/beast(/.+|\.hpp)", ("net",), True),
    (r"curl/.+", ("net",), True),
    (r"simdjson\.h", ("base",), True),
    (r"openssl/.+", ("base", "net"), True),
    (r"absl/.+", ("base",), True),
    (r"(libav|libsw)[a-z]+/.+", ("av",), True),
    (r"sqlite3\.h|libpq-fe\.h", ("journal",), True),
    (r"hwy/.+", ("media",), False),
    (r"ebur128\.h", ("media", "local"), True),
    (r"opencv2/.+|ass/.+", ("media",), True),
    (r"cairo[a-z0-9-]*\.h|pango/.+|fluidsynth\.h|kiss_fftr?\.h|fontconfig/.+", ("local",), False),
    (r"CLI/.+|toml\+\+/.+", ("cli",), False),
    (r"pybind11/.+|Python\.h", ("python",), False),
]
# Headers that stand for third-party ones: they may include them, and only .cpp files of their room may include them.
WRAPPERS = ("src/av/compat.hpp", "src/journal/libpq.hpp")
# The compiler's own: vector instructions, in files that have a scalar twin.
INTRINSICS = re.compile(r"(emmintrin|immintrin|smmintrin|tmmintrin|xmmintrin|arm_neon)\.h")
# A system header is one without a folder, or of the operating system.
SYSTEM = re.compile(r"[a-z_0-9]+|(c?[a-z_0-9]+)\.h|(sys|linux|netinet|arpa|net)/[a-z_0-9]+\.h")
SYSTEM_H = set("""assert complex ctype dirent dlfcn errno fcntl fenv float glob grp inttypes limits locale malloc math
netdb poll pthread pwd sched setjmp signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string
strings syslog termios time unistd wchar wctype""".split())
# The pure rooms decide and compute; they read no file and start no thread. Two files of theirs load folders of data.
PURE = ("spec", "plan", "timeline", "flow")
IO = re.compile(r"(fstream|iostream|filesystem|thread|mutex|future|condition_variable)|(unistd|fcntl|dirent)\.h|sys/.+")
IO_PROJECT = ("base/files.hpp", "base/offload.hpp")
LOADERS = ("src/spec/template_folder.cpp", "src/plan/model_set.cpp")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)


def room_of(path):
    """The room of a file, by its path below the root: src/av/x.cpp is in av, include/vidgen/x.hpp in include."""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else parts[0]


def files_of(root):
    for folder in FOLDERS:
        for place, dirs, names in os.walk(os.path.join(root, folder)):
            dirs.sort()
            for name in sorted(names):
                if name.endswith(SOURCES):
                    yield os.path.relpath(os.path.join(place, name), root).replace(os.sep, "/")


def target_of(root, path, text):
    """The project file that an include means, or None."""
    beside = os.path.normpath(os.path.join(os.path.dirname(path), text)).replace(os.sep, "/")
    for candidate in (beside, "include/" + text, "src/" + text, "capi/include/" + text, text):
        if os.path.isfile(os.path.join(root, candidate)):
            return candidate
    return None


def is_system(text):
    if not SYSTEM.fullmatch(text):
        return False
    return not text.endswith(".h") or "/" in text or text[:-2] in SYSTEM_H


def check_third_party(path, room, text):
    """A complaint, or None; and whether any row knows the header."""
    known = False
    for pattern, rooms, sources_only in THIRD_PARTY:
        if re.fullmatch(pattern, text):
            known = True
            if room in rooms:
                if sources_only and not path.endswith((".cpp", ".cc", ".c")) and path not in WRAPPERS:
                    return "<%s> may be included by .cpp files only" % text, True
                return None, True
    return ("<%s> is not for %s" % (text, room) if known else None), known


def check_project(path, room, target):
    theirs = room_of(target)
    if target in WRAPPERS and not (theirs == room and path.endswith(".cpp")):
        return "%s may be included by .cpp files of its own room only" % target
    if theirs == room:
        return None
    if theirs not in RANKS:
        return "%s is in no room that has a rank" % target
    if RANKS[theirs] == RANKS[room]:
        return "%s (rank %d) and %s have the same rank and never see each other" % (room, RANKS[room], theirs)
    if RANKS[theirs] > RANKS[room]:
        return "%s (rank %d) includes %s (rank %d)" % (room, RANKS[room], theirs, RANKS[theirs])
    return None


def check_include(root, path, text):
    room = room_of(path)
    if room not in RANKS:
        return "%s is in no room that has a rank" % path
    pure = room in PURE and path not in LOADERS
    if pure and (IO.fullmatch(text) or text in IO_PROJECT):
        return "%s is pure: it may not include %s" % (room, text)
    target = target_of(root, path, text)
    if target:
        return check_project(path, room, target)
    if text.startswith("embedded/"):
        return "a public header includes generated %s" % text if room == "include" else None
    complaint, known = check_third_party(path, room, text)
    if known:
        return complaint
    if INTRINSICS.fullmatch(text):
        return None if room in ("local", "media") and path.endswith(".cpp") else "<%s> is not for %s" % (text, path)
    if is_system(text):
        if room == "include" and (text.endswith(".h") and not text.startswith("std")):
            return "public headers include C++ headers only, not <%s>" % text
        return None
    return "%s answers to no file and no row of tools/check_includes.py" % text


def check(root):
    complaints = []
    for path in files_of(root):
        with open(os.path.join(root, path), encoding="utf-8") as file:
            body = file.read()
        for match in INCLUDE.finditer(body):
            complaint = check_include(root, path, match.group(2))
            if complaint:
                complaints.append("%s:%d: %s" % (path, body.count("\n", 0, match.start()) + 1, complaint))
    return complaints


def main(arguments):
    root = arguments[0] if arguments else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    root = os.path.normpath(root)
    if not os.path.isdir(os.path.join(root, "include")):
        print("check_includes: %s is not the project's root: it has no folder include" % root, file=sys.stderr)
        return 2
    complaints = check(root)
    for complaint in complaints:
        print(complaint)
    print("check_includes: %d files, %d complaints" % (len(list(files_of(root))), len(complaints)), file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
