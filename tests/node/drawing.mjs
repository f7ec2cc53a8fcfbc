// Reads [{text, palette}, …], writes for each what the page makes of a stored drawing: its text again, its picture.
import { drawingTree, readDrawing, writeDrawing } from "../../frontend/src/drawing.js";
import { input } from "./survey.mjs";

const drawn = ({ text, palette }) => {
  const strokes = readDrawing(text);
  return { text: writeDrawing(strokes), svg: drawingTree(strokes, palette, "A drawing") };
};

process.stdout.write(JSON.stringify(input().map(drawn)));
