"""Attacks a written report as a reader who has all its files: the partnership's edition and those of all partners together.

Reads tables/*.json below a folder that `catalyse report --by partner` wrote, and what every reader may read: the report definition and
the forms of the study. Shares nothing with the program: who is counted in a cell, the sums between cells and the ranges are made here,
the ranges as linear programs by HiGHS.

Prints each count that could be 1 to 4 persons and is placed within fewer than five values, and the same for what is left between two
counts of which the one is among the other. Exit 1 if there is one.

Run: python attack.py REPORT_FOLDER      (see README.md)
"""

import argparse
import collections
import json
import math
import pathlib
import random
import sys
import tomllib

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

ROOT = pathlib.Path(__file__).resolve().parents[3]
BASE, WIDTH, WORLDS = 5, 4, 24
# Who is whom by the study's groups.toml: the same persons, and among.
SAME = {
    "low_education": [["isced_group=ISCED0-2"]],
    "young_18_25": [["age_group=18-25"]],
    "aged_55_and_over": [["age_group=55+"]],
    "women_alone_with_children": [["lone_parent=true", "gender=F"]],
    "ris_recipients": [["income_sources=ris"]],
    "third_country_nationals": [["nationality_group=TCN"], ["nationality_group=STLS"], ["nationality_group=UNK"]],
}
AMONG = {
    "disability_wg=true": "persons_with_disability",
    "is_homeless=true": "homeless_or_excluded",
    "housing_situation=7": "homeless_or_excluded",
}


def skippable():
    """Returns the variables that not everybody is asked."""
    found = set()

    def walk(node):
        if isinstance(node, dict):
            if "name" in node and "type" in node and "relevant" in node:
                found.add(node["name"])
            node = list(node.values())
        for item in node if isinstance(node, list) else []:
            walk(item)

    for path in sorted((ROOT / "schemas").glob("*/forms/*.toml")):
        walk(tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def specifications():
    definition = tomllib.loads((ROOT / "reports/tendances.toml").read_text(encoding="utf-8"))
    return {figure["table"]["id"]: figure["table"] for chapter in definition["chapter"] for figure in chapter["figure"]}


def partners():
    study = tomllib.loads((ROOT / "schemas/integra/study.toml").read_text(encoding="utf-8"))
    return [partner["id"] for partner in study["partner"]]


class Pack:
    """The printed counts by who is counted, and the ties between them."""

    def __init__(self, folder):
        self.skippable, self.partners = skippable(), partners()
        self.printed, self.ties = {}, {}
        specs = specifications()
        for path in sorted(pathlib.Path(folder).rglob("tables/*.json")):
            table = json.loads(path.read_text(encoding="utf-8"))
            self.read(table, dict(specs[table["id"]]))
        for name in list(self.printed):
            self.tie_to_wider(name)

    def read(self, table, spec):
        n_partners = len({cell["column_code"] for cell in table["cells"]} & set(self.partners))
        if n_partners:
            spec["columns"] = "partner"
        names = {}
        for cell in table["cells"]:
            row, column = (cell["row_role"], cell["row_code"]), (cell["column_role"], cell["column_code"])
            name = self.name(spec, row, column)
            value = cell.get("n_with_value", cell.get("count"))
            assert self.printed.setdefault(name, value) == value, f"{name} has two numbers"
            names[row, column] = name
        rows, columns = (list(dict.fromkeys(key[side] for key in names)) for side in (0, 1))
        is_exclusive = table["rows_exclude_each_other"]
        for column in columns:
            line = {row: names[row, column] for row in rows}
            if spec["kind"] == "summary":
                self.tie(self.at(line, "answered"), self.at(line, "category"), equal=False)
                self.tie(self.at(line, "total"), self.at(line, "answered") + self.at(line, "missing"))
            else:
                self.tie_line(line, is_exclusive)
                if not is_exclusive:
                    for category in self.at(line, "category"):
                        self.tie(self.at(line, "answered") or self.at(line, "total"), [category], equal=False)
        by = spec.get("columns")
        is_whole = spec["kind"] == "transition" or (by not in (None, "wave") and n_partners in (0, len(self.partners)))
        if is_whole and spec["kind"] != "change":
            for row in rows:
                self.tie_line({column: names[row, column] for column in columns}, True)

    def name(self, spec, row, column):
        rows, columns, kind = spec["rows"], spec.get("columns"), spec["kind"]
        conditions = []
        if kind in ("change", "transition"):
            sides = [(column[1], row)] if kind == "change" else [("w1", row), ("w4", column)]
            conditions = [f"{rows}@{wave}={head[1]}" for wave, head in sides if head[0] == "category"]
            return f"both:{rows}", frozenset(conditions)
        if kind == "summary":
            if row[0] == "category":
                return f"value:{spec['value']}", frozenset(self.condition(rows, row))
            if row[0] == "answered":
                return f"value:{spec['value']}", frozenset()
            asked = [f"{variable} asked" for variable in (rows, spec["value"]) if variable in self.skippable]
            return "w4", frozenset(asked + self.condition(spec["value"], row))
        for variable, head in ((rows, row), (columns, column)):
            if variable and variable != "wave":
                asked = [f"{variable} asked"] if variable in self.skippable else []
                conditions += self.condition(variable, head) or asked
        wave = column[1] if columns == "wave" else "w4"
        return (f"rows:{spec['count']}" if "count" in spec else wave), frozenset(conditions)

    @staticmethod
    def condition(variable, head):
        role, code = head
        texts = {"total": [], "answered": [f"{variable} answered"], "missing": [f"{variable} missing:{code}"]}
        return texts.get(role, [f"{variable}={code}"])

    @staticmethod
    def at(line, role):
        return [name for head, name in line.items() if head[0] == role]

    def tie_line(self, line, is_exclusive):
        categories, answered, missing, total = (self.at(line, role) for role in ("category", "answered", "missing", "total"))
        if is_exclusive and answered:
            self.tie(answered, categories)
        if total and answered:
            self.tie(total, answered + missing)
        elif total and is_exclusive and (categories or missing):
            self.tie(total, categories + missing)

    def tie(self, wholes, parts, equal=True):
        terms = collections.Counter(parts)
        terms.subtract(wholes)
        terms = {name: factor for name, factor in terms.items() if factor}
        if terms and all(name in self.printed for name in terms):
            self.ties[frozenset(terms.items()), equal] = terms

    def tie_to_wider(self, name):
        universe, conditions = name
        self.tie([name], [(universe, conditions | {f"partner={partner}"}) for partner in self.partners])
        wider = [(universe, conditions - {one}) for one in conditions if one.endswith(" asked")]
        if universe.startswith("value:"):
            wider.append(("w4", conditions))
        if universe.startswith("both:"):
            variable = universe.removeprefix("both:")
            for wave in ("w1", "w4"):
                wider.append((wave, frozenset([f"{variable} answered"])))
                codes = [one.split("=")[1] for one in conditions if one.startswith(f"{variable}@{wave}=")]
                wider += [(wave, frozenset([f"{variable}={code}"])) for code in codes]
        if universe == "w4":
            partner = {one for one in conditions if one.startswith("partner=")}
            own = conditions - partner
            group = next((one.removeprefix("target_groups=") for one in own if one.startswith("target_groups=")), None)
            if group in SAME:
                self.tie([name], [("w4", frozenset(part) | partner) for part in SAME[group]])
            if len(own) == 1 and next(iter(own)) in AMONG:
                wider.append(("w4", frozenset([f"target_groups={AMONG[next(iter(own))]}"]) | partner))
        for whole in wider:
            self.tie([whole], [name], equal=False)


class Attack:
    def __init__(self, pack, boxes):
        self.names = sorted(pack.printed, key=lambda name: (name[0], sorted(name[1])))
        self.number = {name: number for number, name in enumerate(self.names)}
        ties = sorted(pack.ties.items(), key=lambda item: str(sorted((str(sorted(n[1])), n[0], f) for n, f in item[1].items())))
        self.equal = self.matrix([terms for (_, equal), terms in ties if equal])
        self.among = self.matrix([terms for (_, equal), terms in ties if not equal])
        self.pairs = [(part, whole) for _, terms in ties for part, f in terms.items() if f > 0 for whole, g in terms.items() if g < 0]
        self.bounds = np.array([boxes(name) for name in self.names], float)

    def matrix(self, ties):
        entries = [(row, self.number[name], factor) for row, terms in enumerate(ties) for name, factor in terms.items()]
        rows, columns, factors = zip(*entries)
        return coo_matrix((factors, (rows, columns)), shape=(len(ties), len(self.names))).tocsr()

    def extreme(self, prices):
        answer = linprog(-prices, A_ub=self.among, b_ub=np.zeros(self.among.shape[0]), A_eq=self.equal,
                         b_eq=np.zeros(self.equal.shape[0]), bounds=self.bounds, method="highs")
        assert answer.success, answer.message
        return answer.x

    def targets(self):
        """Lists counts that may be 1 to 4, and what may be 1 to 4 between two counts of which the one is among the other."""
        may_be_small = lambda low, high: low < BASE and high > 0
        for name in self.names:
            if may_be_small(*self.bounds[self.number[name]]):
                yield {name: 1}
        for part, whole in dict.fromkeys(self.pairs):
            (low, high), (low_part, high_part) = self.bounds[self.number[whole]], self.bounds[self.number[part]]
            if may_be_small(max(low - high_part, 0), high - low_part):
                yield {whole: 1, part: -1}

    def run(self):
        targets = list(self.targets())
        goals = np.zeros((len(targets), len(self.names)))
        for row, target in enumerate(targets):
            for name, factor in target.items():
                goals[row, self.number[name]] = factor
        low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
        draws, n_programs = random.Random(1), 0

        def look(world):
            values = goals @ world
            np.minimum(low, values, out=low), np.maximum(high, values, out=high)

        is_open = lambda: high - low < WIDTH - 1e-6
        for world in range(WORLDS):
            signs = np.array([1 - 2 * world if world < 2 else draws.choice((-1, 1)) for _ in targets])
            look(self.extreme(((signs * is_open())[:, None] * goals).sum(axis=0)))
            n_programs += 1
        for row in range(len(targets)):
            for sign in (1, -1):
                if is_open()[row]:
                    look(self.extreme(sign * goals[row]))
                    n_programs += 1
        # What may be 1 to 4, and nobody could be sure of nothing else.
        found = [row for row in range(len(targets)) if is_open()[row] and low[row] < BASE - 0.5 and high[row] > 0.5]
        return len(targets), n_programs, [(targets[row], low[row], high[row]) for row in found]


def figures(folder):
    """Lists the percentages that the counts beside them do not make, and the means that leave not every number of persons."""
    whole_numbers = {"stop_minutes", "deprivation_count", "months_unemployed"}
    specs, told, n_percents, n_means = specifications(), [], 0, 0
    for path in sorted(pathlib.Path(folder).rglob("tables/*.json")):
        table = json.loads(path.read_text(encoding="utf-8"))
        spec = specs[table["id"]]
        cells = {(cell["row_code"], cell["column_code"]): cell for cell in table["cells"]}
        for (row, column), cell in cells.items():
            where = f"{path.relative_to(folder)} {row} {column}"
            if "percent" in cell and "count" in cell:
                margins = [(row, margin) if spec["kind"] == "transition" else (margin, column) for margin in ("answered", "total")]
                base = next(cells[margin]["count"] for margin in margins if margin in cells)
                n_percents += 1
                if cell["percent"] != (200 * min(cell["count"], base) + base) // (2 * base):
                    told.append(f"{where}: {cell['percent']}% is not {cell['count']} of {base}")
            if cell.get("mean") and spec.get("value") in whole_numbers:
                n, mean = cell["n_with_value"], abs(cell["mean"])
                unit = max(10.0 ** (math.floor(math.log10(mean)) - 1), 10.0 ** math.ceil(math.log10(1 / (n - BASE + 1))))
                box = range(max(n - BASE + 1, 1), n + BASE)
                left = [k for k in box if math.floor((mean + unit / 2) * k + 1e-9) >= math.ceil((mean - unit / 2) * k - 1e-9)]
                n_means += 1
                if len(left) < len(box):
                    told.append(f"{where}: a mean of {mean} leaves {left} of about {n}")
    return n_percents, n_means, told


def say(target):
    return " without ".join(f"{universe} [{', '.join(sorted(conditions)) or 'everybody'}]" for universe, conditions in target)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("report")
    options = arguments.parse_args()
    pack = Pack(options.report)

    def box(name):
        printed = pack.printed[name]
        return max(printed - BASE + 1, 0), printed + BASE - 1

    attack = Attack(pack, box)
    n_targets, n_programs, found = attack.run()
    n_equal, n_among = attack.equal.shape[0], attack.among.shape[0]
    print(f"{len(attack.names)} counts, {n_equal} sums, {n_among} parts; {n_targets} targets")
    for target, low, high in found:
        print(f"{say(target)}: {low:g} to {high:g}")
    print(f"{len(found)} placed within fewer than {WIDTH + 1} values")
    n_percents, n_means, told = figures(options.report)
    print(f"{n_percents} percentages, {n_means} means; {len(told)} tell more than their counts")
    print("\n".join(told), file=sys.stderr)
    print(f"{n_programs} linear programs", file=sys.stderr)
    sys.exit(1 if found or told else 0)


main()
