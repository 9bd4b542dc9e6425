//! The fence: whatever a file does to its reader, the program ends with one clear sentence and exit 3, within its limits.
#![expect(clippy::disallowed_methods, reason = "hostile files are written where the tests run")]

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::program::{Run, on_all_cores, program, run_in, scratch};
use crate::repository::{read_bytes, root};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";

/// Packs a workbook of one sheet from the XML of its parts.
fn workbook(path: &Path, method: CompressionMethod, shared: &str, sheet: &[&str]) {
    let list = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONSHIPS}\"><sheets><sheet name=\"F\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let links = [
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "sharedStrings", "sharedStrings.xml"),
    ];
    let links = links.iter().fold(String::new(), |mut text, (id, kind, target)| {
        let _ = write!(
            text,
            "<Relationship Id=\"{id}\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"{target}\"/>"
        );
        text
    });
    let links = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>"
    );
    let mut writer = ZipWriter::new(std::fs::File::create(path).expect("a file"));
    let options = SimpleFileOptions::default().compression_method(method);
    let mut add = |name: &str, parts: &[&str]| {
        writer.start_file(name, options).expect("an entry");
        for part in parts {
            writer.write_all(part.as_bytes()).expect("the entry is written");
        }
    };
    add("[Content_Types].xml", &[TYPES]);
    add("_rels/.rels", &[ROOT]);
    add("xl/workbook.xml", &[&list]);
    add("xl/_rels/workbook.xml.rels", &[&links]);
    add("xl/sharedStrings.xml", &[shared]);
    add("xl/worksheets/sheet1.xml", sheet);
    writer.finish().expect("the container is written");
}

fn head() -> String {
    let names = ["person_id", "wave", "partner", "interview_date", "activity"];
    let cells = names.iter().zip('A'..).fold(String::new(), |mut text, (name, letter)| {
        let _ = write!(text, "<c r=\"{letter}1\" t=\"inlineStr\"><is><t>{name}</t></is></c>");
        text
    });
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\">{cells}</row>")
}

const END: &str = "</sheetData></worksheet>";

/// Writes a workbook whose texts take many seconds to go through.
fn slow_workbook(path: &Path) {
    let shared: String = (0..3_000_000).fold("<sst>".to_owned(), |mut text, number| {
        let _ = write!(text, "<si><t>{number:x}</t></si>");
        text
    });
    let sheet = [head(), END.to_owned()].concat();
    workbook(path, CompressionMethod::Stored, &(shared + "</sst>"), &[&sheet]);
}

/// Checks that a run ended with exit 3 and one line that names the file.
fn expect_one_sentence(file: &str, run: &Run) {
    let said = format!("{}{}", run.stdout, run.stderr);
    assert_eq!(run.exit, Some(3), "{file}: {said}");
    assert!(!said.contains("panicked"), "{file}: {said}");
    let naming = said.lines().filter(|line| line.contains(file)).count();
    assert_eq!(naming, 1, "{file} is named in one line:\n{said}");
}

fn check(folder: &Path, options: &[&str], file: &str) -> Run {
    let arguments: Vec<&str> = ["check"].iter().chain(options).chain([&file]).copied().collect();
    run_in(folder, &arguments)
}

/// Writes a file that is as large as said and takes no room.
fn sparse(path: &Path, beginning: &[u8], n_bytes: u64) {
    let mut file = std::fs::File::create(path).expect("a file");
    file.write_all(beginning).expect("its beginning");
    file.set_len(n_bytes).expect("its length");
}

#[test]
fn a_file_larger_than_the_allowed_memory_is_refused_within_it() {
    let folder = scratch("fence-memory");
    let beginning = read_bytes("tests/fixtures/xls/xlwt-1900.xls");
    sparse(&folder.join("large.xls"), &beginning, 300_000_000);
    let run = check(&folder, &["--memory", "128"], "large.xls");
    expect_one_sentence("large.xls", &run);
}

#[test]
fn the_least_memory_that_may_be_allowed_reads_a_delivery() {
    let folder = root().join("sample-data/integra");
    for file in ["durbuy-vague-1.csv", "hotton-vague-1.xlsx"] {
        let run = check(&folder, &["--memory", "128"], file);
        assert_eq!(run.exit, Some(0), "{file}: {}", run.stderr);
    }
}

#[test]
fn a_reading_that_takes_too_long_is_ended() {
    let folder = scratch("fence-time");
    slow_workbook(&folder.join("slow.xlsx"));
    let run = check(&folder, &["--timeout", "1"], "slow.xlsx");
    expect_one_sentence("slow.xlsx", &run);
    assert!(run.stdout.contains("--timeout"), "{}", run.stdout);
    assert!(run.took < Duration::from_mins(1), "{:?}", run.took);
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let folder = scratch("fence-bomb");
    let blanks = " ".repeat(1_000_000);
    let begin = head();
    let sheet: Vec<&str> = [begin.as_str()]
        .into_iter()
        .chain(std::iter::repeat_n(blanks.as_str(), 200))
        .chain([END])
        .collect();
    workbook(&folder.join("bomb.xlsx"), CompressionMethod::Deflated, "<sst/>", &sheet);
    let run = check(&folder, &["--memory", "128"], "bomb.xlsx");
    expect_one_sentence("bomb.xlsx", &run);
    assert!(run.took < Duration::from_mins(1), "{:?}", run.took);
}

#[test]
fn deeply_nested_parts_bring_nothing_down() {
    let folder = scratch("fence-nested");
    let nested = "<a>".repeat(60_000);
    let begin = head();
    workbook(
        &folder.join("nested.xlsx"),
        CompressionMethod::Stored,
        &nested,
        &[&begin, &nested, END],
    );
    let run = check(&folder, &[], "nested.xlsx");
    let exit = run.exit.unwrap_or_else(|| panic!("a signal ended the program: {}", run.stderr));
    assert!([1, 3].contains(&exit), "exit {exit}: {}", run.stdout);
    assert!(run.took < Duration::from_mins(1), "{:?}", run.took);
}

#[test]
fn a_file_cut_off_anywhere_is_read_or_refused_in_one_sentence() {
    let folder = scratch("fence-cut");
    let whole = [
        "sample-data/faulty/durbuy-vague-1.csv",
        "sample-data/odd/deux-feuilles.xlsx",
        "tests/fixtures/xls/libreoffice-1900.xls",
        "sample-data/faulty/la-roche-vague-1.ods",
    ];
    let mut cut: Vec<PathBuf> = Vec::new();
    for path in whole {
        let bytes = read_bytes(path);
        for part in [1, 3, 6, 9] {
            let name = path.rsplit('/').next().unwrap_or_default();
            let file = folder.join(format!("{part}-{name}"));
            std::fs::write(&file, bytes.get(..bytes.len() * part / 10).unwrap_or_default())
                .expect("the cut file is written");
            cut.push(file);
        }
    }
    let wrong = on_all_cores(&cut, |path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let run = check(&folder, &[], &name);
        let said = format!("{}{}", run.stdout, run.stderr);
        let is_well = match run.exit {
            Some(0 | 1) => true,
            Some(3) => said.lines().filter(|line| line.contains(&name)).count() == 1,
            _ => false,
        };
        (!is_well || said.contains("panicked")).then(|| format!("{name}: {:?} {said}", run.exit))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_child_that_is_killed_is_one_sentence_and_the_next_files_are_read() {
    // Of five files two children read every other one.
    for n_next in [1, 4] {
        kill_the_first_child(n_next);
    }
}

#[cfg(target_os = "linux")]
fn kill_the_first_child(n_next: usize) {
    let folder = scratch(&format!("fence-killed-{n_next}"));
    slow_workbook(&folder.join("killed.xlsx"));
    let next: Vec<String> = (1..=n_next).map(|number| format!("next-{number}.csv")).collect();
    for name in &next {
        let text = format!("person_id;wave;partner\n{name};1;durbuy\n");
        std::fs::write(folder.join(name), text).expect("a file");
    }
    let parent = Command::new(program())
        .args(["check", "killed.xlsx"])
        .args(&next)
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let child = child_of(parent.id());
    // It is in the middle of the file: unpacking its texts takes far longer than this.
    thread::sleep(Duration::from_millis(300));
    let killed = Command::new("kill").args(["-9", &child]).status().expect("kill runs");
    assert!(killed.success(), "the child {child} was not there any more");
    let output = parent.wait_with_output().expect("the program ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert_eq!(said.lines().filter(|line| line.contains("killed.xlsx")).count(), 1, "{said}");
    let read = said.lines().filter(|line| line.contains("ligne lue"));
    let told: Vec<&str> = read.filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(told, next, "each is read, in the order it was named: {said}");
}

/// Finds the child of a process once it has one.
#[cfg(target_os = "linux")]
fn child_of(parent: u32) -> String {
    let list = format!("/proc/{parent}/task/{parent}/children");
    for _ in 0..400 {
        let children = std::fs::read_to_string(&list).unwrap_or_default();
        if let Some(child) = children.split_whitespace().next() {
            return child.to_owned();
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the program started no child");
}

#[test]
#[cfg(unix)]
fn a_pipe_is_no_delivery() {
    let folder = scratch("fence-pipe");
    let made = Command::new("mkfifo").arg(folder.join("pipe.csv")).status().expect("mkfifo runs");
    assert!(made.success());
    expect_one_sentence("pipe.csv", &check(&folder, &[], "pipe.csv"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_not_taken_for_a_clean_end() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let status = Command::new(program())
        .args(["codebook", "show"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&status.stderr);
    assert_eq!(status.status.code(), Some(2), "{said}");
    assert!(said.contains("le disque est plein"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_read_is_one_sentence() {
    use std::os::unix::fs::PermissionsExt;
    let folder = scratch("fence-closed");
    let path = folder.join("closed.csv");
    std::fs::write(&path, "person_id").expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("its rights");
    // Who may do everything reads it all the same.
    if std::fs::File::open(&path).is_err() {
        let run = check(&folder, &[], "closed.csv");
        expect_one_sentence("closed.csv", &run);
        assert!(run.stderr.contains("accès refusé"), "{}", run.stderr);
    }
}

#[test]
fn workbooks_of_the_old_format_are_read_whoever_wrote_them() {
    let folder = scratch("fence-xls");
    assert_eq!(run_in(&folder, &["codebook", "init", "etude"]).exit, Some(0));
    let run_on = |name: &str| {
        let path = root().join("tests/fixtures/xls").join(name);
        let path = path.to_string_lossy().into_owned();
        run_in(&folder, &["check", "--study", "etude", "--format", "csv", &path])
    };
    for name in ["libreoffice-1900.xls", "libreoffice-1904.xls", "xlwt-1900.xls", "xlwt-1904.xls"] {
        let run = run_on(name);
        // Only the error cell is a finding: in-wave dates, numbers as text and formulas are read as they are meant.
        let soft: Vec<&str> =
            run.stdout.lines().filter(|line| !line.starts_with("info,")).skip(1).collect();
        assert_eq!(soft.len(), 1, "{name}: {}", run.stdout);
        let place = format!("soft,rent.type,{name},Suivi,7,7,G7,rent,");
        assert!(soft.iter().all(|line| line.starts_with(&place)), "{name}: {soft:?}");
    }
}
