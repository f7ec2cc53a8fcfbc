"""Places for kernels: never more than there are, kept until a process is gone, given on in order."""

import asyncio

import pytest

from iopkit.server.places import Places

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def settle() -> None:
    """Let every task go as far as it can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_next_kernel_waits_until_the_one_before_it_is_gone():
    places = Places(2)
    for name in ("a", "b"):
        await places.take(name)
    waiting = asyncio.ensure_future(places.take("c"))
    await settle()

    assert not waiting.done()
    places.leave("a")
    await waiting

    assert (len(places), places.most) == (2, 2)


async def test_a_kernel_that_has_no_place_gives_none_back():
    places = Places(1)
    await places.take("a")

    for name in ("a", "a", "never there"):
        places.leave(name)
    await places.take("b")
    waiting = asyncio.ensure_future(places.take("c"))
    await settle()

    assert not waiting.done()
    waiting.cancel()


async def test_whoever_stops_waiting_takes_nobodys_place():
    places = Places(1)
    await places.take("a")
    given_up, patient = (asyncio.ensure_future(places.take(name)) for name in ("b", "c"))
    await settle()

    given_up.cancel()
    places.leave("a")
    await patient

    assert (len(places), places.most) == (1, 1)


async def test_the_most_that_ever_ran_is_kept_when_all_are_gone():
    places = Places(6)
    for name in "abcd":
        await places.take(name)

    for name in "abcd":
        places.leave(name)

    assert (len(places), places.most) == (0, 4)
