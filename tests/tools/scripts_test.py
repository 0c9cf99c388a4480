#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scripts/deps and scripts/run, with dpkg, apt and the program replaced by small scripts that write down their calls."""
import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


class Scripts(unittest.TestCase):
    def setUp(self):
        # A path with what breaks careless scripts.
        self.tmp = tempfile.mkdtemp(prefix="it's a (test) & $HOME ")
        self.bin = os.path.join(self.tmp, "bin")
        os.makedirs(self.bin)
        self.calls = os.path.join(self.tmp, "calls")

    def tearDown(self):
        shutil.rmtree(self.tmp)

    def fake(self, name, body, folder=None):
        place = os.path.join(folder or self.bin, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            file.write("#!/bin/bash\n" + body + "\n")
        os.chmod(place, 0o755)

    def called(self):
        if not os.path.exists(self.calls):
            return ""
        with open(self.calls, encoding="utf-8") as file:
            return file.read()

    def run_script(self, script, *arguments):
        environment = {"PATH": self.bin + ":/usr/bin:/bin", "CALLS": self.calls, "HOME": self.tmp, "LANG": "C.UTF-8"}
        return subprocess.run([script, *arguments], env=environment, cwd=self.tmp, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def deps(self, *arguments):
        return self.run_script(os.path.join(ROOT, "scripts", "deps"), *arguments)

    def machine(self, user, missing=""):
        """A Debian on which all packages but one are installed, used by `user`."""
        self.fake("id", "echo %d" % user)
        self.fake("dpkg-query", 'for p in "${@:3}"; do [ "$p" = "%s" ] || echo -n "$p=installed "; done' % missing)
        self.fake("apt-get", 'echo "apt-get $*" >>"$CALLS"')
        self.fake("sudo", "exit 1")

    def test_deps_does_nothing_when_all_is_there_even_without_root(self):
        self.machine(user=1000)
        done = self.deps()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.called(), "")

    def test_deps_installs_only_what_is_missing(self):
        self.machine(user=0, missing="libsqlite3-dev")
        done = self.deps()
        self.assertEqual(done.returncode, 0, done.stderr)
        install = self.called().splitlines()[-1]
        self.assertTrue(install.endswith("install --no-install-recommends libsqlite3-dev"), install)

    def test_deps_names_the_packages_when_nobody_may_install_them(self):
        self.machine(user=1000, missing="libsqlite3-dev")
        done = self.deps()
        self.assertEqual(done.returncode, 1)
        self.assertIn("apt-get install --no-install-recommends libsqlite3-dev", done.stderr)
        self.assertEqual(self.called(), "")

    def test_the_program_needs_no_test_packages(self):
        self.machine(user=0, missing="libgtest-dev")
        self.assertEqual(self.deps("--program").returncode, 0)
        self.assertEqual(self.called(), "")

    def make(self, *arguments):
        """scripts/run in a copy of the project whose build gives a program that prints its arguments, one a line."""
        copy = os.path.join(self.tmp, "clone of it")
        os.makedirs(os.path.join(copy, "scripts"))
        shutil.copy2(os.path.join(ROOT, "scripts", "run"), os.path.join(copy, "scripts", "run"))
        program = os.path.join(copy, "build", "vidgen")
        self.fake("vidgen", 'printf "%s\\n" "$@"', os.path.join(copy, "build"))
        self.fake("build", 'printf "%%s\\n" "$(dirname "$0")/../build/%s"' % os.path.basename(program),
                  os.path.join(copy, "scripts"))
        done = self.run_script(os.path.join(copy, "scripts", "run"), *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines(), copy

    def test_run_buys_nothing_unless_told_to(self):
        words, copy = self.make("a mug, $5 & \"more\"")
        self.assertEqual(words, ["make", "a mug, $5 & \"more\"", "--backend", "local", "--workspace", copy + "/films"])

    def test_run_leaves_the_callers_choices_alone(self):
        words, _ = self.make("a mug", "--backend=replicate", "--workspace", "here")
        self.assertEqual(words, ["make", "a mug", "--backend=replicate", "--workspace", "here"])


if __name__ == "__main__":
    unittest.main()
