"""Cards of one's own in the invented clinic: a diary card with own targets, a log with own medicines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from random import Random
from typing import Any

Answers = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """A worksheet that one client has in a form of their own, filled in on most evenings."""

    clinician: str
    domain: str
    worksheet: str
    note: str
    settings: Mapping[str, Any]
    at: time
    fill_in: Callable[[Random, float], Answers]


def diary_card(chance: Random, severity: float) -> Answers:
    """Return one day's diary card; urges follow the course, and most are not acted on."""
    rows: list[Answers] = []
    for behavior, acts in (("Drinking", 0.2), ("Shouting", 0.3), ("Staying in bed past ten", 0.4)):
        urge = _strength(chance, severity)
        acted = urge > 0 and chance.random() < acts * urge / 5
        rows.append({"behavior": behavior, "urge": urge, "acted": "yes" if acted else "no"})
    drank = rows[0]["acted"] == "yes"
    used = {"substances": ["alcohol"], "amount": "Two glasses of wine"} if drank else {"substances": ["none"]}
    return {
        "behaviors": rows,
        "suicide_urge": 0,
        "self_harm_urge": 0,
        "self_harm": "no",
        **{name: _strength(chance, severity) for name in ("sadness", "anger", "fear", "shame", "pain")},
        "joy": 5 - _strength(chance, severity),
        **used,
        "skills_distress": [{"skill": chance.choice(("cold", "slow_breath")), "helped": "some"}],
        "skills_mindfulness": [{"skill": "observed", "helped": "lot"}] if chance.random() < 0.5 else [],
    }


def medicines(chance: Random, severity: float) -> Answers:
    """Return one day's medicine log; a dose is forgotten now and then, more often on hard days."""
    rows: list[Answers] = []
    for medicine, hour in (("Naltrexone 50 mg", 8), ("Sertraline 100 mg", 8), ("Prazosin 2 mg", 22)):
        if chance.random() < 0.04 + severity / 200:
            rows.append({"medicine": medicine, "taken": "no", "why": ["forgot"]})
        else:
            at = f"{hour:02}:{chance.randint(0, 11) * 5:02}"
            rows.append({"medicine": medicine, "taken": "yes", "time": at})
    sleepy = chance.random() < 0.3
    felt = {"effects": ["sleepy"], "bother": chance.randint(1, 4)} if sleepy else {"effects": ["none"]}
    return {"medicines": rows, **felt, "urgent": ["none"]}


def _strength(chance: Random, severity: float) -> int:
    """Return a rating from 0 to 5 near what a PHQ-9 total would suggest."""
    return max(0, min(5, round(severity / 5 + chance.gauss(0, 0.9))))


CARDS: Mapping[int, Card] = {
    6: Card(
        clinician="ina",
        domain="individual",
        worksheet="dbt-diary-card",
        note="Your card, with the three things we agreed on. Two minutes in the evening is enough.",
        settings={
            "targets": ["Drinking", "Shouting", "Staying in bed past ten"],
            "own_substances": ["alcohol", "cannabis", "Kratom"],
            "sleep": False,
        },
        at=time(20),
        fill_in=diary_card,
    ),
    8: Card(
        clinician="max",
        domain="medical",
        worksheet="medication-log",
        note="One tap for each of your three. Bring what bothers you to our next visit.",
        settings={"own_medicines": ["Naltrexone 50 mg", "Sertraline 100 mg", "Prazosin 2 mg"]},
        at=time(22, 5),
        fill_in=medicines,
    ),
}
"""Client, by number, and card."""
