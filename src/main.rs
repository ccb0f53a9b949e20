//! The `gradus` program: a thin shell around the library.

fn main() {
    // Ends at once: taking a large project apart in memory would only cost time.
    std::process::exit(gradus::cli::main().code());
}
