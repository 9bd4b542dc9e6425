"""Writes the race's study and the middle of its polars program from one table, so that both run the same 60 checks."""
import os
base = os.path.dirname(os.path.abspath(__file__))
lists = {
 "gender": ["F","M","X"], "nationality": ["BE","EU","OTH"], "tenure": ["1","2","3","4","5"],
 "licence": ["none","theory","prov","full"], "access": ["1","2","3"], "diploma": ["none","primary","lower","upper","bachelor","master"],
 "level": ["A1","A2","B1","B2","C"], "health": ["1","2","3","4","5"], "limitation": ["1","2","3"], "status": ["1","2","3"], "ends": ["1","2","3","4","5","6"],
}
# name, type, further keys
variables = [
 ("person_id","pseudonym",""),("wave","wave",""),("partner","partner",""),("interview_date","date",""),
 ("birth_date","date",""),("gender","select_one gender",""),("nationality","select_one nationality",""),("area","text",""),
 ("adults","integer",""),("children","integer",""),("household","integer",""),("youngest","integer",""),
 ("tenure","select_one tenure",""),("rent","decimal",""),("rooms","integer",""),("damp","yes_no",""),("heated","yes_no",""),
 ("licence","select_one licence",""),("access","select_one access",""),("bus","yes_no",""),("train","yes_no",""),("minutes","integer",""),
 ("diploma","select_one diploma",'appearance = "ordered"'),("diploma_year","integer",""),("in_training","yes_no",""),("training_hours","integer",""),("french","select_one level",'appearance = "ordered"'),
 ("health","select_one health",'appearance = "ordered"'),("ill","yes_no",""),("limitation","select_one limitation",""),
 ("works","yes_no",""),("status","select_one status",""),("hours","decimal",""),("commute","integer",""),
 ("wage","decimal",""),("benefits","decimal",""),("income","decimal",""),("debts","yes_no",""),("debt","decimal",""),("ends","select_one ends",""),
]
assert len(variables)==40
Y = "EXTRACT(YEAR FROM interview_date) - EXTRACT(YEAR FROM birth_date)"
PY = 'c("interview_date").dt.year() - c("birth_date").dt.year()'
checks = []  # id, kind, variables, keys, polars
for v in ["wave","partner","interview_date","birth_date","gender","nationality","adults","children","household","tenure","licence","health","works"]:
    checks.append((f"{v}-there","required",[v],"",f'c("{v}.there")'))
def rng(v,lo,hi,kind="num"):
    keys=[];py=[]
    if lo is not None:
        keys.append(f'min = "{lo}"' if kind=="date" else f"min = {lo}")
        py.append(f'(c("{v}") >= ' + (f'pl.date({", ".join(str(int(x)) for x in lo.split("-"))})' if kind=="date" else str(lo))+")")
    if hi is not None:
        keys.append(f'max = "{hi}"' if kind=="date" else f"max = {hi}")
        py.append(f'(c("{v}") <= ' + (f'pl.date({", ".join(str(int(x)) for x in hi.split("-"))})' if kind=="date" else str(hi))+")")
    checks.append((f"{v}-possible","range",[v],"\n".join(keys)," & ".join(py)))
rng("interview_date","2024-03-01","2026-12-31","date"); rng("birth_date","1925-01-01","2010-12-31","date")
for v,lo,hi in [("adults",0,15),("children",0,15),("household",1,20),("youngest",0,17),("rent",0,5000),("rooms",1,20),("minutes",0,240),("diploma_year",1940,2030),("training_hours",1,60),("hours",0.5,100),("commute",0,300),("wage",0,20000),("benefits",0,10000),("income",0,30000),("debt",1,1000000)]: rng(v,lo,hi)
def skip(v,sql,py): checks.append((f"{v}-skipped","skip",[v],f'unless = "{sql}"',f'c("{v}").is_null() | ({py})'))
skip("youngest","children > 0",'c("children") > 0'); skip("rent","tenure IN ('2','3','4')",'c("tenure").is_in(["2","3","4"])')
skip("diploma_year","diploma <> 'none'",'c("diploma") != "none"'); skip("training_hours","in_training",'c("in_training")')
skip("status","works",'c("works")'); skip("hours","works",'c("works")'); skip("commute","works",'c("works")'); skip("debt","debts",'c("debts")')
checks.append(("born-before-interview","order",["birth_date","interview_date"],"strict = true",'c("birth_date") < c("interview_date")'))
checks.append(("household-adds-up","sum",["adults","children"],'total = "household"','(c("adults") + c("children")) == c("household")'))
checks.append(("income-adds-up","sum",["wage","benefits"],'total = "income"\ntolerance = 1','(c("wage") + c("benefits") - c("income")).abs() <= 1.0000005'))
checks.append(("tenant-tenure","one-of",["tenure"],'codes = ["2", "3", "4"]\nwhen = "rent > 0"','~(c("rent") > 0) | c("tenure").is_in(["2","3","4"])'))
checks.append(("young-licence","one-of",["licence"],f'codes = ["none", "theory"]\nwhen = "{Y} < 17"',f'~(({PY}) < 17) | c("licence").is_in(["none","theory"])'))
def ex(i,vs,sql,py,when=None,pw=None):
    keys=f'assert = "{sql}"'
    if when: keys+=f'\nwhen = "{when}"'; py=f'~({pw}) | ({py})'
    checks.append((i,"expression",vs,keys,py))
ex("not-a-child",["birth_date"],f"{Y} >= 15",f"({PY}) >= 15")
ex("driver-has-licence",["access","licence"],"licence <> 'none'",'c("licence") != "none"',"access = '1' AND minutes > 60",'(c("access") == "1") & (c("minutes") > 60)')
ex("diploma-after-birth",["diploma_year","birth_date"],"diploma_year >= EXTRACT(YEAR FROM birth_date) + 10",'c("diploma_year") >= c("birth_date").dt.year() + 10')
ex("no-diploma-in-future",["diploma_year","interview_date"],"diploma_year <= EXTRACT(YEAR FROM interview_date)",'c("diploma_year") <= c("interview_date").dt.year()')
ex("master-speaks-french",["french","diploma"],"french > 'A1'",'c("french") > "A1"',"diploma = 'master' AND nationality = 'BE'",'(c("diploma") == "master") & (c("nationality") == "BE")')
ex("healthy-not-limited",["limitation","health"],"limitation <> '1'",'c("limitation") != "1"',"health = '1'",'c("health") == "1"')
ex("worker-earns",["wage","works"],"wage > 0",'c("wage") > 0',"works AND hours >= 10",'c("works") & (c("hours") >= 10)')
ex("no-wage-without-work",["wage","works"],"wage = 0",'c("wage") == 0',"NOT works",'~c("works")')
ex("rent-below-income",["rent","income"],"rent <= income * 2",'c("rent") <= c("income") * 2',"income > 300",'c("income") > 300')
ex("rooms-for-household",["rooms","household"],"household <= rooms * 6",'c("household") <= c("rooms") * 6')
ex("poor-ends-meet",["ends","income"],"NOT (ends IN ('5','6') AND income < 400 AND debts)",'~(c("ends").is_in(["5","6"]) & (c("income") < 400) & c("debts"))')
ex("youngest-younger",["youngest","birth_date"],f"youngest < {Y}",f'c("youngest") < ({PY})')
ex("self-employed-hours",["hours","status"],"hours >= 1",'c("hours") >= 1',"status = '2'",'c("status") == "2"')
ex("bus-or-access",["bus","access"],"bus OR train OR access <> '3'",'c("bus") | c("train") | (c("access") != "3")',"minutes < 2",'c("minutes") < 2')
checks.append(("one-record","unique",["person_id","wave"],"",None))
checks.append(("income-far","outlier",["income"],'by = "median-mad"\nlimit = 10',None))
checks.append(("area-shape","one-of",["area"],'codes = ["83012", "83013", "83028", "83031", "83044"]','c("area").is_in(["83012", "83013", "83028", "83031", "83044"])'))
assert len(checks)==60, len(checks)
s=os.path.join(base,"schemas/race")
open(f"{s}/study.toml","w").write('''# The study of the race: 40 variables, 60 checks. Made by make.py.
id = "race"
title = { fr = "Course", en = "Race" }
population = { fr = "personnes inventées", en = "invented persons" }
languages = ["fr", "en"]
forms = ["forms/record.toml"]
checks = ["checks.toml"]
policy = "race"
[keys]
person = "person_id"
wave = "wave"
partner = "partner"
interview_date = "interview_date"
'''+"".join(f'[[partner]]\nid = "{p}"\nlabel = {{ fr = "{p}", en = "{p}" }}\n' for p in ["durbuy","hotton","la_roche","rendeux","erezee"])
+"".join(f'[[wave]]\nid = "w{i}"\nlabel = {{ fr = "Vague {i}", en = "Wave {i}" }}\nfrom = "202{3+i}-03-01"\nto = "202{3+i}-05-31"\n' for i in (1,2,3)))
os.makedirs(f"{s}/policies",exist_ok=True); open(f"{s}/policies/race.toml","w").write("")
f='name = "record"\ntitle = { fr = "Fiche", en = "Record" }\ngrain = "person-wave"\n[[section]]\nname = "all"\ntitle = { fr = "Tout", en = "All" }\n'
for n,t,k in variables:
    f+=f'[[section.variable]]\nname = "{n}"\ntype = "{t}"\nlabel = {{ fr = "{n}", en = "{n}" }}\ndefinition = {{ fr = "{n}", en = "{n}" }}\nsensitivity = "plain"\npurpose = {{ fr = "Mesurer.", en = "To measure." }}\nretention_months = 1\n'+(k+"\n" if k else "")
open(f"{s}/forms/record.toml","w").write(f)
for n,codes in lists.items():
    open(f"{s}/code-lists/{n}.csv","w").write("code,label_fr,label_en,source\n"+"".join(f"{c},{c},{c},invented\n" for c in codes))
out=""
for i,k,vs,keys,_ in checks:
    out+=f'[[check]]\nid = "{i}"\nkind = "{k}"\nform = "record"\nvariables = [{", ".join(chr(34)+v+chr(34) for v in vs)}]\nseverity = "soft"\n'+(keys+"\n" if keys else "")+f'message = {{ fr = "« {{ $label }} » : {i}.", en = "`{{ $label }}`: {i}." }}\n\n'
open(f"{s}/checks.toml","w").write(out)
rows="".join(f'    ("{i}", "{vs[0]}", {p}),\n' for i,k,vs,_,p in checks if p)
types={}
for n,t,k in variables: types[n]=t
enums="".join(f'    "{n}": {lists[t.split()[1]]!r},\n' for n,t,k in variables if t.startswith("select_one"))
prog=open(os.path.join(base,"polars_race.in")).read().replace("@CHECKS@",rows).replace("@ENUMS@",enums)
prog=prog.replace("@INTEGERS@",repr([n for n,t,k in variables if t=="integer"])).replace("@DECIMALS@",repr([n for n,t,k in variables if t=="decimal"])).replace("@BOOLEANS@",repr([n for n,t,k in variables if t=="yes_no"])).replace("@TEXTS@",repr([n for n,t,k in variables if t in("text","pseudonym")]))
open(os.path.join(base,"polars_race.py"),"w").write(prog)
