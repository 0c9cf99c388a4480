#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Doxygen's input filter: a header goes in, the same with Doxygen's comments comes out.

Comments in the headers are plain text. Here each becomes a comment of Doxygen's at what it stands before or behind; what
Doxygen would take for markup is escaped, indented lines become code. What only repeats itself in a reference is left out:
default constructors, and the typedefs of C's structs and enums that have their names already.
"""
import os
import re
import sys

ERRC_ROW = re.compile(r'VIDGEN_ERRC\((\w+), (\d+), \w+, \d+, "(.*)"\)')
SPECIAL = re.compile(r"([\\@<>#&%])|--")
HEADING = re.compile(r"^[A-Z]{4,}(?: [A-Z]+)+$", re.M)
TYPEDEF = re.compile(r"^typedef (struct|enum) (\w+) \{(.*?)^\} ?\2;|^typedef (enum) (\w+) \{([^}]*)\} \5;", re.M | re.S)
# A comment with the code before it on its line; whole lines of // are one comment together.
TOKEN = re.compile(
    r'(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<block>/\*.*?\*/)"
    r"|(?P<lines>//[^\n]*(?:\n[ \t]*//[^\n]*)*)", re.S)


def escaped(text):
    """Text as Doxygen shows it as it is; what stands between backticks is left alone."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [SPECIAL.sub(lambda m: "\\" + m.group(0), part) for part in parts[::2]]
    return "".join(parts)


def body(comment):
    """The lines of a comment without its marks."""
    if comment.startswith("//"):
        return [re.sub(r"^\s*// ?", "", line) for line in comment.split("\n")]
    lines = comment[2:-2].split("\n")
    return [lines[0].strip()] + [re.sub(r"^\s*\* ?", "", line).rstrip() for line in lines[1:]]


def marked_up(lines):
    """Paragraphs escaped, indented lines as code, a line in capitals as a heading. conf.py says what language the code is:
    Doxygen's links in code cost it its indentation."""
    out = []
    for is_code, group in grouped(lines):
        if is_code:
            out += ["@code{.unparsed}", *[line[4:] for line in group], "@endcode"]
        else:
            out += HEADING.sub(lambda m: f"<b>{m[0].capitalize()}</b>", escaped("\n".join(group))).split("\n")
    return out


def grouped(lines):
    groups = []
    for line in lines:
        is_code = line.startswith("    ") or (bool(groups) and groups[-1][0] and not line)
        if not groups or groups[-1][0] != is_code:
            groups.append((is_code, []))
        groups[-1][1].append(line)
    return groups


def commented(text):
    """The whole header with its comments made Doxygen's; the first one is the file's own."""
    out, at, of_file = [], 0, "@file\n"
    while found := TOKEN.search(text, at):
        before = text[text.rfind("\n", 0, found.start()) + 1:found.start()]
        comment = found.group()
        if before.strip() and comment.startswith("//"):  # a line of its own below it is another comment
            comment = comment.split("\n")[0]
        out.append(text[at:found.start()])
        at = found.start() + len(comment)
        lines = [line for line in body(comment) if not line.startswith("SPDX-License-Identifier")]
        if found.lastgroup == "string":
            out.append(comment)
        elif not any(lines) or before.lstrip().startswith("#") or lines[0].startswith("----"):
            pass  # a licence, the reason of an include, a heading
        elif before.strip():
            out.append("///< " + " ".join(marked_up(lines)))
        else:
            out.append("\n" + "\n".join("/// " + line for line in (of_file + "\n".join(marked_up(lines))).strip().split("\n")))
            of_file = ""
    return "".join(out) + text[at:]


def with_errors(text, folder):
    """The rows that error.hpp makes its enum of."""
    with open(os.path.join(folder, "errc.def"), encoding="utf-8") as file:
        rows = "\n".join("  %s = %s,  // %s" % row for row in ERRC_ROW.findall(file.read()))
    text = re.sub(r"^#(?:define|undef) VIDGEN_ERRC.*\n", "", text, flags=re.M)
    return text.replace('#include "vidgen/errc.def"', rows)


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if "errc.def\"" in text:
        text = with_errors(text, os.path.dirname(path))
    if path.endswith(".h"):
        text = TYPEDEF.sub(lambda m: "%s %s {%s};" % (m[1] or m[4], m[2] or m[5], m[3] or m[6]), text)
    text = re.sub(r"^ *(\w+)\(\) = default;\n", "", text, flags=re.M)
    sys.stdout.write(commented(text))


if __name__ == "__main__":
    main()
