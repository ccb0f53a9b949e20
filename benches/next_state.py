#!/usr/bin/env python3
"""Makes the next state of a generated project, for measuring `gradus diff` of two different states.

    cargo run --release --example generate -- 100000 old
    python3 benches/next_state.py old new

One thing in a hundred is changed, the same ones every time: skills renamed with `formerly` (and everywhere they are named),
names reworded, workload raised and lowered, levels of assessments, `any` for `all` and back, thresholds of credit, single
requirements; and what nothing refers to of one credential in five hundred is removed. Standard library only.
"""
import random
import re
import sys
from collections import Counter
from pathlib import Path

ITEM = re.compile(r"(?:\btrade-\d+\.|(?<![\w.-]))a\d+\.c\d+\.[a-z0-9-]+")


def main(old, new):
    dice = random.Random(2026)
    texts = {path.relative_to(old): path.read_text("utf-8") for path in sorted(Path(old).rglob("*")) if path.is_file()}
    named = Counter(name for text in texts.values() for name in re.findall(r"\btrade-\d+-\d+\b(?!-)", text))
    counts = {}
    renamed = {}

    def one_in_a_hundred(what):
        if dice.random() >= 0.01:
            return False
        counts[what] = counts.get(what, 0) + 1
        return True

    def frameworks(text, trade):
        lines, way = [], {}
        for line in text.split("\n"):
            found = re.match(r"( *)(area|competency|skill) ([a-z0-9-]+) \"(.*)\" \{", line)
            if found:
                indent, kind, name, words = found.groups()
                way[kind] = name
                if kind == "skill" and one_in_a_hundred("skills renamed"):
                    path = f"{trade}.{way['area']}.{way['competency']}."
                    renamed[path + name] = f"{path}{name}-b"
                    line = f'{indent}skill {name}-b "{words}" {{\n{indent}  formerly {name}'
                elif one_in_a_hundred("names reworded"):
                    line = line.replace('" {', ', step by step" {')
            lines.append(line)
        return "\n".join(lines)

    def credentials(text):
        blocks = re.split(r"\n(?=[a-z-]+ trade-\d+-\d+ )", text)
        kept = []
        for block in blocks:
            name = re.match(r"[a-z-]+ (trade-\d+-\d+) ", block)
            alone = name and named[name[1]] == 1
            if alone and dice.random() < 0.02:
                counts["credentials removed"] = counts.get("credentials removed", 0) + 1
                continue
            if one_in_a_hundred("names reworded"):
                block = re.sub(r'^(\S+ \S+ ".*?)"', r'\1, revised"', block, count=1)
            if one_in_a_hundred("workload changed"):
                block = re.sub(r"workload (\d+)", lambda m: f"workload {int(m[1]) + dice.choice((-4, 4))}", block, count=1)
            if one_in_a_hundred("levels changed"):
                block = re.sub(r"(assesses \S+ at )foundation", r"\1practitioner", block, count=1)
            if " any {" in block and dice.random() < 0.05:
                counts["requirements changed"] = counts.get("requirements changed", 0) + 1
                block = block.replace(" any {", " all {", 1)
            block = re.sub(
                r"at least (\d+) ects",
                lambda m: f"at least {int(m[1]) + 1} ects" if one_in_a_hundred("thresholds changed") else m[0],
                block,
            )
            kept.append(block)
        return "\n".join(kept)

    for path, text in list(texts.items()):
        if path.name == "framework.gradus":
            texts[path] = frameworks(text, path.parts[0])
        elif path.name.startswith("credentials"):
            texts[path] = credentials(text)
    for path, text in texts.items():

        def item(found):
            whole = found[0] if found[0].startswith("trade-") else f"{path.parts[0]}.{found[0]}"
            return renamed.get(whole, found[0])

        text = ITEM.sub(item, text)
        target = Path(new) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for what, count in sorted(counts.items()):
        print(f"{count:6} {what}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
