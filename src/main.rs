//! The command line of lilong.

use std::process::ExitCode;

use clap::Parser;
use lilong::app::cli::{self, Cli};

// Few threads share many small pieces: rows, answers, headers.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("lilong: {sentence}");
            ExitCode::FAILURE
        }
    }
}
