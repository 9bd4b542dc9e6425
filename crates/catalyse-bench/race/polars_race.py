"""The race's other side: 1M × 40 columns and 60 checks in hand-written polars, every place reported.

    python polars_race.py delivery.csv findings.csv

Every cell is read as text and cast, so that a cell that cannot be read is a finding and not a silent null.
A finding is written as row (as a spreadsheet shows it), column, check.
"""

import sys

import polars as pl

c = pl.col
INTEGERS = ['adults', 'children', 'household', 'youngest', 'rooms', 'minutes', 'diploma_year', 'training_hours', 'commute']
DECIMALS = ['rent', 'hours', 'wage', 'benefits', 'income', 'debt']
BOOLEANS = ['damp', 'heated', 'bus', 'train', 'in_training', 'ill', 'works', 'debts']
DATES = ["interview_date", "birth_date"]
TEXTS = ['person_id', 'area']
ENUMS = {
    "wave": ["w1", "w2", "w3"],
    "partner": ["durbuy", "hotton", "la_roche", "rendeux", "erezee"],
    "gender": ['F', 'M', 'X'],
    "nationality": ['BE', 'EU', 'OTH'],
    "tenure": ['1', '2', '3', '4', '5'],
    "licence": ['none', 'theory', 'prov', 'full'],
    "access": ['1', '2', '3'],
    "diploma": ['none', 'primary', 'lower', 'upper', 'bachelor', 'master'],
    "french": ['A1', 'A2', 'B1', 'B2', 'C'],
    "health": ['1', '2', '3', '4', '5'],
    "limitation": ['1', '2', '3'],
    "status": ['1', '2', '3'],
    "ends": ['1', '2', '3', '4', '5', '6'],
}

# id, the column where a finding stands, TRUE where it holds
CHECKS = [
    ("wave-there", "wave", c("wave.there")),
    ("partner-there", "partner", c("partner.there")),
    ("interview_date-there", "interview_date", c("interview_date.there")),
    ("birth_date-there", "birth_date", c("birth_date.there")),
    ("gender-there", "gender", c("gender.there")),
    ("nationality-there", "nationality", c("nationality.there")),
    ("adults-there", "adults", c("adults.there")),
    ("children-there", "children", c("children.there")),
    ("household-there", "household", c("household.there")),
    ("tenure-there", "tenure", c("tenure.there")),
    ("licence-there", "licence", c("licence.there")),
    ("health-there", "health", c("health.there")),
    ("works-there", "works", c("works.there")),
    ("interview_date-possible", "interview_date", (c("interview_date") >= pl.date(2024, 3, 1)) & (c("interview_date") <= pl.date(2026, 12, 31))),
    ("birth_date-possible", "birth_date", (c("birth_date") >= pl.date(1925, 1, 1)) & (c("birth_date") <= pl.date(2010, 12, 31))),
    ("adults-possible", "adults", (c("adults") >= 0) & (c("adults") <= 15)),
    ("children-possible", "children", (c("children") >= 0) & (c("children") <= 15)),
    ("household-possible", "household", (c("household") >= 1) & (c("household") <= 20)),
    ("youngest-possible", "youngest", (c("youngest") >= 0) & (c("youngest") <= 17)),
    ("rent-possible", "rent", (c("rent") >= 0) & (c("rent") <= 5000)),
    ("rooms-possible", "rooms", (c("rooms") >= 1) & (c("rooms") <= 20)),
    ("minutes-possible", "minutes", (c("minutes") >= 0) & (c("minutes") <= 240)),
    ("diploma_year-possible", "diploma_year", (c("diploma_year") >= 1940) & (c("diploma_year") <= 2030)),
    ("training_hours-possible", "training_hours", (c("training_hours") >= 1) & (c("training_hours") <= 60)),
    ("hours-possible", "hours", (c("hours") >= 0.5) & (c("hours") <= 100)),
    ("commute-possible", "commute", (c("commute") >= 0) & (c("commute") <= 300)),
    ("wage-possible", "wage", (c("wage") >= 0) & (c("wage") <= 20000)),
    ("benefits-possible", "benefits", (c("benefits") >= 0) & (c("benefits") <= 10000)),
    ("income-possible", "income", (c("income") >= 0) & (c("income") <= 30000)),
    ("debt-possible", "debt", (c("debt") >= 1) & (c("debt") <= 1000000)),
    ("youngest-skipped", "youngest", c("youngest").is_null() | (c("children") > 0)),
    ("rent-skipped", "rent", c("rent").is_null() | (c("tenure").is_in(["2","3","4"]))),
    ("diploma_year-skipped", "diploma_year", c("diploma_year").is_null() | (c("diploma") != "none")),
    ("training_hours-skipped", "training_hours", c("training_hours").is_null() | (c("in_training"))),
    ("status-skipped", "status", c("status").is_null() | (c("works"))),
    ("hours-skipped", "hours", c("hours").is_null() | (c("works"))),
    ("commute-skipped", "commute", c("commute").is_null() | (c("works"))),
    ("debt-skipped", "debt", c("debt").is_null() | (c("debts"))),
    ("born-before-interview", "birth_date", c("birth_date") < c("interview_date")),
    ("household-adds-up", "adults", (c("adults") + c("children")) == c("household")),
    ("income-adds-up", "wage", (c("wage") + c("benefits") - c("income")).abs() <= 1.0000005),
    ("tenant-tenure", "tenure", ~(c("rent") > 0) | c("tenure").is_in(["2","3","4"])),
    ("young-licence", "licence", ~((c("interview_date").dt.year() - c("birth_date").dt.year()) < 17) | c("licence").is_in(["none","theory"])),
    ("not-a-child", "birth_date", (c("interview_date").dt.year() - c("birth_date").dt.year()) >= 15),
    ("driver-has-licence", "access", ~((c("access") == "1") & (c("minutes") > 60)) | (c("licence") != "none")),
    ("diploma-after-birth", "diploma_year", c("diploma_year") >= c("birth_date").dt.year() + 10),
    ("no-diploma-in-future", "diploma_year", c("diploma_year") <= c("interview_date").dt.year()),
    ("master-speaks-french", "french", ~((c("diploma") == "master") & (c("nationality") == "BE")) | (c("french") > "A1")),
    ("healthy-not-limited", "limitation", ~(c("health") == "1") | (c("limitation") != "1")),
    ("worker-earns", "wage", ~(c("works") & (c("hours") >= 10)) | (c("wage") > 0)),
    ("no-wage-without-work", "wage", ~(~c("works")) | (c("wage") == 0)),
    ("rent-below-income", "rent", ~(c("income") > 300) | (c("rent") <= c("income") * 2)),
    ("rooms-for-household", "rooms", c("household") <= c("rooms") * 6),
    ("poor-ends-meet", "ends", ~(c("ends").is_in(["5","6"]) & (c("income") < 400) & c("debts"))),
    ("youngest-younger", "youngest", c("youngest") < (c("interview_date").dt.year() - c("birth_date").dt.year())),
    ("self-employed-hours", "hours", ~(c("status") == "2") | (c("hours") >= 1)),
    ("bus-or-access", "bus", ~(c("minutes") < 2) | (c("bus") | c("train") | (c("access") != "3"))),
    ("area-shape", "area", c("area").is_in(["83012", "83013", "83028", "83031", "83044"])),
]


def typed(raw: pl.LazyFrame) -> pl.LazyFrame:
    """Casts every column; the text stays beside it as `name.raw`."""
    made = []
    for name in INTEGERS:
        made.append(c(name).cast(pl.Int64, strict=False))
    for name in DECIMALS:
        made.append(c(name).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False))
    for name in BOOLEANS:
        made.append(c(name).replace_strict({"oui": True, "non": False}, default=None, return_dtype=pl.Boolean))
    for name in DATES:
        made.append(c(name).str.to_date("%d/%m/%Y", strict=False))
    for name, codes in ENUMS.items():
        made.append(c(name).cast(pl.Enum(codes), strict=False))
    raws = [c(name).is_not_null().alias(f"{name}.there") for name in INTEGERS + DECIMALS + BOOLEANS + DATES + list(ENUMS)]
    return raw.with_columns(*made, *raws)


def main(delivery: str, findings: str) -> None:
    raw = pl.scan_csv(delivery, separator=";", infer_schema=False, row_index_name="row", row_index_offset=2)
    frame = typed(raw)
    names = INTEGERS + DECIMALS + BOOLEANS + DATES + list(ENUMS)
    answers = [(~(c(f"{name}.there") & c(name).is_null())).alias(f"{name}\t{name}.type") for name in names]
    answers += [holds.alias(f"{column}\t{check}") for check, column, holds in CHECKS]
    far = (c("income") - c("income").median()).abs()
    mad = far.median()
    answers.append(((far <= 10 * 1.482602218505602 * mad)).alias("income\tincome-far"))
    key_is_there = c("person_id").is_not_null() & c("wave").is_not_null()
    answers.append((~(key_is_there & pl.struct("person_id", "wave").is_duplicated())).alias("person_id\tone-record"))
    done = frame.select("row", *answers).collect()
    found = []
    for name in done.columns[1:]:
        rows = done["row"].filter(~done[name])
        if len(rows):
            column, check = name.split("\t")
            found.append(pl.DataFrame({"row": rows, "column": pl.repeat(column, len(rows), eager=True), "check": pl.repeat(check, len(rows), eager=True)}))
    out = pl.concat(found).sort("row", "check") if found else pl.DataFrame({"row": [], "column": [], "check": []})
    out.write_csv(findings)
    print(len(out), "findings")


main(*sys.argv[1:])
