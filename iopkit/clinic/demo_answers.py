"""Believable answers for the invented clinic: a course over weeks, and one entry of each worksheet on it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from iopkit.clinic import demo_words as words

Answers = dict[str, Any]


@dataclass(frozen=True)
class Course:
    """How one invented client does over the weeks: where they start, where they end, how often they write."""

    first: int
    """PHQ-9 total at the start."""
    last: int
    """PHQ-9 total at the end."""
    diligence: float
    """Share of days with an entry."""
    bedtime: int
    """Usual minutes after 22:00 of going to bed."""

    def severity(self, share: float) -> float:
        """Return the PHQ-9 total to expect after this share of the program."""
        return self.first + (self.last - self.first) * min(max(share, 0.0), 1.0)


def course(chance: Random, number: int) -> Course:
    """Return the course of one client: most get better, every sixth stays, every eleventh gets worse."""
    first = chance.randint(12, 20)
    last = max(2, round(first * chance.uniform(0.3, 0.6)))
    if number % 6 == 5:
        last = first + chance.choice((-1, 0, 1))
    if number % 11 == 8:
        last = min(24, first + 5)
    return Course(first, last, chance.uniform(0.62, 0.95), chance.randint(15, 95))


def phq_9(chance: Random, severity: float, *, item_9: int = 0, partly: bool = False) -> Answers:
    """Return the nine answers near a total; ``partly`` leaves one open."""
    total = max(0, min(24, round(severity + chance.gauss(0, 1.2))))
    scores = [0] * 8
    for _ in range(total):
        scores[chance.choice([at for at, score in enumerate(scores) if score < 3])] += 1
    answers: Answers = {f"phq9_{number}": score for number, score in enumerate([*scores, item_9], start=1)}
    answers["phq9_difficulty"] = min(3, round(severity / 8))
    if partly:
        del answers["phq9_5"]
    return answers


def night(chance: Random, course: Course, severity: float, day: date) -> Answers:
    """Return a sleep diary of the night that ended on ``day``."""
    into_bed = 22 * 60 + course.bedtime + chance.randint(-25, 35) + (35 if day.isoweekday() in (6, 7) else 0)
    tried = into_bed + chance.choice((5, 10, 15, 25, 30))
    latency = max(5, round(chance.gauss(10 + severity * 2, 8) / 5) * 5)
    final = chance.randint(6 * 60, 7 * 60 + 40) + 24 * 60
    awakenings = chance.choices((0, 1, 2, 3), (3, 4, 2, 1 + severity / 6))[0]
    out = final + chance.choice((0, 5, 10, 15, 20, 30))
    answers: Answers = {
        "day": day.isoformat(),
        "into_bed": clock(into_bed),
        "tried_to_sleep": clock(tried),
        "sleep_latency": latency,
        "awakenings": awakenings,
        "final_awakening": clock(final),
        "out_of_bed": clock(out),
        "quality": rating(chance, 4.4 - severity / 8, 1, 5),
        "rested": rating(chance, 4.2 - severity / 8, 1, 5),
        "caffeine": chance.choice((0, 1, 1, 2, 2, 3)),
        "alcohol": 0,
    }
    if awakenings:
        answers["awake_minutes"] = awakenings * chance.choice((5, 10, 15))
    if answers["caffeine"]:
        answers["caffeine_last"] = clock(chance.randint(9, 16) * 60)
    if chance.random() < 0.2:
        answers["comment"] = chance.choice(words.NIGHTS)
    return answers


def thought_record(chance: Random, severity: float, day: date) -> Answers:
    """Return a thought record about a moment of ``day``."""
    situation, thoughts, speaks_for, against, balanced, step = chance.choice(words.MOMENTS)
    before = [step_of(chance.gauss(62 + severity, 9)) for _ in range(chance.choice((1, 2, 3)))]
    relief = chance.uniform(0.35, 0.75)
    chosen = chance.sample(words.FEELINGS, len(before))
    rated = [
        {"feeling": feeling, "before": was, "after": step_of(was * (1 - relief))}
        for feeling, was in zip(chosen, before, strict=True)
    ]
    answers: Answers = {
        "day": day.isoformat(),
        "time": clock(chance.randint(12, 21) * 60 + chance.choice((0, 10, 20, 30, 45))),
        "situation": situation,
        "feelings": rated,
        "thoughts": [{"thought": text, "belief": step_of(chance.gauss(78, 9))} for text in thoughts],
        "styles": sorted(chance.sample(words.STYLES, 2)),
        "evidence_for": speaks_for,
        "evidence_against": against,
        "balanced_thought": balanced,
        "balanced_belief": step_of(chance.gauss(66, 10)),
        "hot_belief_after": step_of(chance.gauss(42, 12)),
    }
    if len(thoughts) > 1:
        answers["hot_thought"] = thoughts[0]
    if chance.random() < 0.7:
        answers["next_action"] = step
    return answers


def meals(chance: Random, severity: float, day: date) -> Answers:
    """Return a nutrition log of ``day``."""
    eaten, skipped = [], []
    for kind, hour in (("breakfast", 8), ("lunch", 12), ("snack", 15), ("dinner", 18)):
        if chance.random() < 0.12 + severity / 60 + (0.4 if kind == "snack" else 0):
            skipped += [kind] if kind != "snack" else []
            continue
        eaten.append(
            {
                "time": clock(hour * 60 + chance.randint(-4, 8) * 10),
                "kind": kind,
                "what": chance.choice(words.MEALS[kind]),
                "company": chance.choice(("alone", "family", "family", "friends", "work")),
                "hunger": rating(chance, 6, 0, 10),
                "fullness": rating(chance, 6.5, 0, 10),
                "mood": rating(chance, 8 - severity / 4, 0, 10),
            }
        )
    answers: Answers = {
        "day": day.isoformat(),
        "meals": eaten,
        "skipped": skipped or ["none"],
        "water": chance.randint(3, 9),
        "plan": chance.choice(words.PLANS),
        "barrier": chance.choice(("time", "appetite", "mood", "nothing")),
    }
    if skipped:
        answers["skipped_why"] = chance.choice(
            ("No appetite.", "Meetings until two.", "Forgot, then it was late.")
        )
    return answers


def talk(chance: Random, share: float, day: date, topic: str) -> Answers:
    """Return one partner's own page about a talk on ``day``."""
    heat = rating(chance, 6 - 3 * share, 1, 6)
    turns = [
        {
            "speaker": who,
            "said": said,
            "said_back": back,
            "confirmed": chance.choice(("yes", "yes", "partly")),
        }
        for who, (said, back) in zip(("me", "partner", "me"), chance.sample(words.TURNS, 3), strict=True)
    ]
    return {
        "day": day.isoformat(),
        "topic": topic,
        "heat_before": heat,
        "turns": turns[: chance.choice((2, 3))],
        "felt_heard": rating(chance, 5 + 3 * share, 0, 10),
        "heat_after": max(0, heat - chance.choice((1, 2, 3))),
        "learned": chance.choice(words.LEARNED),
        "stopped": False,
    }


def clock(minutes: int) -> str:
    """Return minutes after midnight as HH:MM."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def rating(chance: Random, mean: float, low: int, high: int) -> int:
    """Return a whole number near the mean, within its ends."""
    return max(low, min(high, round(chance.gauss(mean, 1))))


def step_of(value: float) -> int:
    """Return a slider value in steps of five."""
    return max(0, min(100, round(value / 5) * 5))


def after(day: date, at: time, minutes: int) -> datetime:
    """Return a wall time some minutes after another."""
    return datetime.combine(day, at) + timedelta(minutes=minutes)
