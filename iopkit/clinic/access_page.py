"""The page ``docs/access.md``, made from the table of the access policy; a test holds both equal."""

from iopkit.clinic.access import ALLOWED, DOMAINS, REASONS, Rule

HEAD = """# Who may do what

This page is made from the table in `iopkit/clinic/access.py`: each call of a desk asks that table, and what
no row allows is refused. Write it anew with `python -m iopkit.clinic.access_page > docs/access.md`.

A domain that nobody knows counts as substance-use. A relation holds in one domain: a clinician who *treats*
a client as their couples therapist *treats elsewhere* in every other domain.
"""
RELATIONS = {
    "self": "their own record; both partners with what the couple owns",
    "shared": "one entry that the client opened to this person",
    "partner": "the other client of the couple",
    "treats": "on the client's care team in this domain today",
    "consented": "on the team in another domain, with a live consent to this one",
    "broke-glass": "in an emergency, for a stated reason and a short time",
    "treats-elsewhere": "on the team in another domain",
    "treated": "on the team once",
    "runs": "the coordinator, with everybody",
    "stated-reason": "after stating a reason, for a short time",
    "none": "no relation",
}
"""What each relation means, in the order of the page."""


def page() -> str:
    """Return the page in Markdown."""
    kinds = list(dict.fromkeys(rule.kind for rule in ALLOWED))
    return HEAD + "".join(f"\n## {kind.capitalize()}\n{_kind(kind)}" for kind in kinds)


def _kind(kind: str) -> str:
    parts = []
    for relation, meaning in RELATIONS.items():
        rules = [rule for rule in ALLOWED if (rule.kind, rule.relation) == (kind, relation)]
        refused = REASONS.get((kind, relation))
        if rules or refused:
            parts.append(f"\n**{relation}**: {meaning}.\n\n{_rows(rules)}")
            parts.append(f'Anything else is refused: "{refused}"\n' if refused else "")
    return "".join(parts)


def _rows(rules: list[Rule]) -> str:
    if not rules:
        return ""
    lines = ["| action | thing | in |", "|---|---|---|"]
    for rule in rules:
        domains = "every domain" if rule.domains == DOMAINS else ", ".join(rule.domains)
        lines.append(f"| {', '.join(rule.actions)} | {', '.join(rule.things)} | {domains} |")
    return "\n".join(lines) + "\n\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  (this is what the command is for)
