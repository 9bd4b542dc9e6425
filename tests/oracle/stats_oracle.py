"""Expected figures of catalyse-stats, computed with SciPy and statsmodels.

Prints one JSON object per line: measure, inputs, expected numbers. Where neither package has the measure, the
definition is written out here in another way than in the crate (person by person, exact fractions, or full enumeration).
"""

import itertools
import json
import math
import random
import warnings
from fractions import Fraction

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

warnings.simplefilter("ignore")
LEVELS = [0.9, 0.95, 0.99]
SHARES = [(0, 1), (1, 1), (0, 2), (1, 2), (1, 3), (2, 5), (0, 10), (10, 10), (1, 10), (5, 10), (12, 20), (0, 30), (29, 30),
          (15, 100), (99, 100), (3, 541), (200, 541), (541, 541), (50, 12345), (10, 1000000), (500000, 1000000)]


def emit(measure, inputs, expected):
    flat = [float(value) for value in np.ravel(expected)]
    assert all(math.isfinite(value) for value in flat), (measure, inputs, flat)
    print(json.dumps({"measure": measure, "inputs": inputs, "expected": flat}))


def intervals_of_shares():
    for (count, base), level in itertools.product(SHARES, LEVELS):
        given = [count, base, level]
        wilson = stats.binomtest(count, base).proportion_ci(level, method="wilson")
        emit("wilson", given, wilson)


def differences():
    pairs = [((56, 70), (48, 80)), ((9, 10), (3, 10)), ((0, 10), (0, 20)), ((10, 10), (0, 20)), ((5, 56), (0, 29)), ((1, 1), (0, 1)),
             ((200, 541), (180, 530)), ((3, 100), (1, 90)), ((10, 10), (20, 20)), ((1000, 100000), (900, 100000))]
    for (one, two), level in itertools.product(pairs, LEVELS):
        given = [*one, *two, level]
        difference = one[0] / one[1] - two[0] / two[1]
        newcombe = confint_proportions_2indep(*one, *two, method="newcomb", compare="diff", alpha=1 - level)
        emit("newcombe_wilson", given, [difference, *newcombe])


def paired():
    tables = [(1, 7, 1, 12), (12, 5, 12, 30), (0, 5, 12, 0), (20, 0, 0, 20), (0, 0, 6, 0), (59, 6, 16, 80), (3, 1, 0, 2), (100, 40, 40, 361),
              (0, 1, 0, 0), (250, 60, 31, 200), (1000, 900, 700, 100000), (10, 3, 3, 0), (30, 500, 200, 10)]
    for a, b, c, d in tables:
        counts = [a, b, c, d]
        mass = [math.comb(b + c, k) for k in range(min(b, c) + 1)]
        mid = Fraction(2 * sum(mass) - mass[-1], 2 ** (b + c))
        emit("mcnemar_mid_p", counts, min(mid, Fraction(1)))
        for level in LEVELS:
            emit("newcombe_paired", counts + [level], newcombe_paired(a, b, c, d, level))


def newcombe_paired(a, b, c, d, level):
    """Newcombe 1998, Stat Med 17:2635, method 10, for second minus first (cells named as in the paper, then turned round)."""
    n = a + b + c + d
    (l1, u1), (l2, u2) = (stats.binomtest(k, n).proportion_ci(level, method="wilson") for k in (a + b, a + c))
    p1, p2 = (a + b) / n, (a + c) / n
    product = (a + b) * (c + d) * (a + c) * (b + d)
    top = a * d - b * c
    top = top - n / 2 if top > n / 2 else 0 if top >= 0 else top
    phi = top / math.sqrt(product) if product else 0.0
    low = (p1 - p2) - math.sqrt(max(0, (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2))
    high = (p1 - p2) + math.sqrt(max(0, (u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2))
    return [p2 - p1, max(-1, -high), min(1, -low)]


TABLES = [[[12, 5], [3, 20]], [[3, 1], [1, 3]], [[1, 0], [0, 1]], [[10, 20, 30], [20, 20, 20]], [[5, 0, 7], [0, 9, 2], [4, 4, 4]],
          [[100, 200], [300, 400]], [[50, 3, 8, 20], [45, 9, 2, 21], [70, 5, 11, 40], [33, 2, 3, 10], [61, 4, 9, 29]], [[10, 10], [10, 10]],
          [[9000, 11000], [9100, 10900]], [[0, 8], [2, 0]], [[1, 9], [11, 3]], [[500, 3], [38, 0]]]


def associations():
    for rows in TABLES:
        table = np.array(rows)
        n, (r, c) = table.sum(), table.shape
        chi, p, degrees, _ = stats.chi2_contingency(table, correction=False)
        emit("pearson", rows, [chi, degrees, p])
        corrected = chi * (n - 1) / n
        emit("pearson_n_minus_one", rows, [corrected, degrees, stats.chi2.sf(corrected, degrees)])
        if min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1 > 1e-9:
            emit("cramers_v", rows, bergsma(table))
        if (r, c) == (2, 2):
            emit("fisher_exact", rows, stats.fisher_exact(table).pvalue)
    generator = random.Random(4)
    for _ in range(25):
        rows = [[generator.randint(0, 15) for _ in range(2)] for _ in range(2)]
        if min(np.sum(rows, 0)) and min(np.sum(rows, 1)):
            emit("fisher_exact", rows, stats.fisher_exact(rows).pvalue)
    for rows in ([[3, 0, 1], [0, 4, 1]], [[2, 1], [0, 3], [4, 0]], [[6, 1, 0], [2, 2, 3], [0, 1, 4]], [[5, 1, 1], [5, 1, 1]],
                 [[20, 1, 0, 2], [15, 0, 3, 1]]):
        emit("pearson_monte_carlo", rows, enumerated(rows))


def bergsma(table):
    """From the 0/1 variables of each person: the mean squared correlation, less its mean under independence."""
    n, (r, c) = table.sum(), table.shape
    p = table / n
    e = np.outer(p.sum(1), p.sum(0))
    phi = max(0.0, ((p - e) ** 2 / e).sum() - (r - 1) * (c - 1) / (n - 1))
    return math.sqrt(phi / min(r - 1 - (r - 1) ** 2 / (n - 1), c - 1 - (c - 1) ** 2 / (n - 1)))


def enumerated(rows):
    """The exact probability of a chi-square at least as large, over all tables with these margins."""
    row_totals, column_totals = [sum(row) for row in rows], [sum(column) for column in zip(*rows)]
    n = sum(row_totals)

    def chi(table):
        return sum(Fraction(o * o, r * c) for row, r in zip(table, row_totals) for o, c in zip(row, column_totals))

    def fill(row_totals_left, columns_left):
        if len(row_totals_left) == 1:
            yield [tuple(columns_left)]
            return
        for row in itertools.product(*(range(most + 1) for most in columns_left)):
            if sum(row) == row_totals_left[0]:
                for rest in fill(row_totals_left[1:], [a - b for a, b in zip(columns_left, row)]):
                    yield [row, *rest]

    observed, top, total = chi(rows), Fraction(0), Fraction(0)
    for table in fill(row_totals, column_totals):
        weight = Fraction(1, math.prod(math.factorial(count) for row in table for count in row))
        total += weight
        top += weight if chi(table) >= observed else 0
    return [n * (observed - 1), top / total]


def margins():
    squares = [[[20, 10, 5], [3, 30, 15], [0, 5, 40]], [[5, 9], [2, 7]], [[1, 2, 3], [4, 5, 6], [7, 8, 10]], [[50, 1, 2, 3], [9, 60, 4, 5], [6, 7, 80, 8], [2, 2, 1, 9]],
               [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]]
    for rows in squares:
        square = SquareTable(np.array(rows), shift_zeros=False)
        result = square.homogeneity("stuart_maxwell")
        emit("stuart_maxwell", rows, [result.statistic, result.df, result.pvalue])
        # The same persons with a category that nobody was ever in: nothing may change.
        wider = [[*row[:1], 0, *row[1:]] for row in rows]
        wider.insert(1, [0] * len(wider[0]))
        result = square.homogeneity("stuart_maxwell")
        emit("stuart_maxwell", wider, [result.statistic, result.df, result.pvalue])


def trends():
    groups = [[(0, 10, 50), (6, 15, 50), (12, 25, 50)], [(0, 1, 10), (1, 5, 12)], [(0, 30, 60), (5, 28, 70), (14, 25, 80), (30, 20, 90)],
              [(1, 0, 5), (2, 1, 6), (3, 0, 7), (4, 4, 8)], [(0, 5000, 10000), (1, 5100, 10000), (2, 5300, 10000)], [(0, 5, 10), (1, 9, 10), (2, 5, 10)]]
    for group in groups:
        scores = np.repeat([g[0] for g in group], [g[2] for g in group])
        yes = np.concatenate([[1] * g[1] + [0] * (g[2] - g[1]) for g in group])
        line = stats.linregress(scores, yes)
        statistic = len(yes) * line.rvalue ** 2
        total = stats.chi2_contingency([[g[1] for g in group], [g[2] - g[1] for g in group]], correction=False)[0]
        departure = [] if len(group) == 2 else [total - statistic, stats.chi2.sf(total - statistic, len(group) - 2)]
        emit("cochran_armitage", group, [line.slope, statistic, stats.chi2.sf(statistic, 1), *departure])


def multiplicity():
    generator = random.Random(1)
    for values in ([0.01, 0.04, 0.03], [0.5], [1.0, 1.0], [0.0, 0.2, 0.2], [0.05] * 5, [generator.random() ** 3 for _ in range(40)]):
        emit("holm", values, multipletests(values, method="holm")[1])
        emit("benjamini_hochberg", values, multipletests(values, method="fdr_bh")[1])
    for (low, high), level, p in itertools.product([(-3, 11), (0.1, 0.4)], LEVELS, [0.05, 0.01, 0.0005, 2e-5]):
        error = (high - low) / 2 / stats.norm.isf((1 - level) / 2)
        emit("smallest_visible", [low, high, level, p], error * (stats.norm.isf(p / 2) + stats.norm.ppf(0.8)))


def means():
    generator = random.Random(2)
    lists = [[1, 2, 6], [4, 8, 9, 11], [0, 1], [5, 5, 5.5], [1450.25, 980, 2100.1, 1333, 875], [generator.gauss(1500, 400) for _ in range(60)]]
    for values, level in itertools.product(lists, LEVELS):
        low, high = stats.t.interval(level, len(values) - 1, np.mean(values), stats.sem(values))
        emit("mean", [values, level], [np.mean(values), np.std(values, ddof=1), low, high])


def weighted():
    generator = random.Random(3)
    designs = [[[(1, 0), (2, 1), (1, 1)]], [[(1, 1)] * 12 + [(1, 0)] * 8], [[(1, 0)] * 10], [[(2, 1)] * 5 + [(1, 1)] * 5], [[(1.5, 1), (0.5, 0)], [(1, 1), (2, 0), (0, 0)]],
               [[(1, 1), (1, 0), (2, 1)], [(1.5, 0)]], [[(1, 1)] * 4, [(2, 0)] * 6]]
    for n_strata, n in ((1, 30), (5, 20), (3, 100)):
        designs.append([[(round(generator.uniform(0.5, 3), 3) if generator.random() < 0.8 else 0, int(generator.random() < 0.3)) for _ in range(n)] for _ in range(n_strata)])
    for design, level in itertools.product(designs, LEVELS):
        p, variance, degrees = linearised(design)
        emit("weighted_mean", [design, level], [p, variance, degrees, *stats.t.interval(level, degrees, p, math.sqrt(variance))] if variance
             else [p, variance, degrees, p, p])
        weights = np.array([w for stratum in design for w, _ in stratum if w > 0])
        n = len(weights)
        kish = weights.sum() ** 2 / (weights ** 2).sum()
        emit("kish", weights.tolist(), [kish, n / kish])
    amounts = [[(round(generator.uniform(0.5, 3), 3), round(generator.gauss(1500, 400), 2)) for _ in range(25)] for _ in range(3)]
    p, variance, degrees = linearised(amounts)
    emit("weighted_mean", [amounts, 0.95], [p, variance, degrees, *stats.t.interval(0.95, degrees, p, math.sqrt(variance))])


def linearised(design):
    """Person by person, with a stratum of one set against 0, the overall mean of the linearised values."""
    total = sum(w for stratum in design for w, _ in stratum)
    p = sum(w * y for stratum in design for w, y in stratum) / total
    variance = 0.0
    for stratum in design:
        u = np.array([w * (y - p) / total for w, y in stratum])
        variance += float(u[0] ** 2) if len(u) == 1 else len(u) * float(np.var(u, ddof=1))
    return p, 0.0 if variance < 1e-25 else variance, sum(map(len, design)) - len(design)


def quantiles():
    generator = random.Random(5)
    lists = [[7], [3, 1], [5, 1, 4, 2, 3], [5, 1, 4, 2, 3, 6], list(range(1, 11)), [1, 1, 1, 2, 5, 5, 9, 9, 9, 9, 10], [generator.randint(0, 30) for _ in range(57)],
             [round(generator.gauss(50, 20), 1) for _ in range(60)]]
    for values, probability in itertools.product(lists, [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]):
        n, tail = len(values), (1 - 0.95) / 2
        ordered = sorted(values)
        # Ranks by trying each: the probability to lie beyond must not exceed the tail.
        lows = [rank for rank in range(1, n + 1) if stats.binom.cdf(rank - 1, n, probability) <= tail]
        highs = [rank for rank in range(1, n + 1) if stats.binom.sf(rank - 1, n, probability) <= tail]
        interval = [ordered[max(lows) - 1], ordered[min(highs) - 1]] if lows and highs else []
        exact = n * Fraction(str(probability))
        value = np.quantile(values, probability, method="inverted_cdf")
        if exact.denominator == 1 and 0 < exact < n:  # NumPy's product may be a hair above a whole number
            value = ordered[int(exact) - 1]
        emit("quantile", [values, probability], [value, *interval])
    weighted_quantiles(generator)


def weighted_quantiles(generator):
    cases = [[(1, 1, 0), (2, 1, 0), (3, 2, 0)], [(v, 1, 0) for v in range(1, 21)], [(v % 7, Fraction(1 + v % 3, 2), v % 2) for v in range(40)],
             [(generator.randint(0, 50), Fraction(generator.randint(0, 30), 10), generator.randint(0, 3)) for _ in range(80)], [(5, 1, 0)]]
    for persons, probability in itertools.product(cases, ["0.1", "0.25", "0.5", "0.75"]):
        total = sum(w for _, w, _ in persons)
        inverse = lambda p: min(v for v, w, _ in persons if w > 0 and sum(u for x, u, _ in persons if x <= v) >= p * total)
        value = inverse(Fraction(probability))
        strata = {}
        for v, w, s in persons:
            strata.setdefault(s, []).append((float(w), int(v <= value)))
        _, variance, degrees = linearised(list(strata.values()))
        expected = [value]
        if degrees:
            margin = stats.t.ppf(0.975, degrees) * math.sqrt(variance)
            low, high = float(probability) - margin, float(probability) + margin
            expected += [inverse(low), inverse(high)] if 0 < low and high <= 1 else []
        emit("weighted_quantile", [[[float(part) for part in person] for person in persons], float(probability)], expected)


if __name__ == "__main__":
    for part in (intervals_of_shares, differences, paired, associations, margins, trends, multiplicity, means, weighted, quantiles):
        part()
