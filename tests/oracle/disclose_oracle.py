"""Writes disclose_oracle.json: optimal controlled roundings and attack bounds of small tables, computed by SciPy (HiGHS).

Each case is a table of true counts with its margins (row totals, column totals, grand total), in the order cells (row-major),
row totals, column totals, grand total.
Run: python disclose_oracle.py > disclose_oracle.json   (SciPy 1.9 or later)
"""

import json
import random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

BASE = 5


def sums(n_rows, n_columns):
    """Returns the matrix of sums: whole - parts = 0."""
    n_cells = n_rows * n_columns
    n = n_cells + n_rows + n_columns + 1
    matrix = []
    for row in range(n_rows):
        line = [0] * n
        line[n_cells + row] = 1
        for column in range(n_columns):
            line[row * n_columns + column] = -1
        matrix.append(line)
    for column in range(n_columns):
        line = [0] * n
        line[n_cells + n_rows + column] = 1
        for row in range(n_rows):
            line[row * n_columns + column] = -1
        matrix.append(line)
    line = [0] * n
    line[n - 1] = 1
    for row in range(n_rows):
        line[n_cells + row] = -1
    matrix.append(line)
    return np.array(matrix)


def with_margins(cells):
    rows = [sum(row) for row in cells]
    columns = [sum(column) for column in zip(*cells)]
    return [count for row in cells for count in row] + rows + columns + [sum(rows)]


def round_controlled(counts, matrix):
    counts = np.array(counts)
    below, rest = counts // BASE, counts % BASE
    answer = milp(
        c=BASE - 2 * rest,
        constraints=LinearConstraint(matrix, -matrix @ below, -matrix @ below),
        integrality=np.ones(len(counts)),
        bounds=Bounds(0, (rest > 0).astype(int)),
    )
    assert answer.success
    return [int(value) for value in BASE * (below + np.round(answer.x))]


def ranges(printed, own, counts, matrix):
    printed, counts = np.array(printed), np.array(counts)
    low, high = np.maximum(printed - (BASE - 1), 0), printed + (BASE - 1)
    for count in own:
        low[count] = high[count] = counts[count]
    result = []
    for target in range(len(counts)):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(counts))
            goal[target] = sign
            answer = milp(
                c=goal,
                constraints=LinearConstraint(matrix, 0, 0),
                integrality=np.ones(len(counts)),
                bounds=Bounds(low, high),
            )
            assert answer.success
            ends.append(int(round(answer.x[target])))
        result.append(ends)
    return result


def main():
    draws = random.Random(20)
    cases = []
    for n_rows, n_columns in [(1, 2), (2, 2), (3, 2), (3, 4), (5, 3), (6, 5), (4, 6)]:
        cells = [[draws.choice([0, 0, 1, 1, 2, 3, 4, 6, 8, 13, 27]) for _ in range(n_columns)] for _ in range(n_rows)]
        counts, matrix = with_margins(cells), sums(n_rows, n_columns)
        printed = round_controlled(counts, matrix)
        own = [row * n_columns for row in range(n_rows)] + [n_rows * n_columns + n_rows]
        cases.append({
            "n_rows": n_rows,
            "n_columns": n_columns,
            "counts": counts,
            "least_change": int(np.abs(np.array(printed) - np.array(counts)).sum()),
            "printed": printed,
            "outsider": ranges(printed, [], counts, matrix),
            "own": own,
            "insider": ranges(printed, own, counts, matrix),
        })
    print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")


main()
