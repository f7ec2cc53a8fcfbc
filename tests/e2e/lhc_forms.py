"""LHC-Forms, the form renderer of the US National Library of Medicine, in a page of its own.

The package is fetched once into ``.venv`` with the hash below; its own dependencies are built into it.
"""

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parent.parent.parent
VERSION = "40.1.3"
SHA512 = (  # as the registry signs it, in hexadecimal
    "58baee4e6f817159da7c2d2b480437fdc36a871bdc941531c811baf1ab9bfee8"  # pragma: allowlist secret
    "5ad8d68af47f1965c1174d3b8e46e1b3cc2b74c1aedfbe1ba2799b5c0c874fcd"  # pragma: allowlist secret
)
FOLDER = ROOT / ".venv" / f"lforms-{VERSION}"
BUILT = "package/dist/lforms/"
ADDRESS = "http://127.0.0.1/lhc-forms/"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Form</title>
<link rel="stylesheet" href="webcomponent/styles.css"><link rel="icon" href="data:,"><div id="form"></div>
<script src="webcomponent/assets/lib/zone.min.js"></script><script src="webcomponent/lhc-forms.js"></script>
<script src="fhir/R4/lformsFHIR.min.js"></script>"""
SHOW = """async ([form, answers]) => {
  let made = LForms.Util.convertFHIRQuestionnaireToLForms(form, "R4");
  if (answers) made = LForms.Util.mergeFHIRDataIntoLForms("QuestionnaireResponse", answers, made, "R4");
  await LForms.Util.addFormToPage(made, "form");
}"""
READ = """form => {
  const answers = LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4");
  const { fhirpath, fhirpathModel } = LForms.FHIR.R4;
  const known = { resource: answers, questionnaire: form }, scores = {};
  for (const item of (form.item.find(one => one.linkId === "scores:") || { item: [] }).item) {
    const said = item.extension.find(one => one.url.endsWith("calculatedExpression"));
    if (said) scores[item.linkId.slice(6)] =
      fhirpath.evaluate(answers, said.valueExpression.expression, known, fhirpathModel)[0] ?? null;
  }
  return { answers, scores };
}"""
SCORES = """() => Object.fromEntries(LForms.Util._getFormObjectInScope().itemList
  .filter(one => one.linkId.startsWith("score:")).map(one => [one.linkId.slice(6), one.value ?? null]))"""


def fetch() -> Path:
    """Return the folder of the built package, fetched from the registry if it is not there yet."""
    if not (FOLDER / BUILT / "webcomponent" / "lhc-forms.js").is_file():
        FOLDER.mkdir(exist_ok=True)
        npm = shutil.which("npm", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
        assert npm, "npm comes with Node.js; make test installs both"
        command = [npm, "pack", f"lforms@{VERSION}", "--silent"]
        subprocess.run(command, cwd=FOLDER, check=True, timeout=300, capture_output=True)
        packed = FOLDER / f"lforms-{VERSION}.tgz"
        found = hashlib.sha512(packed.read_bytes()).hexdigest()
        assert found == SHA512, "the package is not the one that was looked at"
        with tarfile.open(packed) as tar:
            wanted = [
                one
                for one in tar.getmembers()
                if one.name.startswith(BUILT) and not one.name.endswith(".map")
            ]
            tar.extractall(FOLDER, members=wanted, filter="data")
        packed.unlink()
    return FOLDER / BUILT


class LhcForms:
    """A page with LHC-Forms in it; ``complaints`` are errors, ``asked`` is what it wanted of other places."""

    def __init__(self, browser: Browser) -> None:
        self.folder = fetch()
        self.context = browser.new_context(viewport={"width": 1280, "height": 844})
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.route("**/*", self.answer)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(ADDRESS)

    def answer(self, route: Route) -> None:
        """Answer from the folder; anything else is noted and not asked."""
        path = route.request.url.removeprefix(ADDRESS)
        if not path:
            route.fulfill(body=PAGE, content_type="text/html")
        elif (self.folder / path).is_file():
            route.fulfill(path=self.folder / path)
        else:
            self.asked.append(route.request.url)
            route.abort()

    def show(self, form: dict[str, Any], answers: dict[str, Any] | None = None) -> None:
        """Render a Questionnaire, filled in with a response if there is one."""
        self.page.evaluate(SHOW, [form, answers])

    def read(self, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, float | None]]:
        """Return the response as the form has it, and the scores that the expressions come to."""
        found = self.page.evaluate(READ, form)
        return found["answers"], found["scores"]

    def scores(self) -> dict[str, float | None]:
        """Return the scores that the form shows now."""
        return dict(self.page.evaluate(SCORES))

    def close(self) -> None:
        """Close the page."""
        self.context.close()
