//! Reads the CSV files of ours: what a new database begins with, the map, the calendar.

use std::io::Read;

use serde::de::DeserializeOwned;

/// The lines of a file whose first line names the columns; the error names the line.
pub fn read<T: DeserializeOwned>(file: impl Read) -> Result<Vec<T>, String> {
    csv::Reader::from_reader(file)
        .into_deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(read::<(u8, String)>("n,name\n1,一\n2,二\n".as_bytes()).unwrap().len(), 2);
        let error = read::<(u8, String)>("n,name\n1,一\nx,二\n".as_bytes()).unwrap_err();
        assert!(error.contains("line: 3"), "{error}");
    }
}
