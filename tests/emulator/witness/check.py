#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What others say of the emulator and of the library: the official clients, the providers' own documents, real answers.

    check.py VIDGEN BACKENDS_TESTS [SPECS]

Installs the clients where that is possible (setup), then runs them against the emulator; lets `vidgen` make films with
every exchange checked against the documents in SPECS; and has the parser read real predictions. What cannot be had is
skipped and said."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(os.path.dirname(HERE))
failed = []


def run(name, argv, **environment):
    print(f"== {name}", flush=True)
    if subprocess.run(argv, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}).returncode:
        failed.append(name)


def urls_in(value):
    if isinstance(value, str):
        return [value] if value.startswith(("http://", "https://", "data:")) else []
    if isinstance(value, list):
        return [url for item in value for url in urls_in(item)]
    return [url for item in value.values() for url in urls_in(item)] if isinstance(value, dict) else []


def write_corpus(models, lines):
    """One line a model: its example prediction, and the URLs of that one's output, at most 64."""
    with open(models, encoding="utf-8") as file, open(lines, "w", encoding="utf-8") as out:
        for model in json.load(file):
            if example := model.get("default_example"):
                out.write(json.dumps({"prediction": example, "urls": urls_in(example.get("output"))[:64]}) + "\n")


def main():
    vidgen, backends_tests, specs = (sys.argv + [""])[1:4]
    folder = subprocess.run([os.path.join(HERE, "setup")], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    python = os.path.join(folder, "venv", "bin", "python")
    run("official clients", [sys.executable, "-m", "unittest", "discover", "-v", HERE], VIDGEN_WITNESS=folder)
    if os.path.exists(python) and specs:
        run("documents", [python, "-m", "unittest", "discover", os.path.join(HERE, "..", "tests"), "-p", "test_specs.py"], VIDGEN_SPECS=specs)
        run("exchanges of films", [python, os.path.join(TESTS, "backends", "emulator_test.py"), vidgen, "Replicate", "LanguageModel"], VIDGEN_SPECS=specs)
    else:
        print("no documents, or no venv: exchanges are not checked against them")
    models = os.path.join(folder, "node", "node_modules", "all-the-public-replicate-models", "models.json")
    if os.path.exists(models):
        lines = os.path.join(folder, "predictions.jsonl")
        write_corpus(models, lines)
        run("real predictions", [backends_tests, "--gtest_filter=Corpus.*"], VIDGEN_CORPUS=lines)
    else:
        print("no real predictions: npm, or its registry, is not there")
    print("failed: " + ", ".join(failed) if failed else "all agree")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
