#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The README tells the truth: its C++ is examples/make_film.cpp, its commands are there, its links lead somewhere."""
import os
import re
import unittest

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


class Readme(unittest.TestCase):
    def test_the_snippet_is_the_example_that_is_compiled_and_run(self):
        snippets = re.findall(r"```cpp\n(.*?)```", read("README.md"), re.S)
        self.assertEqual(len(snippets), 1)
        example = read("examples/make_film.cpp")
        self.assertEqual(snippets[0], example[example.index("#include"):])

    def test_the_commands_exist_and_can_be_executed(self):
        commands = re.findall(r"^(scripts/\w+)", read("README.md"), re.M)
        self.assertIn("scripts/run", commands)
        self.assertIn("scripts/test", commands)
        for command in commands:
            self.assertTrue(os.access(os.path.join(ROOT, command), os.X_OK), command)

    def test_links_of_all_documents_lead_somewhere(self):
        documents = ["README.md", "HACKING.md", "CONTRIBUTING.md", "SECURITY.md"]
        for folder, _, names in os.walk(os.path.join(ROOT, "docs")):
            documents += [os.path.relpath(os.path.join(folder, n), ROOT) for n in names if n.endswith(".md")]
        for document in documents:
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(document)):
                place = os.path.normpath(os.path.join(ROOT, os.path.dirname(document), link))
                self.assertTrue(os.path.exists(place), "%s links to %s" % (document, link))

    def test_every_room_is_on_the_map(self):
        text = read("HACKING.md")
        for room in os.listdir(os.path.join(ROOT, "src")):
            if os.path.isfile(os.path.join(ROOT, "src", room, "CMakeLists.txt")):
                self.assertIn("`src/%s/`" % room, text)


if __name__ == "__main__":
    unittest.main()
