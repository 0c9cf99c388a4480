# SPDX-License-Identifier: Apache-2.0
"""Code as users write it, for type checkers only: test_types.py proves that they refuse the lines marked "wrong"."""
from pathlib import Path
from typing import assert_type

import vidgen
from vidgen import aio
from vidgen.progress import RichProgress, print_progress

with vidgen.Pipeline(workspace="films", budget=2.00) as p:
    plan = p.plan("a ceramic mug on a walnut desk", duration=30, size=(1920, 1080))
    film = p.render("a ceramic mug on a walnut desk", duration=30, quality="draft", progress=print)
    assert_type(film, vidgen.Film)
    assert_type(plan.cost_usd, float)
    p.render(vidgen.Request("a mug", images=[Path("a.jpg")], budget="1.50"), progress=RichProgress())
    p.plan("a mug", durations=3)  # wrong
    p.plan("a mug", quality="drft")  # wrong
    p.render("a mug", progress=lambda: None)  # wrong
vidgen.assemble([film, Path("b.mp4")], "out.mp4", transition="fade:0.5", fps=30, progress=print_progress)
vidgen.nothing  # wrong

with film.frames() as reader:
    assert_type(reader[3], vidgen.Frame)
    assert_type(reader[1:9:2], vidgen.FrameBatch)
    memoryview(reader[3].planes[0])


class Mine(vidgen.Backend):
    name = "mine"

    async def create(self, request: vidgen.Generation, attempt: vidgen.Attempt) -> vidgen.RemoteJob:
        return vidgen.RemoteJob("1", cost=0.05)

    def get(self, id: str) -> vidgen.RemoteJob:
        return vidgen.RemoteJob(id, "done")  # wrong

    def fetch(self, id: str) -> list[Path]:
        return [Path("a.mp4")]

    async def find(self, attempt: vidgen.Attempt) -> vidgen.RemoteJob | None:
        return None


async def stamp(context: vidgen.StepContext) -> vidgen.StepResult:
    return vidgen.StepResult(context.inputs[0].paths)


class Stamps(vidgen.Phase):
    number, name = 5, "stamps"
    kinds = {"stamp": stamp}


async def story() -> None:
    async with aio.Pipeline("films", threads=2, backends=[Mine()], phases=[Stamps()], log=print) as q:
        job = await q.submit("a mug", duration=3)
        async for event in job:
            assert_type(event, vidgen.Event)
        try:
            assert_type(await job, vidgen.Film)
        except vidgen.BudgetError as error:
            assert_type(error.cost_micros, int | None)
        q.plan("a mug").clips  # wrong
