# SPDX-License-Identifier: Apache-2.0
"""Another take of a shot: its plan, its takes, the film that shows it, and what cleaning leaves."""
import hashlib
import os

import stand


def sums(folder):
    """The delivered clips, in the film's order."""
    out = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            out.append(hashlib.sha256(file.read()).hexdigest())
    return out


class Redo(stand.Case):
    def setUp(self):
        super().setUp()
        self.film = self.run_it(*stand.FILM, "--json").result
        self.job = self.film["job"]
        self.chunks = self.path(os.path.join(self.film["folder"], "chunks"))
        self.first = sums(self.chunks)

    def takes(self, shot):
        return [(t["take"], t["how"], t["selected"], t["state"]) for t in self.run_it("show", self.job, "--json").result["shots"][shot - 1]["takes"]]

    def test_the_shot_changes_and_its_siblings_do_not(self):
        said = self.run_it("redo", self.job, "--shot", "2", "--dry-run", "--json").result
        self.assertEqual((said["shot"], said["take"], said["mode"], said["refresh"]["cost_usd"]), (2, 2, "cascade", 0))
        self.assertIn(said["step"], said["refresh"]["stale"])
        self.assertEqual(sums(self.chunks), self.first)
        self.assertIn(said["step"], self.run_it("redo", self.job, "--shot", "2", "--dry-run").out)
        self.assertEqual(self.takes(2), [(1, "planned", True, "there")])
        redone = self.run_it("redo", self.job, "--shot", "2", "--json")
        self.assertTrue(all(event["fraction"] < 1 for event in redone.events[:3]), "it tells of the redo alone")
        self.assertNotEqual(redone.result["sha256"], self.film["sha256"])
        now = sums(self.chunks)
        self.assertEqual([a == b for a, b in zip(now, self.first)], [shot != 1 for shot in range(len(self.first))])
        self.assertEqual(self.takes(2), [(1, "planned", False, "there"), (2, "cascade", True, "there")])
        self.assertIn("clip_01_take_2", self.run_it("show", self.job).out)
        back = self.run_it("redo", self.job, "--shot", "2", "--take", "1", "--json").result
        self.assertEqual(back["sha256"], self.film["sha256"])
        self.assertEqual(sums(self.chunks), self.first)

    def test_what_is_cleaned_is_told_of(self):
        self.run_it("redo", self.job, "--shot", "1", "--quiet")
        self.assertEqual(self.run_it("clean", "--older-than", "7d", "--keep", "final", "--json").result["blobs"], 0)
        said = self.run_it("clean", "--dry-run", "--json").result
        self.assertEqual([row["job"] for row in said["jobs"]], [self.job])
        self.assertEqual(said["jobs"][0]["bytes"], said["bytes"])
        self.assertIn(self.job, self.run_it("clean", "--dry-run").out)
        self.run_it("clean")
        self.assertEqual([state for *_, state in self.takes(1)], ["cleaned", "there"])
        self.run_it("clean", "--keep", "final")
        plan = self.run_it("plan", *stand.FILM[1:], "--json").result
        self.assertIn("clip_01", plan["refresh"]["evicted"])
        self.assertIn("cleaned", self.run_it("plan", *stand.FILM[1:]).out)
        self.run_it("clean", "--older-than", "week", code=2)

    def test_what_cannot_be_redone(self):
        self.run_it("redo", self.job, "--shot", "99", code=2)
        self.run_it("redo", self.job, "--shot", "1", "--take", "5", code=2)
        self.run_it("redo", self.job, "--shot", "1", "--mode", "maybe", code=2)
        self.run_it("redo", self.job, code=2)
        self.assertIn("no job", self.run_it("redo", "nobody", "--shot", "1", code=1).err)
        self.assertEqual(self.run_it("show", self.job, "--json").result["status"], "complete")
