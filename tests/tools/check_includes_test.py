#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Breaks the ranks on purpose, one way a case, and expects tools/check_includes.py to say so."""
import os
import sys
import tempfile
import unittest

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools"))
import check_includes  # noqa: E402

# A small project that keeps all rules.
GOOD = {
    "include/vidgen/error.hpp": "#include <string>\n#include <cstdint>\n",
    "include/vidgen/async.hpp": '#include <boost/asio/awaitable.hpp>\n#include "vidgen/error.hpp"\n',
    "src/base/json.hpp": '#include "vidgen/error.hpp"\n',
    "src/base/json.cpp": '#include "base/json.hpp"\n#include <simdjson.h>\n',
    "src/base/files.hpp": "#include <string>\n",
    "src/plan/plan.hpp": '#include "base/json.hpp"\n',
    "src/plan/plan.cpp": '#include "plan/plan.hpp"\n#include "embedded/models.hpp"\n',
    "src/spec/spec.hpp": "#include <vector>\n",
    "src/av/frame.hpp": "#include <memory>\n",
    "src/av/compat.hpp": "#include <libavutil/frame.h>\n",
    "src/av/frame.cpp": '#include "av/compat.hpp"\n#include <libavcodec/avcodec.h>\n#include "frame.hpp"\n',
    "src/journal/sqlite.cpp": "#include <sqlite3.h>\n#include <sys/stat.h>\n#include <thread>\n",
    "src/media/engine.cpp": '#include "av/frame.hpp"\n#include <hwy/highway.h>\n#include <emmintrin.h>\n',
    "src/local/paint/canvas.hpp": "#include <cairo.h>\n",
    "src/local/titles/words.cpp": '#include "local/paint/canvas.hpp"\n',
    "src/pipeline/core.cpp": '#include "plan/plan.hpp"\n#include <boost/asio/io_context.hpp>\n',
    "cli/main.cpp": '#include "vidgen/error.hpp"\n#include "base/json.hpp"\n#include <CLI/CLI.hpp>\n',
}

# Each: what it breaks, the file, its text, a part of the complaint.
BROKEN = [
    ("upward", "src/base/x.cpp", '#include "plan/plan.hpp"', "base (rank 1) includes plan (rank 2)"),
    ("same rank", "src/plan/x.cpp", '#include "spec/spec.hpp"', "never see each other"),
    ("same rank, local and media", "src/media/x.cpp", '#include "local/paint/canvas.hpp"', "never see each other"),
    ("public header into src", "include/vidgen/x.hpp", '#include "base/json.hpp"', "include (rank 0) includes base"),
    ("relative path upward", "src/base/x.cpp", '#include "../plan/plan.hpp"', "base (rank 1) includes plan"),
    ("spaces and comments", "src/base/x.cpp", '// first\n  #  include  "plan/plan.hpp"  // why', ":2: base (rank 1)"),
    ("libav outside av", "src/media/x.cpp", "#include <libavcodec/avcodec.h>", "is not for media"),
    ("libav in a header of av", "src/av/x.hpp", "#include <libavcodec/avcodec.h>", ".cpp files only"),
    ("libav through its wrapper", "src/media/x.cpp", '#include "av/compat.hpp"', "its own room only"),
    ("libav wrapper in a header", "src/av/x.hpp", '#include "av/compat.hpp"', "its own room only"),
    ("SQLite outside the journal", "src/pipeline/x.cpp", "#include <sqlite3.h>", "is not for pipeline"),
    ("Cairo in the core", "src/media/x.cpp", "#include <cairo.h>", "is not for media"),
    ("CLI11 below the command", "src/pipeline/x.cpp", "#include <CLI/CLI.hpp>", "is not for pipeline"),
    ("all of Asio in public", "include/vidgen/x.hpp", "#include <boost/asio/io_context.hpp>", "is not for include"),
    ("simdjson in public", "include/vidgen/x.hpp", "#include <simdjson.h>", "is not for include"),
    ("POSIX in public", "include/vidgen/x.hpp", "#include <unistd.h>", "C++ headers only"),
    ("embedded data in public", "include/vidgen/x.hpp", '#include "embedded/models.hpp"', "generated"),
    ("Asio in a pure room", "src/plan/x.cpp", "#include <boost/asio/post.hpp>", "is not for plan"),
    ("files in a pure room", "src/plan/x.cpp", "#include <fstream>", "plan is pure"),
    ("threads in a pure room", "src/timeline/x.cpp", "#include <thread>", "timeline is pure"),
    ("our files in a pure room", "src/spec/x.cpp", '#include "base/files.hpp"', "spec is pure"),
    ("intrinsics elsewhere", "src/base/x.cpp", "#include <emmintrin.h>", "is not for src/base/x.cpp"),
    ("unknown library", "src/base/x.cpp", "#include <fmt/format.h>", "answers to no file"),
    ("unknown file", "src/base/x.cpp", '#include "base/nothing.hpp"', "answers to no file"),
    ("unknown room", "src/attic/x.cpp", "#include <string>", "no room that has a rank"),
    ("a room's own command", "src/pipeline/x.cpp", '#include "cli/main.hpp"', "pipeline (rank 6) includes cli"),
]


def write(root, files):
    for path, text in files.items():
        place = os.path.join(root, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            file.write(text)


class CheckIncludes(unittest.TestCase):
    def complaints(self, extra):
        with tempfile.TemporaryDirectory() as root:
            write(root, GOOD)
            write(root, {"cli/main.hpp": ""})
            write(root, extra)
            return check_includes.check(root)

    def test_good_tree_has_no_complaints(self):
        self.assertEqual(self.complaints({}), [])

    def test_each_break_is_found_once_and_alone(self):
        for name, path, text, part in BROKEN:
            with self.subTest(name):
                complaints = self.complaints({path: text + "\n"})
                self.assertEqual(len(complaints), 1, complaints)
                self.assertIn(path, complaints[0])
                self.assertIn(part, complaints[0])

    def test_every_room_of_the_project_has_a_rank(self):
        for path in check_includes.files_of(ROOT):
            self.assertIn(check_includes.room_of(path), check_includes.RANKS, path)


if __name__ == "__main__":
    unittest.main()
