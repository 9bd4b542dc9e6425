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
    if let Ok(folder) = std::env::var("CATALYSE_REPORT_OUT") {
        for (language, name) in [(Language::Fr, "fr"), (Language::En, "en")] {
            std::fs::create_dir_all(format!("{folder}/{name}")).expect("folder");
            std::fs::write(format!("{folder}/{name}/rapport.html"), page(language)).expect("written");
        }
    }
}
