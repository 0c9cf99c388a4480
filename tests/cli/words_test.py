# SPDX-License-Identifier: Apache-2.0
"""The command without a film: help, usage errors, plans, lists, doctor, completion."""
import os
import subprocess

import stand

REQUEST = ("--template --duration --size --aspect --fps --fps-mode --image --backend --model --continuity --quality --preset "
           "--crf --grade --music --cut-to-beat --stems --captions --no-captions --budget --on-ambiguous --seed --out").split()
FLAGS = {
    "make": REQUEST + ["--quiet"],
    "plan": REQUEST + ["--reasons", "--storyboard", "--price-on"],
    "resume": [], "jobs": [], "cancel": [], "probe": [], "check": [], "templates": [], "doctor": [],
    "show": ["--storyboard", "--price-on"],
    "clean": ["--keep", "--older-than", "--dry-run"],
    "redo": ["--shot", "--take", "--prompt", "--mode", "--budget", "--dry-run"],
    "assemble": "--out --transition --size --fps --fps-mode --grade --music --captions --copy --quality --preset --crf --quiet".split(),
    "models": ["--all"],
}


class Help(stand.Case):
    def test_root_names_every_command_and_exit_code(self):
        run = self.run_it("--help")
        for word in [*FLAGS, "completion", "--version", "130"]:
            self.assertIn(word, run.out)
        self.assertEqual(run.err, "")

    def test_each_command_names_its_flags(self):
        for command, flags in FLAGS.items():
            with self.subTest(command):
                run = self.run_it(command, "--help")
                shown = run.out.replace(",", " ").split()
                for flag in [*flags, "--json", "--workspace", "--help"]:
                    self.assertIn(flag, shown)

    def test_version(self):
        self.assertRegex(self.run_it("--version").out, r"^vidgen \d+\.\d+\.\d+\n$")


class Usage(stand.Case):
    def wrong(self, *args, says, code=2):
        run = self.run_it(*args, code=code)
        self.assertEqual(run.out, "")
        self.assertIn(says, run.err)
        as_json = self.run_it(*args, "--json", code=code)
        self.assertEqual(as_json.result["exit_code"], code)

    def test_unknown_words_bring_a_hint(self):
        self.wrong("mkae", stand.PROMPT, says="did you mean make?")
        self.wrong("make", stand.PROMPT, "--durration", "3", says="did you mean --duration?")
        self.wrong("plan", stand.PROMPT, "--qualty=draft", says="did you mean --quality?")

    def test_what_is_missing_is_named(self):
        self.wrong(says="subcommand")
        self.wrong("make", says="prompt")
        self.wrong("resume", says="job")
        self.wrong("assemble", "a.mp4", says="--out")

    def test_values_that_make_no_sense(self):
        for flag, value in (("--duration", "soon"), ("--size", "wide"), ("--fps", "0"), ("--quality", "best"),
                            ("--continuity", "batch:0"), ("--crf", "99"), ("--budget", "lots"), ("--seed", "-1"),
                            ("--aspect", "3:7"), ("--on-ambiguous", "pray"), ("--fps-mode", "fast")):
            with self.subTest(flag):
                run = self.run_it("make", stand.PROMPT, flag, value, code=2)
                self.assertEqual(run.out, "")
                self.assertNotEqual(run.err, "")

    def test_unknown_names(self):
        self.run_it("plan", stand.PROMPT, "--template", "nope", code=1)
        self.run_it("plan", stand.PROMPT, "--model", "nope", code=2)
        self.assertIn("nope.png", self.run_it("plan", stand.PROMPT, "--image", "nope.png", code=1).err)

    def test_looking_makes_no_workspace(self):
        self.assertEqual(self.run_it("jobs", "--json").result["jobs"], [])
        for args in (("show", "nope"), ("cancel", "nope"), ("resume", "nope"), ("clean",)):
            self.assertIn("--workspace", self.run_it(*args, code=1).err)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_bad_prompt_is_refused(self):
        for prompt in ("short", "    \t         ", "x" * 2000):
            run = self.run_it("make", prompt, "--json", code=6)
            self.assertEqual(run.result["code"], "input_refused")

    def test_model_and_backend_contradict(self):
        for command in ("plan", "make"):
            self.wrong(command, stand.PROMPT, "--model", "wan", "--backend", "local", says="--backend says local")

    def test_interpolation_is_refused_clearly(self):
        self.wrong("make", stand.PROMPT, "--fps-mode", "interpolate", says="use --fps-mode duplicate")

    def test_a_hosted_model_needs_a_budget(self):
        run = self.run_it("make", stand.PROMPT, "--model", "wan", code=5)
        self.assertIn("--budget", run.err)
        self.assertIn("--budget", self.run_it("make", stand.PROMPT, "--model", "wan", "--json", code=5).result["message"])


class Plans(stand.Case):
    def plan(self, *flags):
        run = self.run_it("plan", stand.PROMPT, *flags, "--json")
        self.assertEqual(len(run.lines), 1)
        return run.result

    def test_text_and_json_write_nothing(self):
        text = self.run_it("plan", stand.PROMPT, "--reasons")
        for word in ("hero_shot", "clip_00", "cost", "path", "because"):
            self.assertIn(word, text.out)
        self.assertEqual(text.err, "")
        result = self.plan()
        self.assertEqual(result["clip_count"], len(result["plan"]["clips"]))
        self.assertEqual(result["cost_usd"], 0)
        self.assertGreater(result["eta_seconds"], 0)
        self.assertEqual(stand.files(self.folder), {})

    def test_thirty_seconds_in_one_take_are_six_clips_of_wan(self):
        result = self.plan("--model", "wan", "--continuity", "take", "--duration", "30")
        self.assertEqual(result["clip_count"], 6)
        self.assertGreater(result["cost_usd"], 0)
        self.assertEqual(len(result["plan"]["chains"]), 1)

    def test_every_continuity(self):
        for how in ("beat", "take", "hybrid", "batch:2", "none", "anchored"):
            with self.subTest(how):
                plan = self.plan("--model", "wan", "--continuity", how)["plan"]
                self.assertEqual(plan["continuity"], how)
                self.assertEqual(sum(c["length"] for c in plan["clips"]), plan["frames"])
        self.run_it("plan", stand.PROMPT, "--continuity", "nope", code=2)

    def test_size_wins_over_aspect(self):
        self.assertEqual(self.plan("--size", "320x240", "--aspect", "9:16")["spec"]["size"], "320x240")
        self.assertEqual(self.plan("--aspect", "9:16")["spec"]["size"], "1080x1920")

    def test_lengths_can_be_written_in_ways(self):
        for text, frames in (("8", 240), ("7.5", 225), ("1:00", 1800), ("8s", 240), ("9500ms", 285)):
            self.assertEqual(self.plan("--duration", text)["plan"]["frames"], frames)

    def test_the_same_request_is_the_same_plan(self):
        self.assertEqual(self.plan("--seed", "3"), self.plan("--seed", "3"))


class Lists(stand.Case):
    def test_models(self):
        some, every = (self.run_it("models", *flags, "--json").result["models"] for flags in ((), ("--all",)))
        names = {m["name"] for m in some}
        self.assertLess(names, {m["name"] for m in every})
        self.assertIn("local-animatic", names)
        self.assertFalse([m for m in some if m["retired"]])
        text = self.run_it("models").out
        for m in some:
            self.assertIn(m["price"], text)

    def test_templates(self):
        result = self.run_it("templates", "--json").result
        self.assertLessEqual({"product_showcase", "lifestyle_ad", "announcement"}, set(result["templates"]))
        text = self.run_it("templates").out
        for kind in ("templates", "archetypes", "beats", "grades", "transitions"):
            self.assertTrue(result[kind], kind)
            for name in result[kind]:
                self.assertIn(name, text)

    def test_doctor_is_healthy_and_keeps_keys_to_itself(self):
        result = self.run_it("doctor", "--json").result
        self.assertTrue(result["healthy"])
        self.assertFalse([line for line in result["lines"] if line["state"] == "bad"])
        keys = {line["what"]: line["detail"] for line in result["lines"]}
        self.assertNotEqual(keys["REPLICATE_API_TOKEN"], "not set")
        self.assertIn("REPLICATE_API_TOKEN", self.run_it("doctor").out)

    def test_doctor_says_what_is_missing(self):
        child = subprocess.run([stand.PROGRAM, "doctor", "--json"], cwd=self.folder, capture_output=True, text=True,
                               env={**stand.environment(), "VIDGEN_SOUNDFONT": self.path("none.sf2")})
        self.assertEqual(child.returncode, 1)
        self.assertIn('"healthy":false', child.stdout)

    def test_a_journal_that_cannot_be_reached_is_said_without_its_password(self):
        away = {"VIDGEN_JOURNAL": f"postgresql://me:{stand.SECRET}@/films?host=/nowhere"}
        child = subprocess.run([stand.PROGRAM, "doctor"], cwd=self.folder, capture_output=True, text=True,
                               env={**stand.environment(), **away})
        self.assertEqual(child.returncode, 1)
        self.assertRegex(child.stdout, r"(?m)^bad +journal ")
        self.assertNotIn(stand.SECRET, child.stdout + child.stderr)
        os.makedirs(self.path("films/videos"))
        self.assertIn(self.run_it("jobs", env=away, code=None).code, (1, 2))  # 2: a build without it
        self.assertNotIn("VIDGEN_JOURNAL", self.run_it("config", "show", "--origin", env=away).out)

    def test_commands_that_look_make_nothing_on_postgresql_either(self):
        away = {"VIDGEN_JOURNAL": "postgresql:///films?host=/nowhere"}
        self.run_it("show", "nothing", code=1, env=away)
        self.assertFalse(os.path.exists(self.path("films")))


class Completion(stand.Case):
    def test_scripts_name_commands_and_flags(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.run_it("completion", shell).out
            for word in ("assemble", "continuity", "dry-run"):
                self.assertIn(word, script)
        self.run_it("completion", "nope", code=2)

    def test_bash_accepts_and_uses_it(self):
        script = self.run_it("completion", "bash").out
        self.assertEqual(subprocess.run(["bash", "-n"], input=script, text=True).returncode, 0)
        ask = script + "\nCOMP_WORDS=(vidgen make --conti) COMP_CWORD=2; _vidgen; echo \"${COMPREPLY[@]}\""
        self.assertEqual(subprocess.check_output(["bash", "-c", ask], text=True), "--continuity\n")


class Hostile(stand.Case):
    PROMPT = "%s%n%d $(touch owned) `id` \x1b[31mred\x1b]0;name\x07 \x9b31m \x7f bottle on a table"

    def test_prompts_are_shown_and_not_obeyed(self):
        self.run_it("plan", self.PROMPT, "--reasons")
        self.run_it("make", self.PROMPT, "--model", "wan", code=5)
        job = self.run_it("jobs", "--json").result["jobs"][0]
        self.assertEqual(job["prompt"], self.PROMPT)
        self.assertIn("%s%n%d $(touch owned)", self.run_it("jobs").out)
        for args in (("show", job["job"]), ("show", job["job"], "--json"), ("cancel", job["job"])):
            self.run_it(*args)
        self.assertFalse(os.path.exists(self.path("owned")))

    def test_other_words_too(self):
        bad = "\x1b[2Jname"
        self.run_it("plan", stand.PROMPT, "--template", bad, code=1)
        self.run_it("plan", stand.PROMPT, "--" + bad, code=2)
        self.run_it("probe", bad, code=1)
        self.run_it("show", bad, code=1)
