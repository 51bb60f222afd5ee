//! How many Ed25519 signatures this machine checks in a second with all its cores, for measuring: `signatures 3` tries for 3 seconds.
//! It is aws-lc that checks them, which is written in assembly and so as fast in a debug build.

use std::time::{Duration, Instant};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// As long as what is signed of a code.
const MESSAGE: [u8; 37] = [7; 37];

fn main() -> Result<(), String> {
    let seconds = std::env::args().nth(1).and_then(|text| text.parse().ok()).ok_or("signatures SECONDS")?;
    let cores = std::thread::available_parallelism().map_err(|error| error.to_string())?.get();
    let threads: Vec<_> = (0..cores).map(|_| std::thread::spawn(move || checked(seconds))).collect();
    let mut all = 0.0;
    for thread in threads {
        all += thread.join().map_err(|_| "a thread panicked")??;
    }
    println!("{all:.0}");
    Ok(())
}

/// How many one thread checks in a second.
fn checked(seconds: f64) -> Result<f64, String> {
    let pair = Ed25519KeyPair::generate().map_err(|error| error.to_string())?;
    let (key, signature) = (UnparsedPublicKey::new(&ED25519, pair.public_key()), pair.sign(&MESSAGE));
    let (began, mut count) = (Instant::now(), 0.0);
    while began.elapsed() < Duration::from_secs_f64(seconds) {
        key.verify(&MESSAGE, signature.as_ref()).map_err(|error| error.to_string())?;
        count += 1.0;
    }
    Ok(count / began.elapsed().as_secs_f64())
}
