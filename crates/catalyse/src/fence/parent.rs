//! The parent's side: starts the child, tells it a path, takes its frames, and ends it when it is silent for too long.

use std::io::{self, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use catalyse_locale::{Args, Message, Wording};
use catalyse_records::wire::{Frame, WireError, read_frame};

use crate::cli::Input;

const SILENT: Wording = Wording::new(
    "la lecture a été arrêtée après { $seconds -> [one] { $seconds } seconde *[other] { $seconds } secondes } sans résultat : le fichier est sans doute endommagé. L’ouvrir dans un tableur et l’enregistrer à nouveau, ou donner plus de temps avec --timeout",
    "reading was stopped after { $seconds -> [one] { $seconds } second *[other] { $seconds } seconds } without a result: the file is probably damaged. Open it in a spreadsheet program and save it again, or allow more time with --timeout",
);
const DIED: Wording = Wording::new(
    "la lecture a dépassé la mémoire permise ({ $megabytes } Mo) ou s’est arrêtée net : le fichier est endommagé ou démesuré. L’ouvrir dans un tableur et l’enregistrer à nouveau, ou permettre plus avec --memory",
    "reading exceeded the allowed memory ({ $megabytes } MB) or stopped dead: the file is damaged or out of all proportion. Open it in a spreadsheet program and save it again, or allow more with --memory",
);
const NO_START: Wording = Wording::new(
    "la lecture protégée ne peut pas démarrer ({ $reason }). Vérifier que le programme peut se lancer lui-même",
    "the fenced reading cannot start ({ $reason }). Check that the program may start itself",
);

/// Holds a running child.
pub(super) struct Reader {
    child: Child,
    told: Option<ChildStdin>,
    frames: Receiver<Result<Frame, WireError>>,
    pump: Option<JoinHandle<()>>,
    timeout: Duration,
    memory: u64,
}

/// What the child had to say, or why nothing more will come from it.
pub(super) enum Said {
    /// A frame.
    Frame(Frame),
    /// The child is dead; another one must be started for the next file.
    Dead(Message),
}

impl Reader {
    /// Starts a child for the study and options of a command.
    pub(super) fn start(input: &Input) -> Result<Self, Message> {
        let program = std::env::current_exe().map_err(|error| no_start(&error))?;
        Self::start_program(&program, input)
    }

    /// Starts a program as the child: this one, or in a test another that misbehaves.
    fn start_program(program: &Path, input: &Input) -> Result<Self, Message> {
        let mut command = Command::new(program);
        command.arg("fenced-read").arg("--study").arg(input.study());
        for (option, value) in [("--wave", &input.wave), ("--partner", &input.partner)] {
            if let Some(value) = value {
                command.arg(option).arg(value);
            }
        }
        if let Some(mapping) = &input.mapping {
            command.arg("--mapping").arg(mapping);
        }
        command.arg("--memory").arg(input.memory.to_string());
        command.arg("--timeout").arg(input.timeout.to_string()).arg("-");
        // The child decodes with threads of its own; those of polars would only reserve memory.
        command.env("POLARS_MAX_THREADS", "1").env("RAYON_NUM_THREADS", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| no_start(&error))?;
        let told = child.stdin.take();
        let (sender, frames) = sync_channel(4);
        let pump = child.stdout.take().map(|stdout| {
            thread::spawn(move || {
                let mut pipe = BufReader::with_capacity(1024 * 1024, stdout);
                loop {
                    let frame = read_frame(&mut pipe);
                    let is_over = frame.is_err();
                    if sender.send(frame).is_err() || is_over {
                        return;
                    }
                }
            })
        });
        let timeout = Duration::from_secs(input.timeout.max(1));
        Ok(Self { child, told, frames, pump, timeout, memory: input.memory })
    }

    /// Tells the child which file to read next.
    pub(super) fn tell(&mut self, path: &Path) -> io::Result<()> {
        let bytes = path.as_os_str().as_encoded_bytes();
        let told = self.told.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        told.write_all(&(bytes.len() as u32).to_le_bytes())?;
        told.write_all(bytes)?;
        told.flush()
    }

    /// Waits for the next frame.
    pub(super) fn next(&mut self) -> Said {
        match self.frames.recv_timeout(self.timeout) {
            Ok(Ok(frame)) => Said::Frame(frame),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Said::Dead(self.died()),
            Err(RecvTimeoutError::Timeout) => {
                let seconds = self.timeout.as_secs();
                Said::Dead(SILENT.with(Args::new().count("seconds", seconds)))
            }
        }
    }

    fn died(&mut self) -> Message {
        // The system's own reason is the same for people whatever it is: abort, signal, no memory.
        let _killed = self.child.kill();
        let _status: Option<ExitStatus> = self.child.wait().ok();
        died(self.memory)
    }
}

/// Says that the reading ended because of the memory, or ended dead.
pub(super) fn died(megabytes: u64) -> Message {
    DIED.with(Args::new().count("megabytes", megabytes))
}

impl Drop for Reader {
    /// Ends the child: it ends by itself when no more paths come, and is killed if it is in the middle of a file.
    fn drop(&mut self) {
        drop(self.told.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
        // Frames that wait would hold the pump up.
        while self.frames.recv_timeout(Duration::from_millis(200)).is_ok_and(|frame| frame.is_ok())
        {
        }
        if let Some(pump) = self.pump.take() {
            let _ = pump.join();
        }
    }
}

fn no_start(error: &io::Error) -> Message {
    NO_START.with(Args::new().text("reason", error.to_string()))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::path::Path;

    use catalyse_locale::Language;

    use super::{Reader, Said};
    use crate::cli::Input;

    fn said_by(program: &str) -> String {
        let input = Input { memory: 256, timeout: 2, ..Input::default() };
        let mut reader = Reader::start_program(Path::new(program), &input).expect("it starts");
        let _ = reader.tell(Path::new("nord.csv"));
        match reader.next() {
            Said::Frame(_) => "a frame".to_owned(),
            Said::Dead(message) => message.say(Language::En),
        }
    }

    #[test]
    fn a_child_that_writes_no_frames_is_one_sentence() {
        const STOPPED: &str = "reading exceeded the allowed memory (256 MB) or stopped dead:";
        // `echo` writes a line of its arguments and ends; `yes` goes on for ever; `true` says nothing.
        for program in ["/bin/echo", "/usr/bin/yes", "/bin/true"] {
            let said = said_by(program);
            assert!(said.starts_with(STOPPED), "{program}: {said}");
        }
    }

    #[test]
    fn a_child_that_is_silent_is_ended() {
        // It is told a path on its input, writes it back, and then waits: a beginning of a frame that never comes.
        let said = said_by("/usr/bin/tee");
        assert!(!said.is_empty() && said != "a frame", "{said}");
    }
}
