"""A week on a phone is short: full days and everybody's hours are folded; where there is room nothing is."""

import pytest
from playwright.sync_api import expect
from stage import look

TUESDAY = "Tue 10 March: 5 appointments"


@pytest.fixture
def phone(show):
    return show(look("calendar-staff")).page


def test_a_full_day_is_folded_on_a_phone_and_says_how_much_is_in_it(phone):
    day = phone.locator(".day", has_text="Tue 10 March")
    expect(day.locator(".slot").first).to_be_hidden()

    phone.get_by_label(TUESDAY).press("Enter")

    expect(day.locator(".slot")).to_have_count(5)
    expect(day.locator(".slot").first).to_be_visible()


def test_today_and_a_day_with_little_are_open_on_a_phone(phone):
    for name in ("Wed 11 March", "Mon 9 March"):
        expect(phone.locator(".day", has_text=name).locator(".slot").first).to_be_visible()


def test_the_hours_of_everybody_are_one_line_on_a_phone_until_they_are_asked_for(phone):
    name = phone.locator(".everyone").get_by_text("Ava Example")
    expect(name).to_be_hidden()

    phone.get_by_text("3 of 9 clients under the minimum").click()

    expect(name).to_be_visible()


def test_where_there_is_room_nothing_is_folded(show):
    page = show(look("calendar-staff"), width=1280).page

    expect(page.get_by_label(TUESDAY)).to_have_count(0)
    expect(page.locator(".day", has_text="Tue 10 March").locator(".slot").first).to_be_visible()
    expect(page.locator(".everyone").get_by_text("Ava Example")).to_be_visible()


def test_a_week_on_a_phone_fits_into_a_few_screens(phone):
    height = phone.evaluate("document.documentElement.scrollHeight")

    assert height < 4.5 * 844
