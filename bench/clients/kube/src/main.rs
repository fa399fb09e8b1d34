//! The work, timed: `bench-kube WORK URL COUNT`.

#[tokio::main]
async fn main() {
    bench_kube::run(None).await;
}
