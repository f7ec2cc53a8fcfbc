"""Texts that want to be more than text: the same ones for the same seed."""

import random

WORDS = ("window.pwned=1", "alert(1)", "top.pwned=1", "import('data:text/javascript,window.pwned=1')")
MARKUP = (
    "<script>§</script>",
    "<img src=x onerror=§>",
    "<svg/onload=§>",
    '<a href="javascript:§">press</a>',
    "</textarea><script>§</script>",
    "</script><script>§</script>",
    "</title></style></dd><svg onload=§>",
    '" onmouseover="§" autofocus onfocus="§',
    "' onclick='§",
    "<iframe srcdoc='<script>§</script>'>",
    "<details open ontoggle=§>",
    "<style>*{background:url(https://example.org/x)}</style>§",
    "<meta http-equiv=refresh content='0;url=https://example.org'>§",
    "<base href=https://example.org>§",
    "<form action=https://example.org><button>§</button></form>",
    "<!--><img src=x onerror=§>-->",
    "<math><mtext><style><img src=x onerror=§></style></mtext></math>",
    "&lt;script&gt;§&lt;/script&gt; &amp;amp; &#60;b&#62; &nbsp;",
    "<![CDATA[<script>§</script>]]>",
    "<scr<script>ipt>§</scr</script>ipt>",
)
LANGUAGES = (
    "{{ 7*7 }} {% raw %} {# § #}",
    "${7*7} #{7*7} <%= 7*7 %> §",
    "{{constructor.constructor('§')()}}",
    "{day} {t01} {panel.line} {panelIndex} §",
    '[press](javascript:§) ![x](x" onerror="§)',
    "# *a* **b** `c` _d_ ~~~ \n---\n> §",
    "$x^2$ $$\\href{javascript:{}}{x}$$ \\(a\\) \\[b\\]",
    "\\input{/etc/passwd} \\write18{§} \\end{document} % \\",
    '#read("/etc/passwd") #eval("§") #set page(width: 1pt) @x <y> = z',
    "%s %(x)s %n {0.__class__} {} §",
    "=cmd|' /C calc'!A0 §",
    "+1+1 §",
    "-2+3 §",
    "@SUM(1;2) §",
    "\t=1+1 §",
    "'; DROP TABLE entry; -- §",
    "../../../etc/passwd §",
    "\\u003cscript\\u003e§\\u003c/script\\u003e \\x3c \\",
)
UNICODE = (
    "\u202egnp.exe\u202c §",
    "\u2066\u2067x\u2069 \u200f\u200e §",
    "a\u200bb\u200cc\u200dd\u2060e\ufeff §",
    "👩‍👩‍👧‍👦🏳️‍🌈🫶🏽 §",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 Z̴͍͝a̵l̶g̷o̸ §",
    "שלום עולם مرحبا §",
    "\u2028line\u2029paragraph §",
    "\U0010ffff \ufffe \ufdd0 §",
    "ﷺ ﷽ \U0001d573 ｆｕｌｌ §",
    "\x01\x02\x07\x08\x0b\x0c\x1b[31m\x7f\x85\x9f §",
    "İıſK §",
)
FORMS = (*MARKUP, *LANGUAGES, *UNICODE)
"""Each with ``§`` where a piece of code goes."""
LONGEST = 4000


def hostile_texts(count: int, seed: int) -> list[str]:
    """Return so many different texts: each form with each word, then mixtures, some 4,000 characters long."""
    chance = random.Random(seed)
    found = {form.replace("§", word): None for form in FORMS for word in WORDS}
    texts = list(found)[: count // 2]
    while len(texts) < count:
        parts = chance.sample(list(found), chance.randint(2, 5))
        text = chance.choice(["", " ", "\n", "\u200b"]).join(parts) + f" {len(texts)}"
        if chance.random() < 0.05:
            text = (text * LONGEST)[:LONGEST]
        texts.append(text[:LONGEST])
    chance.shuffle(texts)
    return texts
