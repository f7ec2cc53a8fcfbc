// A calendar file with nothing left in it but when: titles, places, notes and people never leave this browser.

const KEPT =
  /^(BEGIN|END|VERSION|PRODID|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP|TZID|TZOFFSETFROM|TZOFFSETTO|X-MICROSOFT-CDO-BUSYSTATUS|X-WR-TIMEZONE)[:;]/i;
const PRODUCER = /^PRODID[:;]/i;
const OVER = /^DT(START|END)[^:]*:(\d{4})/i;

/** The lines that say when, without what happened once in a year that is over. */
export function lean(text, year = new Date().getFullYear()) {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/)
    .filter((line) => KEPT.test(line));
  const found = [];
  let event = null;
  let depth = 0;
  for (const line of lines) {
    if (/^BEGIN:VALARM/i.test(line)) depth += 1;
    if (!depth) {
      if (/^BEGIN:VEVENT/i.test(line)) event = [];
      (event ?? found).push(PRODUCER.test(line) ? "PRODID:-//calendar//EN" : line);
      if (event && /^END:VEVENT/i.test(line)) {
        if (!isOver(event, year)) found.push(...event);
        event = null;
      }
    }
    if (/^END:VALARM/i.test(line)) depth -= 1;
  }
  return [...found, ...(event ?? []), ""].join("\r\n");
}

function isOver(event, year) {
  if (event.some((line) => /^(RRULE|RDATE)[:;]/i.test(line))) return false;
  const years = event.map((line) => Number(OVER.exec(line)?.[2] ?? 0)).filter(Boolean);
  return years.length > 0 && Math.max(...years) < year;
}
