"""Makes fonts.css, the faces that a report carries in itself, from the fonts of catalyse-chart.

Run from this folder with fonttools and brotli:  python make.py
A part of Source Sans 3 (SIL Open Font License 1.1, see OFL.txt of catalyse-chart) under a name of its own, because its licence reserves
the name "Source". Latin letters, the spaces and dashes of French print, and the signs that a report uses; without hinting.
"""
import base64, io, pathlib
from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = pathlib.Path(__file__).parent / "../../../catalyse-chart/assets/fonts"
LETTERS = "U+20-7E,U+A0-17F,U+2009,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+20AC,U+2190-2193,U+2212,U+2248,U+2264,U+2265"
rules = []
for name, weight in [("Regular", "400"), ("SemiBold", "600 700")]:
    font = TTFont(SOURCE / f"SourceSans3-{name}.ttf")
    options = subset.Options()
    options.flavor, options.hinting, options.layout_features = "woff2", False, ["kern", "mark", "ccmp", "locl"]
    options.name_IDs, options.notdef_outline = [0, 1, 2, 3, 4, 6, 13, 14], True
    cut = subset.Subsetter(options)
    cut.populate(unicodes=subset.parse_unicodes(LETTERS))
    cut.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = ("CatalyseSans-" if record.nameID in (3, 6) else "Catalyse Sans ") + name
    font.flavor = "woff2"
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out)
    data = base64.b64encode(out.getvalue()).decode()
    rules.append(f'@font-face{{font-family:"Catalyse Sans";font-weight:{weight};src:url(data:font/woff2;base64,{data}) format("woff2")}}\n')
pathlib.Path("fonts.css").write_text("".join(rules))
