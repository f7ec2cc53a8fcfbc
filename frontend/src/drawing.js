// A drawing as it is stored: strokes on a grid, as JSON text; and as a picture. Python reads and draws the same
// (iopkit/worksheets/drawing.py, iopkit/charts/drawing.py). A stroke is { colour, pen, points: [[x, y], …] }.

const NEAR = 3; // grid units, of 1000 across; a point nearer than this to the one before says nothing new

/** The strokes behind an answer; none for what is not a drawing. */
export function readDrawing(text) {
  if (typeof text !== "string" || text === "") return [];
  try {
    return JSON.parse(text).strokes.map(([colour, pen, steps]) => ({ colour, pen, points: walk(steps) }));
  } catch {
    return [];
  }
}

function walk(steps) {
  if (steps.length < 2 || !steps.every(Number.isInteger)) throw new TypeError("not a line");
  const points = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) points.push([(x += steps[at]), (y += steps[at + 1])]);
  return points;
}

/** The answer that holds these strokes: "" for none. */
export function writeDrawing(strokes) {
  if (strokes.length === 0) return "";
  return JSON.stringify({ drawing: 1, strokes: strokes.map(({ colour, pen, points }) => [colour, pen, steps(points)]) });
}

function steps(points) {
  let [fromX, fromY] = [0, 0];
  return points.flatMap(([x, y]) => {
    const step = [x - fromX, y - fromY];
    [fromX, fromY] = [x, y];
    return step;
  });
}

/** A point on the grid, whole numbers within its edges. */
export function onGrid([x, y], { width, height }) {
  return [Math.min(Math.max(Math.round(x), 0), width), Math.min(Math.max(Math.round(y), 0), height)];
}

/** A stroke's points without those that make no difference to the eye; where it ends stays. */
export function thin(points) {
  const kept = [points[0]];
  for (const point of points) if (distance(point, kept.at(-1)) >= NEAR) kept.push(point);
  if (distance(points.at(-1), kept.at(-1)) > 0) kept.push(points.at(-1));
  return kept;
}

function distance([ax, ay], [bx, by]) {
  return Math.hypot(bx - ax, by - ay);
}

/** The way of a pen as SVG: a dot, or a curve through the middle between each two points. */
export function path([[x, y], ...rest]) {
  if (rest.length === 0) return `M${x} ${y}h0`;
  const curves = rest.slice(0, -1).map(([x1, y1], at) => {
    const [x2, y2] = rest[at + 1];
    return `Q${x1} ${y1} ${(x1 + x2) / 2} ${(y1 + y2) / 2}`;
  });
  const [endX, endY] = rest.at(-1);
  return `M${x} ${y}${curves.join("")}L${endX} ${endY}`;
}

/** What a stroke looks like: the tone and the width behind its names. */
export function lookOf({ colour, pen }, palette) {
  const tone = palette.colours.find((one) => one.value === colour)?.is ?? palette.colours[0].is;
  const width = palette.pens.find((one) => one.value === pen)?.is ?? palette.pens[0].is;
  return { tone, width };
}

/** The element tree of a drawing, for `build` of figure.js. */
export function drawingTree(strokes, palette, name) {
  const { width, height, paper } = palette;
  const lines = strokes.map((stroke) => {
    const look = lookOf(stroke, palette);
    const drawn = { fill: "none", stroke: look.tone, "stroke-width": look.width };
    return ["path", { d: path(stroke.points), ...drawn, "stroke-linecap": "round", "stroke-linejoin": "round" }, []];
  });
  const size = { viewBox: `0 0 ${width} ${height}`, role: "img", class: "drawing" };
  return ["svg", size, [["title", {}, [name]], ["rect", { width, height, fill: paper }, []], ...lines]];
}
