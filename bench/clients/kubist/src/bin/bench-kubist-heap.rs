//! The same work with an allocator that counts.

use bench_meter::Counting;

#[global_allocator]
static COUNTING: &Counting = &stats_alloc::INSTRUMENTED_SYSTEM;

#[tokio::main]
async fn main() {
    bench_kubist::run(Some(COUNTING)).await;
}
