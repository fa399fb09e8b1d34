//! The same work with an allocator that counts.

use bench_meter::Counting;

#[global_allocator]
static COUNTING: &Counting = &stats_alloc::INSTRUMENTED_SYSTEM;

#[tokio::main]
async fn main() {
    bench_kube::run(Some(COUNTING)).await;
}
