// A picture with its words: title, summary, the SVG that Python drew as an element tree, and its numbers as a table.

import { useEffect, useRef } from "preact/hooks";

import { say } from "./say.js";

const SVG = "http://www.w3.org/2000/svg";
const TAGS = new Set(["svg", "g", "title", "desc", "path", "line", "polyline", "polygon", "rect", "circle", "text", "tspan", "defs", "clipPath"]);
const ATTRIBUTE = /^(?!on|style$|href$|xlink)[a-zA-Z][a-zA-Z-]*$/;

/** Builds an SVG element from `[tag, {attribute: value}, [children and text]]`; refuses what could do more than show. */
export function build([tag, attributes = {}, children = []]) {
  if (!TAGS.has(tag)) throw new TypeError(`A chart cannot hold <${tag}>`);
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTE.test(name)) element.setAttribute(name, value);
  }
  for (const child of children) element.append(Array.isArray(child) ? build(child) : String(child));
  return element;
}

export function Figure({ figure, level = 3 }) {
  const place = useRef();
  useEffect(() => place.current.replaceChildren(build(figure.svg)), [figure]);
  const Heading = `h${level}`;
  return (
    <figure class="figure">
      <Heading>{figure.title}</Heading>
      <p>{figure.summary}</p>
      <div class="picture" ref={place}></div>
      {figure.table.rows.length ? (
        <details>
          <summary>{say("The numbers")}</summary>
          <div class="table-box" tabIndex={0} role="region" aria-label={say("{title}: the numbers", { title: figure.title })}>
            <Table table={figure.table} />
          </div>
        </details>
      ) : null}
    </figure>
  );
}

/** The pictures of one worksheet, folded under its title; what waits for more entries is said below. */
export function Pictures({ pictures, open = false }) {
  return (
    <details class="card pictures" open={open}>
      <summary>
        <h2>{pictures.title}</h2>
      </summary>
      <div class="gallery">
        {pictures.figures.map((figure) => (
          <Figure key={figure.title} figure={figure} />
        ))}
      </div>
      {pictures.waiting.length ? (
        <ul class="plain soft waiting">
          {pictures.waiting.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : null}
    </details>
  );
}

export function Table({ table }) {
  return (
    <table class="data">
      <thead>
        <tr>
          {table.head.map((text, index) => (
            <th key={index} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((text, column) => (column === 0 ? <th scope="row">{text}</th> : <td>{text}</td>))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
