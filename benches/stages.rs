//! Every stage of the program under criterion: `cargo bench --bench stages`.
//!
//! `GRADUS_BENCH_SIZES=1000,10000,100000` chooses the numbers of skills; the largest takes some minutes.

mod generator;
#[expect(dead_code, reason = "other benches build whole catalogues")]
mod measure;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gradus::emit::EMITTERS;
use measure::{Prepared, least, prepare, write, write_plainly};

fn stages(criterion: &mut Criterion) {
    let sizes = std::env::var("GRADUS_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    for skills in sizes.split(',').filter_map(|text| text.trim().parse().ok()) {
        let prepared = prepare(skills)
            .unwrap_or_else(|error| panic!("no project could be generated: {error}"));
        one_size(criterion, &prepared);
        ratios(&prepared);
    }
}

fn one_size(criterion: &mut Criterion, prepared: &Prepared) {
    let size = prepared.skills;
    let mut group = criterion.benchmark_group("stages");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(3))
        .warm_up_time(Duration::from_millis(500))
        .throughput(Throughput::Bytes(prepared.bytes as u64));
    let id = |stage: &str| BenchmarkId::new(stage, size);
    group.bench_function(id("read"), |b| b.iter(|| black_box(prepared.read())));
    group.bench_function(id("grammar"), |b| b.iter(|| black_box(prepared.grammar())));
    group.bench_function(id("parse"), |b| b.iter(|| black_box(prepared.parse())));
    group.bench_function(id("link"), |b| b.iter(|| black_box(prepared.link())));
    group.bench_function(id("graph"), |b| {
        b.iter_with_large_drop(|| prepared.build_graph());
    });
    group.bench_function(id("rules"), |b| b.iter(|| black_box(prepared.rules())));
    group.bench_function(id("check"), |b| b.iter_with_large_drop(|| prepared.check()));
    for emitter in EMITTERS {
        group.bench_function(id(&format!("emit {}", emitter.name)), |b| {
            b.iter_with_large_drop(|| prepared.emit(emitter.name));
        });
    }
    let files = prepared.emit("open-badges-3");
    let new_folder = || tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    group.bench_function(id("write open-badges-3"), |b| {
        b.iter_batched(
            new_folder,
            |folder| {
                write(&folder.path().join("dist"), &files);
                folder
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function(id("write plainly"), |b| {
        b.iter_batched(
            new_folder,
            |folder| {
                write_plainly(&folder.path().join("dist"), &files.files);
                folder
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// The ratios that are goals; `cargo bench --bench growth` gates on them.
fn ratios(prepared: &Prepared) {
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    let baseline = millis(least(5, || prepared.read_and_grammar()).wall);
    let check = millis(least(5, || prepared.check()).wall);
    println!(
        "{} skills: check {check:.1} ms, reading and grammar alone {baseline:.1} ms, ratio {:.2}",
        prepared.skills,
        check / baseline
    );
}

criterion_group!(benches, stages);
criterion_main!(benches);
