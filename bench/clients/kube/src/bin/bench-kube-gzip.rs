//! The same work, asking for compressed answers.

#[tokio::main]
async fn main() {
    bench_kube::run(None).await;
}
