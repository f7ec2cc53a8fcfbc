// Reads an iCalendar text, writes what ical.js finds in it: uid, start and end as instants, title, alarm.
import { readFileSync } from "node:fs";
import ICAL from "../../frontend/node_modules/ical.js/dist/ical.js";

const calendar = new ICAL.Component(ICAL.parse(JSON.parse(readFileSync(0, "utf8"))));
const instant = (time) => time.toJSDate().toISOString();
const found = calendar.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  const alarm = one.getFirstSubcomponent("valarm");
  const trigger = alarm.getFirstPropertyValue("trigger").toSeconds();
  return [event.uid, instant(event.startDate), instant(event.endDate), event.summary, trigger];
});
console.log(JSON.stringify(found));
