// Lets a script import a catalog of translations: the .po file becomes { English text: text, or [one, many] }.
import { readFile } from "node:fs/promises";

/** A plugin for esbuild that reads .po files as `make words` writes them; only texts that scripts show come along. */
export const catalogs = {
  name: "catalogs",
  setup(build) {
    build.onLoad({ filter: /\.po$/ }, async ({ path }) => ({
      contents: JSON.stringify(readCatalog(await readFile(path, "utf8"))),
      loader: "json",
    }));
  },
};

/** The translated texts of a catalog that stand in `frontend/`. */
export function readCatalog(text) {
  const blocks = text.split(/\n{2,}/).filter((block) => /^#: .*\bfrontend\//m.test(block));
  return Object.fromEntries(blocks.map(readMessage).filter(([, said]) => said.length && [said].flat().every(Boolean)));
}

function readMessage(block) {
  const said = {};
  let field = null;
  for (const line of block.split("\n")) {
    const [, name, quoted] = line.match(/^(msgid|msgid_plural|msgstr|msgstr\[[01]\]) (".*")$/) ?? [];
    if (name) field = name;
    const part = quoted ?? (line.startsWith('"') ? line : null);
    if (part) said[field] = (said[field] ?? "") + JSON.parse(part);
  }
  return [said.msgid, said.msgid_plural === undefined ? said.msgstr : [said["msgstr[0]"], said["msgstr[1]"]]];
}
