//! The work, timed: `bench-kubist WORK URL COUNT`.

#[tokio::main]
async fn main() {
    bench_kubist::run(None).await;
}
