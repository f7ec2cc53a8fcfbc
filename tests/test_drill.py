"""The engine of drills, without store or browser: turns, timers, seals, stops; at random at last."""

import json
import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from iopkit.clinic import drill as engine
from iopkit.clinic.drill import Event, apply, begin, from_data, holder, may_go, shown, tick
from iopkit.errors import AccessError
from iopkit.worksheets.drill_check import own_drills

DRILLS = own_drills()
TALK, APART, ALONE = DRILLS["speaker-listener"], DRILLS["time-out"], DRILLS["co-reflection"]


class Play:
    """A room that is played: each event gets an id of its own, time passes as asked."""

    def __init__(self, drill, speaker=0):
        self.drill, self.now, self.count = drill, 1000.0, 0
        self.room = begin(drill, self.now, speaker)

    def do(self, verb, seat=None, *, after=1.0, **more):
        self.count += 1
        self.now += after
        event = Event(verb, more.pop("id", f"m{self.count}"), seat, more.pop("at", self.room.at), **more)
        self.room = apply(self.drill, self.room, event, self.now)
        return self.room

    def to_statement(self):
        self.do("go", 0, value="the baby on Saturdays")
        self.do("go", 0, value=3)
        self.do("go", 1, value=4)
        return self


def answer(drill, step, number=5):
    """Return an answer that fits what a step asks."""
    if step.ask is None:
        return None
    kinds = {"text": f"words {number}", "rating": number % 8, "minutes": 20}
    return kinds.get(step.ask.kind) or (step.ask.choices[0].value if step.ask.choices else 0)


@pytest.mark.parametrize("drill", DRILLS.values(), ids=list(DRILLS))
def test_each_drill_can_be_played_to_its_end(drill):
    play = Play(drill)

    for _ in range(60):
        if play.room.ended:
            break
        step = drill.by_id[play.room.step]
        seat = next(seat for seat in (0, 1) if may_go(drill, play.room, seat))
        way = 0 if step.floor == "each" else engine.ways(drill, play.room, step)[0][0]
        play.do("go", seat, way=way, value=answer(drill, step), after=max(1.0, step.not_before or 0))

    assert play.room.ended == "done"


def test_both_press_in_the_same_instant_and_the_room_moves_once():
    play = Play(TALK)
    at = play.room.at
    play.do("go", 0, value="Saturdays", at=at)

    with pytest.raises(AccessError, match="has just moved on"):
        play.do("go", 1, value="Sundays", at=at, after=0)

    assert [one.value for one in play.room.said] == ["Saturdays"]


def test_a_message_that_comes_twice_counts_once():
    play = Play(TALK)
    event = Event("go", "same", 0, 1, value="Saturdays")
    once = apply(TALK, play.room, event, 1001.0)

    assert apply(TALK, once, event, 1002.0) == once


def test_the_listener_cannot_take_the_floor():
    play = Play(TALK).to_statement()

    with pytest.raises(AccessError, match="not your turn"):
        play.do("go", 1, value="but")

    assert holder(TALK, play.room) == 0


@pytest.mark.parametrize("verb", ["hold", "give", "pause", "resume", "nudge", "end"])
def test_a_partner_cannot_do_what_is_the_therapists(verb):
    with pytest.raises(AccessError, match="not your turn"):
        Play(TALK).do(verb, 0)


@pytest.mark.parametrize("verb", ["go", "withdraw", "time-out"])
def test_the_therapist_cannot_answer_for_a_partner(verb):
    with pytest.raises(AccessError, match="not your turn"):
        Play(TALK).do(verb)


@pytest.mark.parametrize("value", ["", "  ", "x" * 2001, 7, None])
def test_what_does_not_fit_is_refused(value):
    with pytest.raises(AccessError, match="does not fit"):
        Play(TALK).do("go", 0, value=value)


def test_much_heat_of_one_offers_time_apart_first():
    play = Play(TALK)
    play.do("go", 0, value="money")
    play.do("go", 0, value=8)

    assert play.do("go", 1, value=1).step == "hot"


def test_seven_is_not_much_heat():
    play = Play(TALK)
    play.do("go", 0, value="money")
    play.do("go", 0, value=7)

    assert play.do("go", 1, value=7).step == "statement"


def test_a_sealed_answer_changes_nothing_for_the_other_until_both_have_sealed():
    play = Play(ALONE)
    before = (play.room.at, shown(ALONE, play.room), may_go(ALONE, play.room, 1), play.room.since)
    play.do("go", 0, value="the walk")

    assert (play.room.at, shown(ALONE, play.room), may_go(ALONE, play.room, 1), play.room.since) == before


def test_a_sealed_answer_opens_with_the_other():
    play = Play(ALONE)
    play.do("go", 0, value="the walk")
    play.do("go", 1, value="the soup")

    assert [(one.seat, one.value) for one in shown(ALONE, play.room)] == [(0, "the walk"), (1, "the soup")]


def test_a_sealed_answer_can_be_taken_back_before_it_opens():
    play = Play(ALONE)
    play.do("go", 0, value="the walk")
    play.do("withdraw", 0)
    play.do("go", 1, value="the soup")

    assert (play.room.step, play.room.said) == ("answer", ())


def test_stopping_lets_a_sealed_answer_go():
    play = Play(ALONE)
    play.do("go", 0, value="the walk")
    play.do("stop", 1)

    assert "the walk" not in json.dumps(play.room.as_data())


@pytest.mark.parametrize(("mine", "yours", "seen"), [("yes", "yes", 2), ("yes", "no", 0), ("no", "no", 0)])
def test_what_each_keeps_is_shown_only_when_both_say_so(mine, yours, seen):
    play = Play(DRILLS["couple-check-in"])
    for value in (7, 4, "a walk", "more time"):
        play.do("go", len(play.room.passed), value=value)
    play.do("go", 0)
    play.do("go", 0, value=mine)
    play.do("go", 1, value=yours)

    assert len(shown(play.drill, play.room)) == seen


def test_a_pause_stops_the_clock():
    play = Play(TALK).to_statement()
    end = engine.ends_at(TALK, play.room)
    play.do("pause", after=10)
    play.do("resume", after=600)

    assert engine.ends_at(TALK, play.room) == end + 600


def test_a_therapist_who_is_gone_gives_the_floor_back():
    play = Play(TALK).to_statement()
    play.do("hold")
    assert holder(TALK, play.room) == "therapist"

    play.do("gone", after=30)

    assert (holder(TALK, play.room), play.room.paused) == (0, None)


def test_the_therapist_hands_over_the_floor():
    play = Play(TALK).to_statement()

    play.do("give", way=1)

    assert holder(TALK, play.room) == 1


@pytest.mark.parametrize("wait", ["hold", "pause"])
def test_a_partner_can_stop_while_the_therapist_has_it(wait):
    play = Play(TALK).to_statement()
    play.do(wait)

    assert play.do("stop", 1).ended == "stopped"


def test_a_timer_that_leads_on_does_so_at_its_own_second_however_late_one_looks():
    play = Play(APART)
    play.do("go", 0, value=30)
    began = play.room.since

    assert tick(APART, play.room, began + 4000).since == began + 300


def test_nobody_is_back_from_a_time_out_before_twenty_minutes():
    play = Play(APART)
    play.do("go", 0, value=30)
    play.do("go", 0, value="tea")
    play.do("go", 1)

    with pytest.raises(AccessError, match="Not yet"):
        play.do("go", 0, after=1100)
    play.do("go", 0, after=101)


@pytest.mark.parametrize("minutes", [19, 24 * 60 + 1])
def test_a_return_is_at_least_in_twenty_minutes_and_within_a_day(minutes):
    with pytest.raises(AccessError, match="does not fit"):
        Play(APART).do("go", 0, value=minutes)


def test_time_with_the_floor_is_counted_for_each():
    play = Play(TALK).to_statement()
    play.do("go", 0, value="I feel alone", after=60)
    play.do("go", 1, value="you feel alone", after=20)

    assert play.room.spoke == (60.0, 20.0)


class Interleaved(RuleBasedStateMachine):
    """Two partners, a therapist, clients that repeat and lag, and a store that is read again at any time."""

    @initialize(name=st.sampled_from(sorted(DRILLS)), speaker=st.sampled_from([0, 1]))
    def open(self, name, speaker):
        self.drill, self.now, self.count = DRILLS[name], 1000.0, 0
        self.room = begin(self.drill, self.now, speaker)
        self.words, self.sealed, self.sent = [], {}, []

    def send(self, event):
        at, passed, before = self.room.at, self.room.passed, self.room
        try:
            self.room = apply(self.drill, before, event, self.now)
        except AccessError:
            self.note(before, tick(self.drill, before, self.now))
            return False
        self.sent.append(event)
        self.note(before, self.room)
        return (at, passed) != (self.room.at, self.room.passed)

    def note(self, before, after):
        """Forget what was sealed when the step went by itself or all of it was ended."""
        if after.ended or after.at != before.at:
            self.opened = dict(self.sealed) if after.at != before.at else {}
            self.sealed = {}

    @rule(seat=st.sampled_from([0, 1]), way=st.integers(0, 3), late=st.integers(0, 2), good=st.booleans())
    def go(self, seat, way, late, good):
        step = self.drill.by_id[self.room.step]
        self.count += 1
        value = answer(self.drill, step, self.count) if good or step.ask is None else "\x00nonsense" * 300
        asked, live = step.ask, tick(self.drill, self.room, self.now)
        kept = asked.kept if asked else ""
        was_each = step.floor == "each"
        event = Event("go", f"m{self.count}", seat, self.room.at - (late == 2), way, value)
        took = self.send(event)
        if took and live.step == step.id and isinstance(value, str) and asked and asked.kind == "text":
            if was_each and not self.room.ended and self.room.at == live.at:
                self.sealed[seat] = (value, kept)
            else:
                self.words.append(value)
                if was_each:
                    self.words += [text for text, _ in getattr(self, "opened", {}).values()]

    @rule(seat=st.sampled_from([0, 1]))
    def withdraw(self, seat):
        if self.send(Event("withdraw", self.next(), seat, self.room.at)):
            self.sealed.pop(seat, None)

    @rule(verb=st.sampled_from(["hold", "pause", "resume", "gone", "nudge"]))
    def therapist(self, verb):
        self.send(Event(verb, self.next(), value="slower"))

    @rule(seat=st.sampled_from([0, 1]))
    def give(self, seat):
        self.send(Event("give", self.next(), way=seat))

    @rule(index=st.integers(0, 50))
    @precondition(lambda self: self.sent)
    def again(self, index):
        """Send what was answered once more: nothing changes but what time changed."""
        event = self.sent[index % len(self.sent)]
        before = tick(self.drill, self.room, self.now)
        if event.id in before.seen:
            self.note(self.room, before)
            self.room = apply(self.drill, self.room, event, self.now)
            assert self.room == before

    @rule(seconds=st.sampled_from([0.0, 0.2, 5.0, 130.0, 600.0, 1300.0]))
    def wait(self, seconds):
        self.now += seconds
        after = tick(self.drill, self.room, self.now)
        self.note(self.room, after)
        self.room = after

    @rule()
    def restart(self):
        again = from_data(json.loads(json.dumps(self.room.as_data())))
        assert again == self.room
        self.room = again

    def next(self):
        self.count += 1
        return f"m{self.count}"

    @invariant()
    def one_floor(self):
        if not hasattr(self, "room") or self.room.ended:
            return
        alone = holder(self.drill, self.room)
        may = [seat for seat in (0, 1) if may_go(self.drill, self.room, seat)]
        if alone == "therapist":
            assert may == []
        elif alone is not None:
            assert may in ([], [alone])

    @invariant()
    def nothing_lost_or_doubled(self):
        if hasattr(self, "room"):
            kept = [one.value for one in self.room.said if str(one.value).startswith("words ")]
            assert sorted(kept) == sorted(self.words)

    @invariant()
    def seals_hold(self):
        if hasattr(self, "room"):
            open_to_both = {one.value for one in shown(self.drill, self.room)}
            assert not open_to_both & {text for text, _ in self.sealed.values()}
            if self.room.ended:
                assert self.room.done == ()

    @invariant()
    def always_a_way_to_stop(self):
        if hasattr(self, "room") and not self.room.ended:
            for seat in (0, 1):
                for verb, how in (("stop", "stopped"), ("time-out", "time-out")):
                    ended = apply(self.drill, self.room, Event(verb, "x", seat), self.now).ended
                    assert ended == how or tick(self.drill, self.room, self.now).ended


def machine(examples):
    run(
        Interleaved,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_interleaving_breaks_a_drill():
    machine(40)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_five_thousand_interleavings_break_no_drill():
    machine(int(os.environ.get("IOPKIT_INTERLEAVINGS", "5000")))
