//! Tells cargo to look at the bundled folders again when a file is added to them: `include_dir` sees only changes of known files.

fn main() {
    println!("cargo::rerun-if-changed=../../schemas");
    println!("cargo::rerun-if-changed=../../reports");
}
