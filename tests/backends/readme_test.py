# SPDX-License-Identifier: Apache-2.0
"""The README's commands with hosted models, run as they stand there: readme_test.py PROGRAM"""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PROGRAM = ""


def commands(begin):
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return [shlex.split(line, comments=True) for line in re.findall(rf"^{begin}.*$", file.read(), re.M)]


@unittest.skipUnless(shutil.which("ffmpeg"), "the emulator makes its media with ffmpeg")
class Readme(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="vidgen-readme-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        path = os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"]
        self.environment = {**os.environ, "PATH": path, "XDG_CONFIG_HOME": self.folder, "VIDGEN_WORKSPACE": os.path.join(self.folder, "films")}

    def run_in(self, argv):
        return subprocess.run(argv, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)

    def test_a_film_against_the_emulated_providers(self):
        found = commands("scripts/emulate")
        self.assertEqual(len(found), 1)
        script, *rest = found[0]
        done = self.run_in([os.path.join(ROOT, script), "--speed", "50", *rest])
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])
        films = [os.path.join(at, "final.mp4") for at, _, names in os.walk(self.folder) if "final.mp4" in names]
        self.assertEqual(len(films), 1)
        spent = float(re.search(r"the providers' books: \d+ runs, \$([0-9.]+)", done.stderr).group(1))
        self.assertGreater(spent, 0)
        self.assertLess(spent, 3)

    def test_the_commands_with_a_key_plan_and_ask_for_a_budget(self):
        for argv in commands("vidgen (?:plan|make)"):
            done = self.run_in([os.path.join(ROOT, "scripts", "emulate"), "--speed", "100", "--media", "stub", *argv, "--quality", "draft"]
                               if argv[1] == "make" else [os.path.join(ROOT, "scripts", "emulate"), *argv])
            self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)
