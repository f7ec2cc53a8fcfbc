// Puts a drawing on a canvas. Finished lines lie on a layer of their own, so that a long drawing stays quick.

import { lookOf, path } from "./drawing.js";

export class Easel {
  constructor(canvas, palette) {
    Object.assign(this, { canvas, palette, layer: document.createElement("canvas"), strokes: null });
  }

  /** Shows all lines, and the one under way on top. */
  paint(strokes, line) {
    const resized = this.fit();
    if (resized || strokes !== this.strokes) {
      const context = this.ready(this.layer);
      context.fillStyle = this.palette.paper;
      context.fillRect(0, 0, this.palette.width, this.palette.height);
      for (const stroke of strokes) this.draw(context, stroke);
      this.strokes = strokes;
    }
    const context = this.canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.layer, 0, 0);
    if (line) this.draw(this.ready(this.canvas), line);
  }

  /** Makes the canvas as fine as the screen; says whether it changed. */
  fit() {
    const width = Math.max(1, Math.round(this.canvas.clientWidth * devicePixelRatio));
    if (this.layer.width === width) return false;
    const height = Math.round((width * this.palette.height) / this.palette.width);
    for (const canvas of [this.canvas, this.layer]) Object.assign(canvas, { width, height });
    return true;
  }

  ready(canvas) {
    const context = canvas.getContext("2d");
    const scale = canvas.width / this.palette.width;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    return Object.assign(context, { lineCap: "round", lineJoin: "round" });
  }

  draw(context, stroke) {
    const { tone, width } = lookOf(stroke, this.palette);
    Object.assign(context, { strokeStyle: tone, fillStyle: tone, lineWidth: width });
    if (stroke.points.length > 1) return context.stroke(new Path2D(path(stroke.points)));
    const dot = new Path2D(); // a canvas leaves out a line without length
    dot.arc(...stroke.points[0], width / 2, 0, 2 * Math.PI);
    context.fill(dot);
  }
}
