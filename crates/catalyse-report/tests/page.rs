//! The page, made of the invented pack.

mod pack;

use catalyse_locale::Language;
use catalyse_report::Edition;

fn page(language: Language) -> String {
    let report = pack::report(language, Edition::Partnership);
    let mut files = pack::files(&report, "html");
    String::from_utf8(files.remove("rapport.html").expect("the page")).expect("UTF-8")
}

#[test]
fn write_out() {
    let Ok(folder) = std::env::var("CATALYSE_REPORT_OUT") else { return };
    for (language, edition, name) in [
        (Language::Fr, Edition::Partnership, "fr"),
        (Language::En, Edition::Partnership, "en"),
        (Language::Fr, Edition::Partner("hotton".to_owned()), "hotton"),
    ] {
        let report = pack::report(language, edition);
        for output in catalyse_report::outputs::ALL {
            for file in output.files(&report).expect("made") {
                let path = std::path::Path::new(&folder).join(name).join(&file.path);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                std::fs::write(path, file.bytes).expect("written");
            }
        }
    }
}
