"""Figures of quantities for the profile, computed with NumPy: quantiles (Hyndman and Fan 7), mean, standard deviation, heaping, far values.

    venv/bin/python profile_oracle.py > profile_oracle.json
"""

import json

import numpy as np


def shown_percent(count, n):
    """A whole percentage, half up; none where one to four have, or lack, the property."""
    if 0 < count < 5 or 0 < n - count < 5:
        return None
    return int(np.floor(100 * count / n + 0.5))


def far(values):
    """How many values lie further than 6 robust standard deviations from the median; none if the deviations' median is zero."""
    deviations = np.abs(values - np.median(values))
    spread = 1.482602218505602 * np.median(deviations)
    return int(np.sum(deviations > 6 * spread)) if spread > 0 else None


def case(name, values):
    values = np.round(np.asarray(values, dtype=float), 2)
    return {
        "name": name,
        "values": values.tolist(),
        "quantiles": np.quantile(values, [0, 0.25, 0.5, 0.75, 1], method="linear").tolist(),
        "mean": float(np.mean(values)),
        "standard_deviation": float(np.std(values, ddof=1)),
        "n_distinct": int(np.unique(values).size),
        "percent_multiples": [
            shown_percent(int(np.sum(np.mod(values, step) == 0)), values.size) for step in (5, 10, 100)
        ],
        "n_far": far(values),
    }


def main():
    random = np.random.default_rng(20241101)
    heaped = random.integers(8, 60, 50) * 25
    cases = [
        case("ten values", range(1, 11)),
        case("eleven values", [3, 3, 3, 7, 8, 12, 12, 15, 40, 41, 90]),
        case("amounts with cents", random.lognormal(7, 0.6, 61)),
        case("heaped amounts", heaped),
        case("far values", np.concatenate([random.normal(100, 5, 60), [1200.0] * 7])),
        case("most are equal", [0] * 30 + [1, 2, 3]),
        case("large beside their spread", 1_000_000_000 + random.integers(0, 10, 40)),
        case("below zero", random.integers(-50, 20, 33)),
    ]
    print("[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]")


main()
