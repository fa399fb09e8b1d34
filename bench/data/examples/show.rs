//! Prints one object: `cargo run -p bench-data --example show -- pod 0`.

fn main() {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().unwrap_or_default();
    let index = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(0);
    let object = match kind.as_str() {
        "configmap" => bench_data::config_map(index),
        "deployment" => bench_data::deployment(index),
        "pipeline" => bench_data::pipeline(index),
        "widget" => bench_data::widget(index),
        _ => bench_data::pod(index),
    };
    println!("{object}");
}
