//! The limits of the child: what the system enforces while a delivery is read.

use catalyse_locale::{Message, Wording};

const UNLIMITED: Wording = Wording::new(
    "les limites de lecture ne peuvent pas être posées",
    "the limits of reading cannot be set",
);

/// Sets the limits of this process: `memory` megabytes of data, no file written, no memory image left behind.
///
/// The address space may be larger than the data, because threads reserve room that they never use.
#[cfg(unix)]
pub(super) fn set(memory: u64) -> Result<(), Message> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const MEGABYTE: u64 = 1024 * 1024;
    const RESERVED: u64 = 2048 * MEGABYTE;
    let data = memory.saturating_mul(MEGABYTE);
    let limits = [
        (Resource::Data, data),
        (Resource::As, data.saturating_add(RESERVED)),
        // A memory image would hold persons' answers.
        (Resource::Core, 0),
        (Resource::Fsize, 0),
    ];
    for (resource, limit) in limits {
        // A limit that is already lower, set by the system's keeper, stays.
        let known = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let limit = Some(limit.min(known));
        setrlimit(resource, Rlimit { current: limit, maximum: limit })
            .map_err(|_| UNLIMITED.with(catalyse_locale::Args::new()))?;
    }
    Ok(())
}

/// Elsewhere only the time is limited, by the parent.
#[cfg(not(unix))]
pub(super) fn set(_memory: u64) -> Result<(), Message> {
    let _ = UNLIMITED;
    Ok(())
}
