#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The mutants that tools/mutate.py makes of a text, and that its tables name what is there."""
import os
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools"))
import mutate  # noqa: E402

TEXT = """#include <x>  // a < b
bool f(int a) {
  if (a < 3 && g("1 + 1 == 2")) return true;
  note(Fate::lost);  // 4 > 3
  std::vector<int> v = make();
  VIDGEN_CHECK(h(v));
  return a - 1 == Fate::found;
}
"""


def made(what):
    return [TEXT[:m[0]] + m[2] + TEXT[m[1]:] for m in mutate.mutants_of(TEXT) if m[3] == what]


class Mutants(unittest.TestCase):
    def test_each_kind(self):
        for what, text in (("< to <=", "if (a <= 3 && "), ("&& to ||", "3 || g("), ("3 to 4", "a < 4 "), ("3 to 2", "a < 2 "), ("- to +", "a + 1"),
                           ("== to !=", "1 != Fate"), ("condition negated", "if ( !(a < 3 && g(\"1 + 1 == 2\"))) return"), ("return true to return false", ") return false;"),
                           ("Fate::lost to found", "note(Fate::found);"), ("Fate::found to lost", "== Fate::lost;")):
            self.assertEqual(len(made(what)), 1, what)
            self.assertIn(text, made(what)[0])

    def test_statements_and_checks_are_dropped(self):
        self.assertEqual([text.count("note(") for text in made("statement dropped")], [0])
        self.assertEqual(sorted(("VIDGEN_CHECK" in text, "if (a" in text) for text in made("check dropped")), [(False, True), (True, False)])

    def test_what_is_not_code_is_left_alone(self):
        for start, end, _, what in mutate.mutants_of(TEXT):
            line = TEXT.count("\n", 0, start) + 1
            self.assertNotEqual(line, 1, what)
            self.assertNotIn('"', TEXT[start:end] if what != "condition negated" and "dropped" not in what else "", what)
            self.assertLess(TEXT[TEXT.rfind("\n", 0, start) + 1:start].find("//"), 0, what)

    def test_the_tables_name_what_is_there(self):
        rows = mutate.read_table()
        for path, killers in rows:
            self.assertTrue(os.path.exists(os.path.join(ROOT, path)), path)
            self.assertTrue(killers, path)
        for path, what, text in mutate.read_listed("mutants-equivalent.txt"):
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                whole = file.read()
            there = {(m[3], mutate.line_of(whole, m[0])) for m in mutate.mutants_of(whole)}
            self.assertIn((what, text), there, path)


if __name__ == "__main__":
    unittest.main()
