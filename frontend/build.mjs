// Builds src/ into iopkit/widgets/static: hashed, split, minified, compressed, with manifest.json to find each file
// and imports.json to know what else its script will ask for.
//
//   node frontend/build.mjs [OUT]
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";

import { catalogs } from "./catalogs.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, "../iopkit/widgets/static"));
const work = `${out}.new`;
const src = (name) => path.join(here, "src", name);
const require = createRequire(import.meta.url);

const esbuild = await import("esbuild").catch(() => {
  console.error("The front end's packages are missing: run `npm ci` in frontend/ first.");
  process.exit(1);
});

// The form renderer is written for React; preact/compat is the same interface at a tenth of the size.
const preactForReact = {
  react: "preact/compat",
  "react-dom": "preact/compat",
  "react/jsx-runtime": "preact/jsx-runtime",
};

const shared = {
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  target: ["chrome111", "firefox115", "safari16.4"],
  loader: { ".js": "jsx" },
  plugins: [catalogs],
  jsx: "automatic",
  jsxImportSource: "preact",
  alias: preactForReact,
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
};

/** Scripts of the served pages: split, so that a page without a form loads none of the form renderer. */
async function buildScripts(formStyle) {
  const result = await esbuild.build({
    ...shared,
    define: { ...shared.define, FORM_STYLE: JSON.stringify(formStyle) },
    entryPoints: [src("page.js"), src("sign-in.js")],
    outdir: work,
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
  });
  const { outputs } = result.metafile;
  const manifest = {};
  const imports = {};
  for (const [file, { entryPoint = "" }] of Object.entries(outputs)) {
    if (!/src\/[a-z-]+\.js$/.test(entryPoint)) continue;
    const name = path.basename(entryPoint);
    manifest[name] = path.basename(file);
    imports[name] = [...imported(outputs, file)].map((one) => path.basename(one)).sort();
  }
  return { manifest, imports };
}

/** The files that come with a file at once, and those that come with them. */
function imported(outputs, file, found = new Set()) {
  for (const one of outputs[file].imports) {
    if (one.kind !== "import-statement" || found.has(one.path)) continue;
    found.add(one.path);
    imported(outputs, one.path, found);
  }
  return found;
}

/** Modules for JupyterLab, where anywidget wants one file each. */
async function buildWidgets() {
  const define = { ...shared.define, FORM_STYLE: '""' };
  await esbuild.build({ ...shared, define, entryPoints: [src("page-widget.js"), src("form-widget.js")], outdir: work });
}

/** The offline form: one script that stands in a page of its own. */
async function buildOffline() {
  const define = { ...shared.define, FORM_STYLE: '""' };
  await esbuild.build({ ...shared, define, format: "iife", entryPoints: [src("offline.js")], outdir: work });
}

/** The form renderer's own variables; it would write them into a <style>, which our content policy forbids. */
async function rendererVariables(css) {
  const { BaseTheme } = await import(require.resolve("survey-core").replace(/survey\.core\.js$/, "fesm/survey-core.mjs"));
  const all = BaseTheme.cssVariables;
  const wanted = new Set();
  const follow = (text) => {
    for (const [, name] of text.matchAll(/var\((--sjs2-[a-z0-9-]+)/g)) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      if (all[name]) follow(all[name]);
    }
  };
  follow(css);
  const lines = [...wanted].filter((name) => all[name]).map((name) => `${name}:${all[name]}`);
  return `:where(.sd-theme-root){${lines.join(";")}}`;
}

async function buildStyles() {
  const read = (name) => readFile(src(name), "utf8");
  const base = (await Promise.all(["tokens.css", "base.css", "parts.css", "views.css", "library.css", "privacy.css", "drill.css", "calendar.css", "chart.css"].map(read))).join("\n");
  const renderer = await readFile(require.resolve("survey-core/survey-core.fontless.min.css"), "utf8");
  const ours = (await Promise.all(["form.css", "doing.css"].map(read))).join("\n");
  const form = [renderer, await rendererVariables(renderer + ours), ours].join("\n");
  const manifest = {};
  for (const [name, text] of Object.entries({ "base.css": base, "form.css": form })) {
    manifest[name] = await writeStyle(name, text, true);
  }
  await writeStyle("widget.css", `${base}\n${form}`, false);
  return manifest;
}

async function writeStyle(name, text, hashed) {
  const { code } = await esbuild.transform(text, { loader: "css", minify: true, legalComments: "none" });
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 8).toUpperCase();
  const file = hashed ? name.replace(".css", `-${hash}.css`) : name;
  await writeFile(path.join(work, file), code);
  return file;
}

/** A .gz and a .br beside each file, so that the server never compresses while somebody waits. */
async function compress() {
  const gzip = promisify(zlib.gzip);
  const brotli = promisify(zlib.brotliCompress);
  for (const file of await readdir(work)) {
    if (!/\.(js|css)$/.test(file)) continue;
    const bytes = await readFile(path.join(work, file));
    await writeFile(path.join(work, `${file}.gz`), await gzip(bytes, { level: 9 }));
    await writeFile(path.join(work, `${file}.br`), await brotli(bytes));
  }
}

async function writeSorted(name, value) {
  const sorted = Object.fromEntries(Object.entries(value).sort());
  await writeFile(path.join(work, name), `${JSON.stringify(sorted, null, 2)}\n`);
}

async function main() {
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const styles = await buildStyles();
  const [scripts] = await Promise.all([buildScripts(styles["form.css"]), buildWidgets(), buildOffline()]);
  const manifest = { ...scripts.manifest, ...styles };
  await compress();
  await writeSorted("manifest.json", manifest);
  await writeSorted("imports.json", scripts.imports);
  await rm(out, { recursive: true, force: true });
  await rename(work, out);
  console.log(`Built ${Object.values(manifest).join(", ")} into ${path.relative(process.cwd(), out) || out}`);
}

await main();
