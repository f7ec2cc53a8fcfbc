// Text between questions, shown as text. (The renderer would show it as HTML.)

import { SurveyQuestionElementBase } from "survey-react-ui";

export class Plain extends SurveyQuestionElementBase {
  renderElement() {
    const paragraphs = (this.questionBase.html ?? "").split(/\n{2,}/).filter(Boolean);
    return <div class="plain-text">{paragraphs.map((text, index) => <p key={index}>{text}</p>)}</div>;
  }
}
