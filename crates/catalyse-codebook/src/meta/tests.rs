//! The committed schemas are those the registries make. `CATALYSE_BLESS=1 cargo test -p catalyse-codebook` writes them anew.

#![expect(clippy::disallowed_methods, reason = "the test reads and writes committed files")]

use std::path::Path;

use crate::meta::{checks_schema, form_schema, study_schema};

#[test]
fn the_committed_schemas_are_those_of_the_registries() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/meta");
    for (name, schema) in
        [("study", study_schema()), ("form", form_schema()), ("checks", checks_schema())]
    {
        let path = folder.join(format!("{name}.schema.json"));
        let made = serde_json::to_string_pretty(&schema).expect("a schema") + "\n";
        if std::env::var("CATALYSE_BLESS").is_ok() {
            std::fs::create_dir_all(&folder).expect("the folder");
            std::fs::write(&path, &made).expect("the file");
        }
        let committed = std::fs::read_to_string(&path).expect("the committed file");
        assert_eq!(committed, made, "{}: run with CATALYSE_BLESS=1", path.display());
    }
}

#[test]
fn every_key_the_reader_knows_is_in_the_schema_and_the_other_way_round() {
    let variable = &form_schema()["properties"]["section"]["items"]["properties"]["variable"];
    let keys = variable["items"]["properties"].as_object().expect("an object").keys();
    for key in keys {
        let text = match key.as_str() {
            "name" | "type" | "label" => continue,
            "examples" => "examples = [{ fr = \"a\", en = \"a\" }]".to_owned(),
            "aliases" => "aliases = [\"a\"]".to_owned(),
            "missing" => "missing = [\"refused\"]".to_owned(),
            "retention_months" => "retention_months = 60".to_owned(),
            "required" => "required = true".to_owned(),
            "appearance" => "appearance = \"ordered\"".to_owned(),
            "sensitivity" => "sensitivity = \"plain\"".to_owned(),
            "since" | "until" => format!("{key} = \"w1\""),
            "relevant" | "constraint" => format!("{key} = \"TRUE\""),
            "calculation" => "calculation = \"1\"".to_owned(),
            "default" => "default = \"1\"".to_owned(),
            "concept" => "concept = \"a\"".to_owned(),
            _ => format!("{key} = {{ fr = \"a\", en = \"a\" }}"),
        };
        let more = format!(
            "[[section.variable]]\nname = \"x\"\ntype = \"integer\"\nlabel = {{ fr = \"x\", en = \"x\" }}\n{text}"
        );
        let problems = crate::open::small_study::problems_of_more("small/forms/person.toml", &more);
        assert_eq!(problems, "", "{key}");
    }
}
