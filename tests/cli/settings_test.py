# SPDX-License-Identifier: Apache-2.0
"""Settings: which source wins, what a folder's file may not set, and what every mistake says."""
import os

import stand

PLAN = ["plan", stand.PROMPT, "--duration", "5", "--json"]


class Settings(stand.Case):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("home"))
        os.mkdir(self.path("work"))
        self.user = self.path("home/vidgen.toml")
        self.local = self.path("work/vidgen.toml")

    def write(self, file, text):
        with open(file, "w", encoding="utf-8") as f:
            f.write(text)

    def go(self, *args, code=0, **env):
        if os.path.exists(self.user):
            env = {"VIDGEN_CONFIG": self.user, **env}
        return self.run_it(*args, cwd=self.path("work"), env=env, code=code)

    def settings(self, **env):
        return self.go("config", "show", "--json", **env).result["settings"]

    def test_defaults(self):
        self.assertEqual(self.settings()["quality"], {"value": "standard", "origin": "default"})
        self.assertEqual(self.settings()["model"], {"value": "", "origin": "unset"})

    def test_each_source_wins_over_the_next(self):
        self.write(self.user, 'quality = "final"\nsize = "640x360"\nbudget = 2.5\nfps = 25\n')
        self.write(self.local, '\nsize = "320x180"\n')
        seen = self.settings(VIDGEN_FPS="24")
        self.assertEqual(seen["quality"], {"value": "final", "origin": self.user + ":1"})
        self.assertEqual(seen["size"], {"value": "320x180", "origin": "vidgen.toml:2"})
        self.assertEqual(seen["fps"], {"value": "24", "origin": "VIDGEN_FPS"})
        self.assertEqual(seen["budget"]["value"], "2.5")

    def test_settings_reach_the_plan_and_flags_win(self):
        self.write(self.user, 'fps = 25\nsize = "640x360"\ncaptions = false\n')
        spec = self.go(*PLAN).result["spec"]
        self.assertEqual((spec["fps"], spec["size"]), (25, "640x360"))
        self.assertFalse(any(beat.get("caption") for beat in spec["beats"]))
        spec = self.go(*PLAN, "--fps", "24", "--aspect", "9:16", "--captions").result["spec"]
        self.assertEqual((spec["fps"], spec["size"]), (24, "1080x1920"))
        self.assertTrue(any(beat.get("caption") for beat in spec["beats"]))

    def test_the_workspace_of_the_users_file_is_used(self):
        self.write(self.user, f'workspace = "{self.path("mine")}"\n')
        self.assertIn(self.path("mine"), self.go("show", "x", code=1).err)

    def test_a_folders_file_sets_looks_sizes_and_models_only(self):
        for name, value in (("budget", 5), ("workspace", '"x"'), ("backend", '"local"'), ("models", '"x"'), ("threads", 1),
                            ("templates", '"x"'), ("soundfont", '"x"'), ("on_ambiguous", '"retry"')):
            with self.subTest(name):
                self.write(self.local, f"{name} = {value}\n")
                run = self.go(*PLAN, code=2)
                self.assertEqual(run.result["code"], "config_invalid")
                self.assertIn(f"vidgen.toml:1: {name} may not", run.result["message"])

    def test_mistakes_name_file_line_and_the_nearest_word(self):
        for text, says in (('\nqualty = "draft"\n', "vidgen.toml:2: there is no setting \"qualty\"; did you mean quality?"),
                           ('quality = "best"\n', "vidgen.toml:1: quality:"), ("size = [1, 2]\n", "vidgen.toml:1: size must be"),
                           ('captions = "maybe"\n', "vidgen.toml:1: captions:"), ("crf = 99\n", "vidgen.toml:1: crf:"),
                           ("quality = \n", "vidgen.toml:1"), ("api_key = \"x\"\n", "no setting \"api_key\"")):
            with self.subTest(text):
                self.write(self.local, text)
                run = self.go(*PLAN, code=2)
                self.assertEqual(run.result["code"], "config_invalid")
                self.assertIn(says, run.result["message"])

    def test_a_named_file_must_be_there(self):
        run = self.go(*PLAN, code=1, VIDGEN_CONFIG=self.path("none.toml"))
        self.assertEqual(run.result["code"], "file_missing")

    def test_completion_works_in_a_folder_with_a_damaged_file(self):
        self.write(self.local, "= = =\n")
        self.assertIn("complete", self.go("completion", "bash").out)

    def test_what_does_not_exist_yet_is_refused_in_words(self):
        run = self.go(*PLAN, "--voice", code=2)
        self.assertEqual(run.result["code"], "unsupported")
        self.assertIn("--voice", run.result["message"])
