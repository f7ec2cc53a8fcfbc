"""What the app answers to the page of a group: made, joined, left, given to all, taken back."""

from datetime import datetime

from iopkit.apps.assigning import expected, wanted
from iopkit.apps.groups import led_group
from iopkit.apps.message import Refused, Reply, Shown
from iopkit.apps.message_groups import (
    AssignedGroup,
    AssignGroup,
    ChangeGroup,
    EndGroup,
    EndWork,
    GiveRunning,
    GroupAction,
    JoinGroup,
    LeaveGroup,
    MakeGroup,
)
from iopkit.apps.place import Place, key
from iopkit.apps.rhythm import in_words, rule
from iopkit.apps.router import make_view, view_at
from iopkit.clinic.desk import Desk
from iopkit.errors import AnswerError
from iopkit.reports.homework import local_day
from iopkit.words import say, several


def answer_groups(desk: Desk, action: GroupAction, *, now: datetime) -> Reply:
    """Return the reply to an action about groups; what makes no sense is said in its own words."""
    try:
        if isinstance(action, AssignGroup):
            return assign(desk, action, now=now)
        if isinstance(action, EndWork):
            work_id = expected(desk, action.key, "group-work").part(0)
            (desk.resume_group_work if action.undo else desk.stop_group_work)(work_id)
            return Shown(reply=action.id, view=make_view(desk, action.back, now=now))
        where = Place("group", (done(desk, action),))
    except AnswerError as error:
        language = desk.person.language
        return Refused(reply=action.id, text=" ".join(say(problem, language) for problem in error.problems))
    return Shown(reply=action.id, view=view_at(desk, where, now=now))


Change = MakeGroup | ChangeGroup | EndGroup | JoinGroup | LeaveGroup | GiveRunning


def done(desk: Desk, action: Change) -> str:
    """Do what an action asks; return the id of the group to show next."""
    if isinstance(action, MakeGroup):
        return desk.make_group(action.name, action.domain, named(desk, action))
    if isinstance(action, LeaveGroup):
        where = expected(desk, action.key, "group-member")
        desk.leave_group(where.part(0), action.until)
        return where.part(1)
    if isinstance(action, GiveRunning):
        where = expected(desk, action.key, "group-joiner")
        desk.give_running(where.part(0), where.part(1))
        return where.part(0)
    group_id = expected(desk, action.key, "group").part(0)
    match action:
        case ChangeGroup():
            desk.change_group(group_id, action.name, named(desk, action))
        case EndGroup():
            desk.end_group(group_id)
        case JoinGroup():
            client_id = expected(desk, action.client, "client").part(0)
            desk.join_group(group_id, client_id, since=action.since, until=action.until)
            if action.running:
                desk.give_running(group_id, client_id)
    return group_id


def named(desk: Desk, action: MakeGroup | ChangeGroup) -> list[str]:
    """Return the ids of who is to lead a group: a clinician leads what they make."""
    if desk.person.kind == "clinician":
        return [desk.person.id]
    return [expected(desk, one, "clinician").part(0) for one in action.leaders]


def assign(desk: Desk, action: AssignGroup, *, now: datetime) -> AssignedGroup:
    """Give a worksheet to each member, and return in words who has it now and who was not given it."""
    sheet, _ = wanted(desk, action.key)
    group = led_group(desk, expected(desk, action.group, "group").part(0))
    chosen, language = action.rhythm, desk.person.language
    given = desk.assign_to_group(
        group.id,
        sheet.id,
        note=action.note.strip(),
        rrule=rule(chosen),
        due=chosen.due,
        starts=chosen.starts,
        ends=chosen.ends,
        settings=action.settings,
        message_id=action.id,
        grace=chosen.grace,
    )
    names = {one.client.id: one.client.name for one in group.members}
    from_now = chosen.model_copy(update={"starts": given.plan.starts, "ends": given.plan.ends})
    what = in_words(from_now, local_day(now, desk.person.zone), language)
    text = several(
        "{count} member of “{group}” has “{title}” now: {what}.",
        "{count} members of “{group}” have “{title}” now: {what}.",
        language,
        len(given.given),
        group=group.name,
        title=sheet.title,
        what=what,
    )
    if not given.given:
        text = say("Nobody was given “{title}”.", language, title=sheet.title)
    refused = sorted((names[one], why) for one, why in given.refused.items())
    return AssignedGroup(
        reply=action.id,
        text=text,
        refused=[say("{name}: {why}", language, name=name, why=say(why, language)) for name, why in refused],
        work=key(desk, "group-work", given.id) if given.id else "",
        group=key(desk, "group", group.id),
    )
