"""Work that is spread over as many processes as there are cores."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from briefsite.errors import BriefsiteError, Problem
from briefsite.values import Struct

CHUNK = 32
"""Items that a process takes at a time: few enough for an even end, enough to be worth the way."""
_YOUNG = 50_000
T = TypeVar("T")
R = TypeVar("R")


class Workers(Struct, frozen=True):
    """Who does the work: nothing in here changes what comes of it."""

    jobs: int | None = None
    """Processes; None for as many as this process may use."""
    method: str | None = None
    """How processes start: `fork`, `spawn`, or None for the system's better one."""

    def alone(self, size: int, small: int) -> bool:
        """Return whether this process does it all: it must, or `size` is below `small`."""
        return (self.jobs or cores()) == 1 or (self.jobs is None and size < small)

    def spread(
        self,
        work: Callable[[Sequence[T]], list[R]],
        items: Sequence[T],
        start: Callable[..., None],
        arguments: tuple[Any, ...],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Iterator[R]:
        """Yield what `work` makes of chunks of `items`, in order, in processes that began with
        `start(*arguments)`. A forked process has `items` from the start, others are sent them
        once. This process, which would only wait, calls `meanwhile`."""
        # Small sites and builds that find nothing to do never need these.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        context = multiprocessing.get_context(
            self.method or ("fork" if sys.platform == "linux" else "spawn")
        )
        chunks = range(0, len(items), CHUNK)
        jobs = min(self.jobs or cores(), len(chunks))
        first = (start, arguments, work, items)
        gc.freeze()  # so that no collection writes to the pages that processes share
        try:
            with ProcessPoolExecutor(jobs, context, _start, first) as pool:
                parts = pool.map(_work, chunks)
                meanwhile()
                for part in parts:
                    yield from part
        except BrokenProcessPool:
            what = "a worker process died, perhaps for want of memory"
            raise BriefsiteError(Problem("", what, hint="try --jobs 1")) from None
        finally:
            gc.unfreeze()


_task: tuple[Callable[[Any], list[Any]], Sequence[Any]]


def _start(
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    work: Callable[[Any], list[Any]],
    items: Sequence[Any],
) -> None:
    global _task  # noqa: PLW0603  # a worker has no other place for what its calls share
    calm()
    start(*arguments)
    _task = work, items


def _work(at: int) -> list[Any]:
    work, items = _task
    return work(items[at : at + CHUNK])


def calm() -> None:
    """Let the collector of cycles look rarely, and begin with what comes from now on: a build makes
    few cycles and many values."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(_YOUNG, 20, 20)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
