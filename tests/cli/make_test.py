# SPDX-License-Identifier: Apache-2.0
"""Films: what is printed while one is made, making it again, its job, stopping and going on."""
import hashlib
import os
import re
import shlex
import shutil
import signal

import stand


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


class Made(stand.Case):
    """One film for all tests of the class, made as a script makes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        child = stand.start([*stand.FILM, "--json"], cls.shared)
        out, err = child.communicate()
        cls.first = stand.Run(child.returncode, out, err)
        assert cls.first.code == 0, cls.first
        cls.film = cls.first.result

    def again(self, *args, code=0):
        return self.run_it(*args, cwd=self.shared, code=code)


class Output(Made):
    def test_events_rise_and_end_in_one_result(self):
        self.check(self.first, True)
        events = self.first.events
        self.assertGreater(len(events), 5)
        self.assertEqual([e["seq"] for e in events], sorted({e["seq"] for e in events}))
        fractions = [e["fraction"] for e in events]
        self.assertEqual(fractions, sorted(fractions))
        self.assertEqual(fractions[-1], 1)
        self.assertEqual({e["job"] for e in events}, {self.film["job"]})
        self.assertEqual(events[-1]["status"], "complete")

    def test_the_result_is_the_film(self):
        path = os.path.join(self.shared, self.film["path"])
        self.assertEqual(sha256(path), self.film["sha256"])
        self.assertEqual((self.film["frames"], self.film["size"], self.film["backend"]), (90, "640x360", "local"))
        self.assertEqual((self.film["cost_usd"], self.film["missing"], self.film["reused"]), (0, [], False))

    def test_text_is_one_path_and_the_rest_is_on_stderr(self):
        run = self.run_it(*stand.FILM)  # in another folder
        self.assertEqual(len(run.lines), 1)
        path = self.path(run.lines[0])
        self.assertEqual(sha256(path), self.film["sha256"])
        self.assertIn("generating", run.err)
        self.assertIn("90 frames", run.err)
        self.assertEqual(sorted(os.listdir(self.folder)), ["films"])

    def test_a_second_run_makes_nothing(self):
        run = self.again(*stand.FILM, "--json")
        self.assertTrue(run.result["reused"])
        self.assertEqual(run.result["sha256"], self.film["sha256"])
        self.assertIn("nothing made anew", self.again(*stand.FILM).err)

    def test_out_copies(self):
        out = self.path("my film.mp4")
        run = self.again(*stand.FILM, "--out", out)
        self.assertEqual(run.lines, [out])
        self.assertEqual(sha256(out), self.film["sha256"])

    def test_quiet_is_quiet(self):
        run = self.again(*stand.FILM, "--quiet")
        self.assertEqual(len(run.lines), 1)
        self.assertNotIn("left", run.err)

    def test_size_and_rate_are_as_asked(self):
        result = self.again(*stand.FILM, "--size", "160x120", "--aspect", "9:16", "--fps", "10", "--no-captions", "--json").result
        self.assertEqual((result["size"], result["fps"], result["frames"]), ("160x120", 10, 30))

    def pictures_with(self, photo):
        """Job folder of the film with a photograph, and how green each of its keyframes is."""
        run = self.again(*stand.FILM, "--image", photo, "--json")
        self.assertNotEqual(run.result["sha256"], self.film["sha256"])
        folder = os.path.join(self.shared, run.result["folder"])
        frames = os.path.join(folder, "animatic")
        return folder, [stand.green_share(os.path.join(frames, name)) for name in sorted(os.listdir(frames))]

    def test_a_photograph_is_shown(self):
        photo = self.path("photo.png")
        stand.write_png(photo, 320, 180, (20, 180, 40))
        _, shares = self.pictures_with(photo)
        self.assertGreater(max(shares), 0.2)

    def test_a_cut_out_is_the_hero(self):
        photo = self.path("cutout.png")
        stand.write_png(photo, 200, 200, (20, 180, 40), inset=40)
        folder, shares = self.pictures_with(photo)
        self.assertGreater(shares[0], 0.05)
        self.assertGreater(stand.green_share(os.path.join(folder, "references", "product.png")), 0.03)


class Jobs(Made):
    def test_jobs_and_show(self):
        job = self.film["job"]
        listed = self.again("jobs", "--json").result["jobs"]
        self.assertIn((job, "complete", stand.PROMPT), [(j["job"], j["status"], j["prompt"]) for j in listed])
        self.assertIn(job, self.again("jobs").out)
        shown = self.again("show", job, "--json").result
        self.assertEqual((shown["status"], shown["film"]["sha256"]), ("complete", self.film["sha256"]))
        self.assertEqual(shown["request"]["prompt"], stand.PROMPT)
        text = self.again("show", job).out
        for word in (job, "complete", self.film["path"], stand.PROMPT):
            self.assertIn(word, text)

    def test_what_a_film_came_to(self):
        job = self.film["job"]
        cost = self.again("cost", job, "--json").result
        self.assertEqual((cost["job"], cost["spent_usd"], cost["reserved_usd"], cost["unclear_usd"]), (job, 0, 0, 0))
        self.assertTrue(all(a["state"] == "stored" for a in cost["attempts"]) and cost["attempts"], cost)
        self.assertIn("4", cost["phases"])
        self.assertIn("clip_00", self.again("cost", job).out)
        everything = self.again("cost", "--json").result
        self.assertIn(job, [j["job"] for j in everything["jobs"]])
        self.assertIn("today (UTC)", self.again("cost").out)

    def test_a_storyboard_of_a_film(self):
        board = self.path("board")
        run = self.again("show", self.film["job"], "--storyboard", board, "--price-on", "wan", "--json").result
        self.assertEqual((run["html"], run["png"], run["finished"]), (board + ".html", board + ".png", True))
        self.assertGreater(run["prices"]["other_usd"], 0)
        self.assertEqual(run["prices"]["likely_usd"], 0)
        with open(board + ".html", encoding="utf-8") as page:
            text = page.read()
        self.assertEqual(text.count("data:image/jpeg;base64,"), run["beats"])
        self.assertNotIn("http", text)
        with open(board + ".png", "rb") as sheet:
            self.assertEqual(sheet.read(4), b"\x89PNG")

    def test_a_storyboard_before_the_film(self):
        board = self.path("plan.html")
        run = self.run_it("plan", stand.PROMPT, "--duration", "3", "--backend", "local", "--storyboard", board)
        self.assertEqual(run.lines, [board, self.path("plan.png")])
        self.assertEqual(sorted(os.listdir(self.folder)), ["plan.html", "plan.png"])

    def test_storyboards_that_cannot_be(self):
        job = self.film["job"]
        self.assertIn("--storyboard", self.again("show", job, "--price-on", "wan", code=2).err)
        self.assertIn(".pdf", self.again("show", job, "--storyboard", "a.pdf", code=2).err)
        self.assertIn("no-model", self.again("show", job, "--storyboard", self.path("a"), "--price-on", "no-model", code=2).err)
        self.assertIn("/no/such", self.again("show", job, "--storyboard", "/no/such/a", code=1).err)
        self.assertEqual(os.listdir(self.folder), [])

    def test_unknown_jobs_are_said_to_be(self):
        for command in ("show", "cancel", "resume", "cost"):
            self.assertIn("vidgen jobs", self.again(command, "nope", code=1).err)

    def test_a_finished_job_is_not_cancelled_and_resumes_to_its_film(self):
        self.again("cancel", self.film["job"], code=2)
        self.assertEqual(self.again("resume", self.film["job"], "--json").result["sha256"], self.film["sha256"])

    def test_a_waiting_job_is_cancelled(self):
        self.run_it("make", stand.PROMPT, "--model", "wan", code=5)
        job = self.run_it("jobs", "--json").result["jobs"][0]
        self.assertEqual(job["status"], "needs_attention")
        self.assertEqual(self.run_it("cancel", job["job"], "--json").result["status"], "cancelled")
        self.assertEqual(self.run_it("show", job["job"], "--json").result["status"], "cancelled")
        self.run_it("cancel", job["job"], code=2)
        self.run_it("resume", job["job"], code=130)

    def test_clean_says_first_and_then_does(self):
        shutil.copytree(os.path.join(self.shared, "films"), self.path("films"))
        store = self.path("films/store")
        before = stand.files(store)
        said = self.run_it("clean", "--keep", "final", "--dry-run", "--json").result
        self.assertGreater(said["blobs"], 0)
        self.assertIn(str(said["blobs"]), self.run_it("clean", "--keep", "final", "--dry-run").out)
        self.assertEqual(stand.files(store), before)
        done = self.run_it("clean", "--keep", "final", "--json").result
        self.assertEqual({**said, "dry_run": False}, done)
        after = stand.files(store)
        self.assertEqual(len(before) - len(after), said["blobs"])
        self.assertEqual(sum(before.values()) - sum(after.values()), said["bytes"])
        self.assertEqual(sha256(self.path(self.film["path"])), self.film["sha256"])
        self.assertEqual(self.run_it("clean", "--keep", "all", "--json").result["blobs"], 0)


class Stopping(stand.Case):
    def started(self, *flags):
        """A run that has begun its pictures."""
        child = stand.start([*stand.FILM, *flags], self.folder)
        self.addCleanup(child.stdout.close)
        self.addCleanup(child.stderr.close)
        for line in child.stdout if "--json" in flags else child.stderr:
            if "generating" in line:
                return child
        self.fail("it ended before it made anything")

    def whole(self):
        """The film of an undisturbed run."""
        return self.run_it(*stand.FILM, "--workspace", "whole", "--json").result["sha256"]

    def test_ctrl_c_saves_and_the_printed_command_goes_on(self):
        child = self.started("--workspace", "my films")
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
        self.assertEqual((child.returncode, out), (130, ""))
        command = shlex.split(re.search(r"vidgen (resume .*)", err).group(1))
        self.assertEqual(self.run_it("jobs", "--workspace", "my films", "--json").result["jobs"][0]["status"], "interrupted")
        run = self.run_it(*command, "--json")
        self.assertEqual(run.result["sha256"], self.whole())

    def test_a_script_is_told_too(self):
        child = self.started("--json")
        child.send_signal(signal.SIGTERM)
        out, err = child.communicate()
        run = stand.Run(child.returncode, out, err)
        self.assertEqual((run.code, run.result["code"], run.result["retryable"]), (130, "interrupted", True))
        job = run.events[0]["job"] if run.events else re.search(r"resume (\S+)", run.result["message"]).group(1)
        self.run_it("resume", job)

    def test_twice_ends_at_once(self):
        child = self.started("--json")
        # Both are there before it can do anything about the first.
        child.send_signal(signal.SIGSTOP)
        child.send_signal(signal.SIGINT)
        child.send_signal(signal.SIGTERM)
        child.send_signal(signal.SIGCONT)
        child.communicate()
        self.assertEqual(child.returncode, 130)
        job = self.run_it("jobs", "--json").result["jobs"][0]["job"]
        self.assertEqual(self.run_it("resume", job, "--json").result["sha256"], self.whole())

    def killed(self):
        """The job of a run that was killed over its pictures."""
        child = self.started()
        child.kill()
        child.communicate()
        return self.only_job()["job"]

    def only_job(self):
        jobs = self.run_it("jobs", "--json").result["jobs"]
        self.assertEqual(len(jobs), 1, jobs)
        return jobs[0]

    def test_the_same_order_after_a_kill_goes_on_with_its_job(self):
        job = self.killed()
        run = self.run_it(*stand.FILM, "--budget", "3", "--json")
        self.assertEqual(run.result["job"], job)
        self.assertIn(f"going on with job {job}", run.err)
        self.assertEqual(run.result["sha256"], self.whole())
        self.assertEqual(self.only_job()["status"], "complete")
        again = self.run_it(*stand.FILM, "--json")  # it is over: another job, of what is there
        self.assertNotEqual(again.result["job"], job)
        self.assertNotIn("going on", again.err)
        self.assertTrue(again.result["reused"])

    def test_new_begins_anew_and_so_does_another_order(self):
        job = self.killed()
        new = self.run_it(*stand.FILM, "--new", "--json")
        other = self.run_it(*stand.FILM, "--fps", "10", "--json")
        self.assertEqual(len({job, new.result["job"], other.result["job"]}), 3)
        self.assertNotIn("going on", new.err + other.err)
        listed = {j["job"]: j["status"] for j in self.run_it("jobs", "--json").result["jobs"]}
        self.assertEqual(listed[job], "interrupted")
        self.run_it("cancel", job)
        self.assertNotEqual(self.run_it(*stand.FILM, "--json").result["job"], job)

    def test_a_job_of_a_living_process_is_left_to_it(self):
        child = self.started("--json")
        child.send_signal(signal.SIGSTOP)
        theirs = self.only_job()["job"]
        run = self.run_it(*stand.FILM, "--json")
        child.kill()
        child.communicate()
        self.assertNotEqual(run.result["job"], theirs)
        self.assertNotIn("going on", run.err)
        self.assertEqual(self.run_it(*stand.FILM, "--json").result["job"], theirs)
