# SPDX-License-Identifier: Apache-2.0
"""The gate lets the minimal FFmpeg pass and stops Debian's.

    VIDGEN_FFMPEG=PREFIX python3 packaging/test_licence_gate.py

PREFIX is what packaging/ffmpeg made; without it, what needs it is skipped.
"""

import glob
import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

GATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "licence_gate")
PREFIX = os.environ.get("VIDGEN_FFMPEG", "")
HARMLESS = "/bin/true"


def installed(name):
    found = sorted(glob.glob("/usr/lib/*/" + name))
    return found[0] if found else ""


DEBIAN = installed("libavcodec.so.59")


class GateTest(unittest.TestCase):
    def setUp(self):
        kept = tempfile.TemporaryDirectory()
        self.addCleanup(kept.cleanup)
        self.folder = kept.name

    def put(self, source, name):
        shutil.copy(source, os.path.join(self.folder, name))

    def run_gate(self, where=None):
        """The exit status, and for each check whether it was passed."""
        done = subprocess.run([sys.executable, GATE, where or self.folder], capture_output=True, text=True, check=False)
        self.assertEqual(done.stderr, "")
        self.said = done.stdout
        rows = [line.split(None, 2) for line in done.stdout.splitlines()]
        return done.returncode, {name.rstrip(":"): verdict == "ok" for verdict, name, _ in rows}

    def pack(self, folder):
        """A wheel has no links: each library is in it once, under the name that is asked for."""
        wheel = os.path.join(self.folder, "a-1-py3-none-any.whl")
        with zipfile.ZipFile(wheel, "w") as out:
            for name in os.listdir(folder):
                if re.search(r"\.so\.\d+$", name):
                    out.write(os.path.join(folder, name), "a.libs/" + name)
        return wheel

    def test_a_harmless_file_passes(self):
        self.put(HARMLESS, "true")
        self.assertEqual(self.run_gate()[0], 0)

    def test_nothing_to_look_at_is_a_failure(self):
        self.assertEqual(self.run_gate()[0], 1)
        self.assertEqual(self.run_gate(HARMLESS)[0], 1)

    def test_a_name_is_enough(self):
        for name in ("libx264.so.164", "libx265-0a1b2c3d.so.199", "libpostproc.so.56", "libfdk-aac.so.2"):
            self.put(HARMLESS, name)
            status, passed = self.run_gate()
            self.assertEqual((status, passed["names"]), (1, False), name)
            os.unlink(os.path.join(self.folder, name))

    @unittest.skipUnless(DEBIAN, "Debian's libavcodec is not installed")
    def test_debians_libavcodec_fails_as_link_copy_and_wheel(self):
        name = os.path.basename(DEBIAN)
        os.symlink(DEBIAN, os.path.join(self.folder, name))
        self.check_stopped(self.folder)
        os.unlink(os.path.join(self.folder, name))
        self.put(DEBIAN, "liba.so")  # its name is nothing to go by
        self.check_stopped(self.folder)
        os.rename(os.path.join(self.folder, "liba.so"), os.path.join(self.folder, name))
        self.check_stopped(self.pack(self.folder))

    def check_stopped(self, where):
        status, passed = self.run_gate(where)
        self.assertEqual(status, 1)
        for check in ("names", "symbols", "texts", "links", "licence", "loaded", "encoders"):
            self.assertFalse(passed[check], check + "\n" + self.said)

    def test_every_gpl_library_is_known_under_another_name(self):
        for name in ("libx264.so.*", "libx265.so.*", "librubberband.so.2", "libvidstab.so.*", "libpostproc.so.56",
                     "libxvidcore.so.4"):
            if not installed(name):
                continue
            with self.subTest(name):
                self.put(installed(name), "libharmless.so")
                status, passed = self.run_gate()
                self.assertEqual((status, passed["symbols"], passed["texts"]), (1, False, False), self.said)

    @unittest.skipUnless(PREFIX, "VIDGEN_FFMPEG names no prefix")
    def test_the_minimal_ffmpeg_passes_as_folder_and_as_wheel(self):
        for where in (PREFIX, self.pack(os.path.join(PREFIX, "lib"))):
            status, passed = self.run_gate(where)
            self.assertEqual(status, 0, self.said)
            self.assertEqual(set(passed), {"names", "symbols", "texts", "links", "licence", "loaded", "encoders",
                                           "size"})
            self.assertIn("libopenh264", self.said)

    @unittest.skipUnless(PREFIX, "VIDGEN_FFMPEG names no prefix")
    def test_a_library_that_is_left_out_is_missed(self):
        for path in glob.glob(os.path.join(PREFIX, "lib", "libavcodec.so.*")):
            self.put(path, os.path.basename(path))
        status, passed = self.run_gate()
        self.assertEqual((status, passed["links"]), (1, False), self.said)

    @unittest.skipUnless(PREFIX, "VIDGEN_FFMPEG names no prefix")
    def test_too_much_is_too_much(self):
        loader = importlib.machinery.SourceFileLoader("licence_gate", GATE)
        gate = importlib.util.module_from_spec(importlib.util.spec_from_loader("licence_gate", loader))
        writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            loader.exec_module(gate)
        finally:
            sys.dont_write_bytecode = writes
        report = gate.Report()
        gate.MOST_BYTES = 1_000_000
        with open(os.devnull, "w") as nowhere:
            out, sys.stdout = sys.stdout, nowhere
            try:
                gate.check_size(report, gate.elves(PREFIX))
            finally:
                sys.stdout = out
        self.assertTrue(report.failed)


class ListsTest(unittest.TestCase):
    def test_the_wheels_ffmpeg_reads_all_that_the_library_accepts(self):
        """Else a format would be refused in the wheel alone."""
        root = os.path.dirname(os.path.dirname(GATE))
        with open(os.path.join(root, "src", "av", "demuxer.cpp"), encoding="utf-8") as file:
            library = file.read()
        with open(os.path.join(root, "packaging", "ffmpeg"), encoding="utf-8") as file:
            builder = file.read()
        rows = library.split("kMagic[] = {")[1].split("};")[0]
        formats = {row.split('"')[-2] for row in rows.splitlines() if row.count('"') >= 4}
        codecs = "".join(re.findall(r'"([^"]*)"', library.split("kCodecs =")[1].split(";")[0])).split(",")
        self.assertIn("mov", formats)
        self.assertIn("h264", codecs)
        built = {kind: {name for line in re.findall(r"^%s\+?=(.*)$" % kind, builder, re.MULTILINE)
                        for name in line.split(",")} for kind in ("demuxers", "decoders")}
        self.assertEqual({name.replace("image_", "") for name in built["demuxers"]}, formats)
        doubles = {"av1", "libaom-av1", "libopus"}  # what these read, others there read
        self.assertEqual(built["decoders"] - {""}, set(codecs) - doubles)


if __name__ == "__main__":
    unittest.main()
