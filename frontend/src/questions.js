// Our own types of question, made known to survey-core: a guided practice and a drawing. What they look like is
// pacer.js and canvas.js; the parity tests register the same under Node.

/** Adds our types; `core` is survey-core. Their data come from the worksheet as they are. */
export function registerQuestions({ Question, QuestionFactory, Serializer }) {
  const add = (type, properties) => {
    class Own extends Question {
      getType() {
        return type;
      }

      get isNewA11yStructure() {
        return true; // the component says its role and name itself; the renderer would call it a text box
      }
    }
    for (const name of properties) {
      Object.defineProperty(Own.prototype, name, {
        get() {
          return this.getPropertyValue(name);
        },
      });
    }
    const kept = (name) => ({ name, onSetValue: (question, value) => question.setPropertyValue(name, value) });
    Serializer.addClass(type, properties.map(kept), () => new Own(""), "question");
    QuestionFactory.Instance.registerQuestion(type, (name) => new Own(name));
  };
  add("practice", ["patterns", "minutes"]);
  add("drawing", ["palette", "wordsIn"]);
}
