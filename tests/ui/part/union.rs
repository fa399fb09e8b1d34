use kubist::ResourcePart;

#[derive(ResourcePart)]
union Bits {
    whole: u32,
    bytes: [u8; 4],
}

fn main() {}
