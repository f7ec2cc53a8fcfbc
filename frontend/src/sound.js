// A bell made of two tones, and the browser's own voice. Both are silent until somebody turns them on.

const BELL = { start: [528, 1056], step: [396, 792], end: [352, 704] }; // hertz: a tone and its octave
const RING_S = 2.5;

export class Bell {
  /** Makes the bell ready; browsers allow that only while a button is pressed. */
  wake() {
    this.context ??= new AudioContext();
    this.context.resume();
  }

  ring(kind) {
    const { context } = this;
    if (!context) return;
    const now = context.currentTime;
    for (const [place, pitch] of BELL[kind].entries()) {
      const tone = new OscillatorNode(context, { frequency: pitch });
      const loudness = new GainNode(context, { gain: 0 });
      loudness.gain.linearRampToValueAtTime(place === 0 ? 0.2 : 0.06, now + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, now + RING_S);
      tone.connect(loudness).connect(context.destination);
      tone.start(now);
      tone.stop(now + RING_S);
    }
  }

  close() {
    this.context?.close();
    this.context = undefined;
  }
}

/** A voice of this device in the page's language; none that would send the words to somebody else's server. */
export function ownVoice() {
  const language = document.documentElement.lang || "en";
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language.toLowerCase()));
}

export function speak(text) {
  const voice = ownVoice();
  if (!voice) return;
  hush();
  const words = new SpeechSynthesisUtterance(text);
  Object.assign(words, { voice, lang: voice.lang, rate: 0.9 });
  speechSynthesis.speak(words);
}

export function hush() {
  globalThis.speechSynthesis?.cancel();
}
