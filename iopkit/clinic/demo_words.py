"""The words of the invented clinic: names nobody has, and what such people might write."""

FIRST = (
    "Ava", "Ben", "Noor", "Mateo", "Grace", "Jonah", "Priya", "Eli", "Ruth", "Tomas", "Lin", "Dara",
    "Hana", "Omar", "Iris", "Felix", "Maya", "Silas", "Zoe", "Andre", "Leila", "Hugo", "Nina", "Kofi",
)  # fmt: skip
LAST = (
    "Example", "Sample", "Storybook", "Makebelieve", "Fable", "Pretend", "Daydream", "Notreal", "Fiction",
    "Placeholder", "Imagined", "Specimen",
)  # fmt: skip

TEXTED = ("He read it and did not write back.", "She left me on read until midnight.")
MOMENTS = (
    (
        "I texted my brother that I was having a hard day. He read it and did not write back.",
        ("He is sick of me.", "I always ask for too much."),
        "He cut a call short last month.",
        "He called twice last week without my asking. He works late on Tuesdays.",
        "It hurts that he did not answer. I do not know why yet, and he has shown up for me before.",
        "Ask him on Thursday how his week was.",
    ),
    (
        "I spoke up in group and nobody said anything for a few seconds.",
        ("I said something stupid.", "They think I do not belong here."),
        "It was quiet, and somebody looked at the floor.",
        "Two people nodded. Quiet is normal in there, it happens after everybody.",
        "A pause is not a verdict. Some of them may have needed a moment, like I do.",
        "Say one sentence in the next group.",
    ),
    (
        "My supervisor moved our check-in to tomorrow without a reason.",
        ("I am about to lose this job.", "I cannot do anything right."),
        "I was late twice this month.",
        "She moved other meetings too. The last review was fine.",
        "A moved meeting is a moved meeting. I can ask what it is about.",
        "Write down two things that went well before we meet.",
    ),
    (
        "The kids were loud at dinner and I snapped at them.",
        ("I am a bad parent.",),
        "I raised my voice and my son went quiet.",
        "I said sorry within ten minutes. We read together afterwards.",
        "I was worn out and I repaired it. A bad minute is not a bad parent.",
        "Ten minutes alone in the car before I go in.",
    ),
    (
        "I woke up at four and could not get back to sleep.",
        ("Tomorrow is ruined.", "This will never get better."),
        "I am slower after a short night.",
        "I got through Monday on five hours. The last two weeks were better than the two before.",
        "A short night makes a slow day. It does not undo the week.",
        "Get up at the same time anyway.",
    ),
    (
        "A friend from before asked me to come out on Friday.",
        ("If I say no I will have nobody left.", "I will never have fun again."),
        "He did not ask twice.",
        "Game night was fun and nobody drank. Two people there have my number.",
        "Saying no to Friday is not saying no to people. I can offer something else.",
        "Text him about breakfast on Sunday.",
    ),
)
FEELINGS = ("hurt", "ashamed", "angry", "anxious", "sad", "lonely", "tense", "empty", "guilty", "afraid")
STYLES = ("mind_reading", "catastrophizing", "all_or_nothing", "overgeneralizing", "labeling", "should")

NIGHTS = (
    "Woke from a dream and listened to the rain for a while.",
    "Left the phone in the kitchen. That helped.",
    "Neighbors were loud until one.",
    "Read instead of scrolling.",
    "Kept thinking about tomorrow's group.",
    "Slept through until the alarm for once.",
)

MEALS = {
    "breakfast": ("oatmeal and coffee", "toast with eggs", "yogurt and berries", "leftover rice with egg"),
    "lunch": ("sandwich and an apple", "soup and bread", "beans and rice", "salad with chicken"),
    "dinner": ("pasta with vegetables", "tacos at home", "stir fry", "lentil soup", "fish and potatoes"),
    "snack": ("a banana", "nuts", "crackers and cheese", "an orange"),
}
PLANS = (
    "Pack lunch before bed.",
    "Breakfast before the first call.",
    "Cook once for two days.",
    "Eat with somebody at noon.",
)

TOPICS = (
    "Who gets up on Saturdays",
    "The phone at dinner",
    "How we say we are tired",
    "Visiting my parents",
    "The dishes after group nights",
    "Planning one evening a week",
)
TURNS = (
    ("I feel left alone with it when we do not plan.", "You feel alone with it when there is no plan."),
    ("I worry that I say it wrong and you go quiet.", "You worry that I go quiet when you say it wrong."),
    ("I like it when you sit down next to me first.", "You like it when I sit down with you first."),
    ("I need ten minutes when I come home.", "You need ten minutes before we talk."),
    ("I was proud of you on Tuesday and did not say it.", "You were proud of me and kept it in."),
)
LEARNED = (
    "That it is about being tired, not about me.",
    "How much the ten minutes mean.",
    "That we both wait for the other to start.",
)

NOTES = {
    "sleep-diary": "A few lines each morning, so that we can see the whole week together.",
    "thought-record": "When a feeling hits hard, take ten minutes for it. Two or three a week are plenty.",
    "phq-9": "The same nine questions each week, so that we both see which way it goes.",
    "nutrition-log": "No amounts, just when and with whom. Regular meals steady the evenings.",
    "speaker-listener": "One small topic, the timer on, trade places. Fill it in apart afterwards.",
}
CALLED = (
    "Called the same evening. We went through the safety plan together; sister stays over tonight. "
    "Seen in person the next morning, plan reviewed."
)
ALONE = {
    "alone": "yes",
    "afraid": "never",
    "controlled": "never",
    "hurt": "never",
    "forced": "never",
    "free": "yes",
    "home_safe": "yes",
    "my_part": "never",
    "joint": "yes",
    "contact": "no",
}
"""A check-in before joint work that raises no flag."""
