// Text between questions, shown as text. (The renderer would show it as HTML.)

import { SurveyQuestionElementBase } from "survey-react-ui";

export class Plain extends SurveyQuestionElementBase {
  renderElement() {
    const text = this.questionBase.html ?? "";
    return (
      <div class="plain-text">
        {text.split(/\n{2,}/).map((paragraph, index) => (
          <p key={index}>{paragraph}</p>
        ))}
      </div>
    );
  }
}
