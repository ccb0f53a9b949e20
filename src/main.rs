//! The `gradus` program: a thin shell around the library.

/// A large project is a great many small pieces of memory, made on all threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // Ends at once: taking a large project apart in memory would only cost time.
    std::process::exit(gradus::cli::main().code());
}
