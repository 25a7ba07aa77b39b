//! Builds the checker.
use std::fmt;
use std::path::Path;
/// The checker's files.
pub struct CheckerFiles {
    pub glue: Vec<u8>,
    pub wasm: Vec<u8>,
}
#[derive(Debug)]
pub struct WasmError;
impl fmt::Display for WasmError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
pub fn build(_: &Path) -> Result<CheckerFiles, WasmError> {
    Ok(CheckerFiles { glue: Vec::new(), wasm: Vec::new() })
}
