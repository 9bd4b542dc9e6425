"""Writes tabulate_oracle.json: tables of tabulate_records.csv, counted by pandas and tested by SciPy and statsmodels.

The records are invented. `?refused` is an empty cell with its reason; of a person twice in a wave the first row counts.
Run: python tabulate_oracle.py > tabulate_oracle.json   (pinned in tabulate_requirements.txt)
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.multitest import multipletests

PARTNERS = ["north", "south", "east"]
CATEGORIES = {
    "status": ["employed", "unemployed", "inactive"],
    "works": ["oui", "non"],
    "transport": ["car", "bus", "bike"],
    "gender": ["woman", "man", "other"],
    "age_band": ["under_25", "from_25"],
}
TESTS = []  # every test of every table, in order: what Benjamini and Hochberg look at

records = pd.read_csv(Path(__file__).with_name("tabulate_records.csv"), dtype=str, keep_default_na=False)
records = records.drop_duplicates(["person_id", "round"], keep="first")
age = pd.to_numeric(records["age"], errors="coerce")
records["age_band"] = np.where(age.isna(), "", np.where(age < 25, "under_25", "from_25"))


def has_answer(answers):
    return (answers != "") & ~answers.str.startswith("?")


def chose(answers, category):
    """Says who chose a category, among several or alone."""
    return answers.str.split(" ").apply(lambda chosen: category in chosen)


def lines(answers, names):
    """Returns who stands in each line of a variable, margins and missing answers among them."""
    who = {key: chose(answers, name) for key, name in names}
    who["answered"] = has_answer(answers)
    who["missing"] = ~has_answer(answers)
    who["total"] = answers == answers
    return who


def names_of(variable):
    keys = {"oui": "true", "non": "false"}
    return [(keys.get(name, name), name) for name in CATEGORIES[variable]]


def association(counts):
    """Returns the method, p and bias-corrected V of a table of counts; nothing if nobody differs."""
    counts = np.array(counts)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return None
    n = counts.sum()
    pearson = stats.chi2_contingency(counts, correction=False)
    if pearson.expected_freq.min() >= 1:
        method = "Pearson χ² (N−1)"
        p = stats.chi2.sf(pearson.statistic * (n - 1) / n, pearson.dof)
    else:
        assert counts.shape == (2, 2)
        method, p = "Fisher", stats.fisher_exact(counts).pvalue
    # Bergsma, J. Korean Stat. Soc. 42 (2013) 323-328.
    rows, columns = counts.shape
    phi2 = max(0, pearson.statistic / n - (rows - 1) * (columns - 1) / (n - 1))
    room = min(size - (size - 1) ** 2 / (n - 1) for size in (rows, columns)) - 1
    return method, p, np.sqrt(phi2 / room)


def note_test(method, n, p, adjusted=None, v=None):
    test = {"method": method, "n": int(n), "p": float(p), "within": float(p if adjusted is None else adjusted)}
    if v is not None:
        test["v"] = float(v)
    TESTS.append(test)
    return test


def by_partner(variable, wave, kind, among=None):
    here = records[records["round"] == wave]
    here = here if among is None else here[here["gender"] == among]
    rows = lines(here[variable], names_of(variable))
    columns = {partner: here["office"] == partner for partner in PARTNERS}
    cells = {
        f"{row}|{column}": int((rows[row] & own).sum())
        for row in rows
        for column, own in {**columns, "total": here["office"] == here["office"]}.items()
    }
    tests = []
    if kind == "frequency":
        for key, _ in names_of(variable):
            of_row = []
            for partner in PARTNERS:
                part, base = cells[f"{key}|{partner}"], cells[f"answered|{partner}"]
                rest = sum(cells[f"{key}|{other}"] for other in PARTNERS) - part
                rest_base = sum(cells[f"answered|{other}"] for other in PARTNERS) - base
                result = association([[part, base - part], [rest, rest_base - rest]])
                if result:
                    of_row.append((result, base + rest_base))
            if of_row:
                adjusted = multipletests([result[1] for result, _ in of_row], method="holm")[1]
                tests += [note_test(result[0], n, result[1], p) for (result, n), p in zip(of_row, adjusted)]
    else:
        counts = [[cells[f"{key}|{partner}"] for partner in PARTNERS] for key, _ in names_of(variable)]
        method, p, v = association(counts)
        tests.append(note_test(method, np.sum(counts), p, v=v))
    keys = f'kind = "{kind}"; rows = "{variable}"; columns = "partner"; wave = "{wave}"'
    if among is not None:
        keys += f'; universe = "gender = \'{among}\'"'
    return {"keys": keys, "cells": cells, "tests": tests}


def weighted(variable, wave):
    here = records[records["round"] == wave]
    weight = pd.to_numeric(here["weight"])
    rows = lines(here[variable], names_of(variable))
    return {
        "keys": f'kind = "frequency"; rows = "{variable}"; wave = "{wave}"; weighted = true',
        "cells": {f"{row}|total": int(who.sum()) for row, who in rows.items()},
        "weighted": {f"{row}|total": float(weight[who].sum()) for row, who in rows.items()},
        "tests": [],
    }


def summary(value, wave):
    here = records[records["round"] == wave]
    values = pd.to_numeric(here[value], errors="coerce")
    cells, summaries = {}, {}
    for partner in PARTNERS + ["total"]:
        own = values[(here["office"] == partner) | (partner == "total")].dropna()
        low, high = stats.t.interval(0.95, len(own) - 1, loc=own.mean(), scale=stats.sem(own))
        quartiles = [float(q) for q in np.quantile(own, [0.25, 0.5, 0.75], method="inverted_cdf")]
        cells[f"{partner}|total"] = len(own)
        summaries[f"{partner}|total"] = [float(own.mean()), float(low), float(high), *quartiles]
    keys = f'kind = "summary"; value = "{value}"; rows = "partner"; wave = "{wave}"'
    return {"keys": keys, "cells": cells, "summaries": summaries, "tests": []}


def weighted_summary(value, rows, wave):
    """Weighted mean, interval and quartiles by the linearised values of every person of the wave, the partners as strata."""
    here = records[records["round"] == wave]
    values, weight = pd.to_numeric(here[value], errors="coerce"), pd.to_numeric(here["weight"]).fillna(0)
    groups = {"total": values == values} if rows == "partner" else {}
    if rows == "partner":
        groups |= {partner: here["office"] == partner for partner in PARTNERS}
    else:
        groups |= {key: chose(here[rows], name) for key, name in names_of(rows)} | {"total": values == values}
    cells, weighted, summaries = {}, {}, {}
    for key, who in groups.items():
        own = who & values.notna()
        w, y = weight.where(own, 0), values.fillna(0)
        mean = (w * y).sum() / w.sum()
        degrees = len(here) - here["office"].nunique()
        standard_error = np.sqrt(variance_of(w * (y - mean) / w.sum(), here["office"]))
        ordered = sorted(zip(values[own], weight[own]))
        at = lambda share: next(v for v, _ in ordered if sum(u for x, u in ordered if x <= v) >= share * w.sum() * (1 - 1e-12))
        margin = stats.t.ppf(0.975, degrees) * np.sqrt(variance_of(w * ((y <= at(0.5)) - (w * (y <= at(0.5))).sum() / w.sum()) / w.sum(), here["office"]))
        cells[f"{key}|total"], weighted[f"{key}|total"] = int(own.sum()), float(w.sum())
        summaries[f"{key}|total"] = [float(x) for x in (
            mean, *stats.t.interval(0.95, degrees, mean, standard_error), at(0.25), at(0.5), at(0.75), at(0.5 - margin), at(0.5 + margin))]
    keys = f'kind = "summary"; value = "{value}"; rows = "{rows}"; wave = "{wave}"; weighted = true'
    return {"keys": keys, "cells": cells, "weighted": weighted, "summaries": summaries, "tests": []}


def variance_of(shares, strata):
    """Returns the variance of a sum of independent values, drawn stratum by stratum."""
    return sum(len(own) * own.var(ddof=1) if len(own) > 1 else float(own.iloc[0]) ** 2 for _, own in shares.groupby(strata))


def pairs(variable):
    """Returns the persons who answered in both waves, with both answers."""
    sides = [records[records["round"] == wave].set_index("person_id")[variable] for wave in ("w1", "w2")]
    both = pd.concat(sides, axis=1, join="inner", keys=["before", "after"])
    return both[has_answer(both["before"]) & has_answer(both["after"])]


def change(variable, is_exclusive=True):
    both = pairs(variable)
    names = names_of(variable)
    cells, tests = {}, []
    for key, name in names:
        before, after = chose(both["before"], name), chose(both["after"], name)
        cells[f"{key}|w1"], cells[f"{key}|w2"] = int(before.sum()), int(after.sum())
        came, left = int((~before & after).sum()), int((before & ~after).sum())
        # Fagerland et al. 2013: twice the exact one-sided p, less the probability of what was observed.
        fewer, changed = min(came, left), came + left
        p = 2 * stats.binom.cdf(fewer, changed, 0.5) - stats.binom.pmf(fewer, changed, 0.5)
        test = note_test("McNemar mid-p", len(both), min(1, p))
        test["moved"] = [came, left]
        tests.append(test)
    cells["answered|w1"] = cells["answered|w2"] = len(both)
    if is_exclusive and len(names) > 2:
        order = [name for _, name in names]
        square = pd.crosstab(both["before"], both["after"]).reindex(index=order, columns=order, fill_value=0)
        result = SquareTable(square, shift_zeros=False).homogeneity(method="stuart_maxwell")
        tests.append(note_test("Stuart–Maxwell", len(both), result.pvalue))
    return {"keys": f'kind = "change"; rows = "{variable}"', "cells": cells, "tests": tests}


def transition(variable):
    both = pairs(variable)
    who = [{**{key: chose(side, name) for key, name in names_of(variable)}, "answered": side == side}
           for side in (both["before"], both["after"])]
    cells = {f"{a}|{b}": int((who[0][a] & who[1][b]).sum()) for a in who[0] for b in who[1]}
    return {"keys": f'kind = "transition"; rows = "{variable}"', "cells": cells, "tests": []}


tables = [
    by_partner("status", "w2", "frequency"),
    by_partner("transport", "w1", "frequency"),
    by_partner("age_band", "w2", "frequency"),
    by_partner("status", "w1", "frequency", among="other"),  # few persons: Fisher
    by_partner("status", "w1", "cross"),
    by_partner("works", "w2", "cross"),
    weighted("gender", "w1"),
    weighted("transport", "w2"),
    summary("hours", "w1"),
    summary("age", "w2"),
    weighted_summary("age", "partner", "w1"),
    weighted_summary("age", "gender", "w2"),
    change("status"),
    change("works"),
    change("transport", is_exclusive=False),
    transition("status"),
]
adjusted = multipletests([test["within"] for test in TESTS], method="fdr_bh")[1]
for test, p in zip(TESTS, adjusted):
    test["adjusted"] = float(p)
print(json.dumps(tables, ensure_ascii=False, indent=1))
