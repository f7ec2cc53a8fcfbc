"""A form is there before its page has a line to the kernel, and what is typed until then is stored."""

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect
from server_process import Running
from serving import PATIENCE, clinic, saved, sign_in

EARLY = "typed before anybody listened"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    with clinic(tmp_path_factory.mktemp("clinic")) as server:
        yield server


def test_answers_typed_before_the_kernel_answers_are_stored_once_it_does(server: Running, browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, server.address, "ann")
    held: list[Route] = []
    let: list[bool] = []
    stopped = []
    page.route("**/assets/*.js", lambda route: route.continue_() if let else held.append(route))
    try:
        page.goto(f"{server.address}worksheets/thought-record", wait_until="commit")
        page.locator("#iopkit-page").wait_for(state="attached")  # the whole page has come, its view in it
        for kernel in server.kernels():
            kernel.send_signal(signal.SIGSTOP)
            stopped.append(kernel)
        let.append(True)
        for route in held:
            route.continue_()
        field = page.get_by_role("textbox", name="What happened")
        field.fill(EARLY)
        field.blur()
        expect(field).to_have_value(EARLY)
        assert held
        assert stopped
        expect(page.locator(".save-state")).not_to_have_attribute("data-state", "saved")
    finally:
        for kernel in stopped:
            kernel.send_signal(signal.SIGCONT)

    saved(page)
    page.reload()
    expect(field).to_have_value(EARLY)
    context.close()
