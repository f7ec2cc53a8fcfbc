"""What an invented client who speaks Spanish writes, by the English of the others."""

from collections.abc import Mapping
from typing import Any

SPEAKS_SPANISH = frozenset({"mateo"})
"""User names of invented clients whose pages are in Spanish."""

SPANISH: Mapping[str, str] = {
    "He read it and did not write back.": "Lo leyó y no contestó.",
    "She left me on read until midnight.": "Me dejó en visto hasta la medianoche.",
    "I texted my brother that I was having a hard day. He read it and did not write back.": (
        "Le escribí a mi hermano que estaba teniendo un día difícil. Lo leyó y no contestó."
    ),
    "He is sick of me.": "Está harto de mí.",
    "I always ask for too much.": "Siempre pido demasiado.",
    "He cut a call short last month.": "El mes pasado me cortó una llamada.",
    "He called twice last week without my asking. He works late on Tuesdays.": (
        "La semana pasada llamó dos veces sin que yo se lo pidiera. Los martes trabaja hasta tarde."
    ),
    "It hurts that he did not answer. I do not know why yet, and he has shown up for me before.": (
        "Me duele que no contestara. Todavía no sé por qué, y otras veces ha estado conmigo."
    ),
    "Ask him on Thursday how his week was.": "Preguntarle el jueves cómo le fue en la semana.",
    "I spoke up in group and nobody said anything for a few seconds.": (
        "Hablé en el grupo y nadie dijo nada por unos segundos."
    ),
    "I said something stupid.": "Dije una tontería.",
    "They think I do not belong here.": "Piensan que este no es mi lugar.",
    "It was quiet, and somebody looked at the floor.": "Hubo silencio, y alguien miró al piso.",
    "Two people nodded. Quiet is normal in there, it happens after everybody.": (
        "Dos personas asintieron. El silencio es normal ahí, pasa después de cualquiera."
    ),
    "A pause is not a verdict. Some of them may have needed a moment, like I do.": (
        "Una pausa no es un veredicto. Quizá algunos necesitaban un momento, igual que yo."
    ),
    "Say one sentence in the next group.": "Decir una frase en el próximo grupo.",
    "My supervisor moved our check-in to tomorrow without a reason.": (
        "Mi supervisora pasó nuestra reunión para mañana sin decir por qué."
    ),
    "I am about to lose this job.": "Estoy por perder este trabajo.",
    "I cannot do anything right.": "No hago nada bien.",
    "I was late twice this month.": "Este mes llegué tarde dos veces.",
    "She moved other meetings too. The last review was fine.": (
        "También movió otras reuniones. La última evaluación salió bien."
    ),
    "A moved meeting is a moved meeting. I can ask what it is about.": (
        "Una reunión movida es una reunión movida. Puedo preguntar de qué se trata."
    ),
    "Write down two things that went well before we meet.": (
        "Anotar dos cosas que salieron bien antes de la reunión."
    ),
    "The kids were loud at dinner and I snapped at them.": (
        "Los niños hacían mucho ruido en la cena y les grité."
    ),
    "I am a bad parent.": "Soy un mal padre.",
    "I raised my voice and my son went quiet.": "Levanté la voz y mi hijo se quedó callado.",
    "I said sorry within ten minutes. We read together afterwards.": (
        "Pedí perdón a los diez minutos. Después leímos juntos."
    ),
    "I was worn out and I repaired it. A bad minute is not a bad parent.": (
        "Estaba agotado y lo reparé. Un mal minuto no hace a un mal padre."
    ),
    "Ten minutes alone in the car before I go in.": "Diez minutos a solas en el carro antes de entrar.",
    "I woke up at four and could not get back to sleep.": "Desperté a las cuatro y no pude volver a dormir.",
    "Tomorrow is ruined.": "Mañana ya se arruinó.",
    "This will never get better.": "Esto nunca va a mejorar.",
    "I am slower after a short night.": "Después de dormir poco ando más lento.",
    "I got through Monday on five hours. The last two weeks were better than the two before.": (
        "El lunes salí adelante con cinco horas. Las últimas dos semanas fueron mejores que las anteriores."
    ),
    "A short night makes a slow day. It does not undo the week.": (
        "Una noche corta hace un día lento. No deshace la semana."
    ),
    "Get up at the same time anyway.": "Levantarme a la misma hora de todos modos.",
    "A friend from before asked me to come out on Friday.": "Un amigo de antes me invitó a salir el viernes.",
    "If I say no I will have nobody left.": "Si digo que no, me quedo sin nadie.",
    "I will never have fun again.": "Nunca me voy a volver a divertir.",
    "He did not ask twice.": "No insistió.",
    "Game night was fun and nobody drank. Two people there have my number.": (
        "La noche de juegos fue divertida y nadie bebió. Dos personas de ahí tienen mi número."
    ),
    "Saying no to Friday is not saying no to people. I can offer something else.": (
        "Decirle que no al viernes no es decirle que no a la gente. Puedo proponer otra cosa."
    ),
    "Text him about breakfast on Sunday.": "Escribirle para desayunar el domingo.",
    "hurt": "dolor",
    "ashamed": "vergüenza",
    "angry": "enojo",
    "anxious": "ansiedad",
    "sad": "tristeza",
    "lonely": "soledad",
    "tense": "tensión",
    "empty": "vacío",
    "guilty": "culpa",
    "afraid": "miedo",
    "Woke from a dream and listened to the rain for a while.": "Desperté de un sueño y oí llover un rato.",
    "Left the phone in the kitchen. That helped.": "Dejé el teléfono en la cocina. Ayudó.",
    "Neighbors were loud until one.": "Los vecinos hicieron ruido hasta la una.",
    "Read instead of scrolling.": "Leí en lugar de ver el teléfono.",
    "Kept thinking about tomorrow's group.": "No dejaba de pensar en el grupo de mañana.",
    "Slept through until the alarm for once.": "Por una vez dormí hasta la alarma.",
    "Who gets up on Saturdays": "Quién se levanta los sábados",
    "The phone at dinner": "El teléfono en la cena",
    "How we say we are tired": "Cómo decimos que estamos cansados",
    "Visiting my parents": "Visitar a mis papás",
    "The dishes after group nights": "Los platos después de las noches de grupo",
    "Planning one evening a week": "Planear una noche por semana",
    "I feel left alone with it when we do not plan.": "Me siento solo con eso cuando no planeamos.",
    "You feel alone with it when there is no plan.": "Te sientes solo con eso cuando no hay plan.",
    "I worry that I say it wrong and you go quiet.": "Me preocupa decirlo mal y que te quedes callada.",
    "You worry that I go quiet when you say it wrong.": "Te preocupa que me calle si lo dices mal.",
    "I like it when you sit down next to me first.": "Me gusta cuando primero te sientas a mi lado.",
    "You like it when I sit down with you first.": "Te gusta cuando primero me siento contigo.",
    "I need ten minutes when I come home.": "Necesito diez minutos cuando llego a casa.",
    "You need ten minutes before we talk.": "Necesitas diez minutos antes de que hablemos.",
    "I was proud of you on Tuesday and did not say it.": "El martes me sentí orgulloso de ti y no lo dije.",
    "You were proud of me and kept it in.": "Te sentiste orgulloso de mí y te lo guardaste.",
    "That it is about being tired, not about me.": "Que es cansancio, y no es por mí.",
    "How much the ten minutes mean.": "Cuánto significan los diez minutos.",
    "That we both wait for the other to start.": "Que los dos esperamos a que el otro empiece.",
    "A few lines each morning, so that we can see the whole week together.": (
        "Unas líneas cada mañana, para que podamos ver juntos toda la semana."
    ),
    "When a feeling hits hard, take ten minutes for it. Two or three a week are plenty.": (
        "Cuando un sentimiento pegue fuerte, dale diez minutos. Dos o tres por semana bastan."
    ),
    "The same nine questions each week, so that we both see which way it goes.": (
        "Las mismas nueve preguntas cada semana, para que los dos veamos hacia dónde va."
    ),
    "No amounts, just when and with whom. Regular meals steady the evenings.": (
        "Sin cantidades, solo cuándo y con quién. Comer a horas regulares da calma a las noches."
    ),
    "One small topic, the timer on, trade places. Fill it in apart afterwards.": (
        "Un tema pequeño, con el reloj puesto, y cambien de lugar. Después llénenlo por separado."
    ),
}


def in_spanish(written: Any) -> Any:  # noqa: ANN401 - answers as they are stored
    """Return answers (or a note) with all words that somebody wrote in Spanish; values stay."""
    if isinstance(written, dict):
        return {name: in_spanish(answer) for name, answer in written.items()}
    if isinstance(written, list):
        return [in_spanish(answer) for answer in written]
    return SPANISH.get(written, written) if isinstance(written, str) else written
