"""What is checked in is whole: pinned requirements, documented vendored files, compiled translations, papers."""

import ast
import gettext
import hashlib
import re
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
REQUIREMENTS = ["requirements", "requirements-dev"]


def tracked(pattern="*"):
    listed = subprocess.run(["git", "ls-files", "-z", pattern], cwd=HOUSE, capture_output=True, text=True, check=True)
    return [HOUSE / name for name in listed.stdout.split("\0") if name and (HOUSE / name).exists()]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_pinned_with_hashes_and_names_no_index(name):
    text = (HOUSE / f"{name}.txt").read_text()
    assert not re.search(r"^\s*--(?!hash=)|https?://|@ file", text, re.MULTILINE)
    pins = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert pins
    for pin in pins:
        assert re.match(r"[\w.-]+==[\w.]+", pin), pin
        assert "--hash=sha256:" in pin, pin


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_chosen_package_says_why_it_is_there(name):
    chosen = re.findall(r"^([a-z][\w-]*)", (HOUSE / f"{name}.in").read_text(), re.MULTILINE)
    text = (HOUSE / f"{name}.txt").read_text()
    for package in chosen:
        assert re.search(rf"^# {package}: \w.+\n{package}==", text, re.MULTILINE), package


def test_vendored_scripts_are_the_ones_documented():
    vendor = HOUSE / "static" / "vendor"
    documented = dict(re.findall(r"^\| ([\w.-]+\.js) .* ([0-9a-f]{64}) \|$", (vendor / "VENDOR.md").read_text(), re.M))
    assert documented.keys() == {path.name for path in vendor.glob("*.js")}
    for name, digest in documented.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest, name
        assert "sourceMappingURL" not in (vendor / name).read_text(), name


def entries(path):
    """Translated messages of a .po file as {msgid: msgstr}, fuzzy and empty ones left out as msgfmt does."""
    found = {}
    for block in re.split(r"\n\s*\n", path.read_text()):
        if re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE):
            continue
        parts = dict.fromkeys(("msgctxt", "msgid", "msgid_plural", "msgstr"), "")
        key = None
        for line in block.splitlines():
            if said := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[0\])?)\s+(".*")', line):
                key = said[1].removesuffix("[0]")
                parts[key] = ast.literal_eval(said[2])
            elif key and line.startswith('"'):
                parts[key] += ast.literal_eval(line)
            elif line.startswith("msgstr["):
                key = None
        if parts["msgid"] and parts["msgstr"]:
            found[(parts["msgctxt"], parts["msgid"], parts["msgid_plural"])] = parts["msgstr"]
    return found


@pytest.mark.parametrize("po", sorted((HOUSE / "config/locale").rglob("*.po")), ids=lambda path: path.stem)
def test_compiled_translations_say_what_their_sources_say(po):
    with po.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for (context, one, many), text in entries(po).items():
        if many:
            said = compiled.npgettext(context, one, many, 2) if context else compiled.ngettext(one, many, 2)
        else:
            said = compiled.pgettext(context, one) if context else compiled.gettext(one)
        assert said == text, one


def test_the_papers_of_the_house_are_there():
    assert "## Unreleased" in (HOUSE / "CHANGELOG.md").read_text()
    assert (HOUSE / "LICENSE").read_text().startswith("MIT License")
    for needed in ("make run", "make test"):
        assert needed in (HOUSE / "README.md").read_text()


# Split, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian.org"]
PLACES = ["/" + "work/", "/" + "root/", ".." + "/shared"]
ALLOWED = [".ci/run: " + PLACES[-1]]  # the whole check also asks published indices, where they lie beside the house


def test_no_file_names_a_package_registry_or_a_place_of_one_machine():
    found = [
        f"{path.relative_to(HOUSE)}: {word}"
        for path in tracked()
        if path.suffix in {".py", ".txt", ".in", ".toml", ".md", ".html", ".css", ".js", ".po", ".csv", ".yml", ""}
        and "vendor" not in path.parts
        for word in [*HOSTS, *PLACES]
        if word in path.read_text(errors="ignore")
    ]
    assert found == ALLOWED


def test_no_template_or_script_writes_inline_code_or_styles():
    inline = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)""")
    for path in tracked("templates/*.html"):
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
        assert not inline.search(text), path.relative_to(HOUSE)
