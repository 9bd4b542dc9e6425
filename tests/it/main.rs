//! The tests of the whole: what holds for the repository (`tidy`) and for the program as a user meets it.
//!
//! One binary, so that polars is linked once. Each module says in its first line what it holds. `tests/run` builds the program first;
//! a test that finds it missing or older than its source says so.

#[cfg(test)]
mod attack;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod depot;
#[cfg(test)]
mod determinism;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod fence;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod guides;
#[cfg(test)]
mod newcomer;
#[cfg(test)]
mod odd;
#[cfg(test)]
mod panel;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod program;
#[cfg(test)]
mod protection;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod repository;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod served;
#[cfg(test)]
mod server;
#[cfg(test)]
#[cfg(unix)]
mod stopping;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod unanswered;
#[cfg(test)]
mod weights;
