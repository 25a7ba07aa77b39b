//! Long lists as they are stored: one field of all entries after the other, which compresses better than entry after entry.

/// Declares how a list of structures is written and read field by field.
macro_rules! columns {
    ($row:ident { $($field:ident),+ $(,)? }) => {
        use serde::de::Error;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        /// Writes all first fields, then all second ones, and so on.
        pub(crate) fn serialize<S: Serializer>(rows: &[$row], to: S) -> Result<S::Ok, S::Error> {
            ($(rows.iter().map(|row| &row.$field).collect::<Vec<_>>()),+).serialize(to)
        }

        /// Reads what [`serialize`] wrote.
        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<$row>, D::Error> {
            let ($($field),+): ($(columns!(@column $field)),+) = Deserialize::deserialize(from)?;
            let lengths = [$($field.len()),+];
            if lengths.windows(2).any(|pair| pair[0] != pair[1]) {
                return Err(D::Error::custom("columns of different lengths"));
            }
            $(let mut $field = $field.into_iter();)+
            let mut rows = Vec::with_capacity(lengths[0]);
            while let ($(Some($field)),+) = ($($field.next()),+) {
                rows.push($row { $($field),+ });
            }
            Ok(rows)
        }
    };
    (@column $field:ident) => { Vec<_> };
}

/// For messages.
pub(crate) mod signatures {
    use crate::knowledge::Signature;

    columns!(Signature {
        id,
        system,
        words,
        templates,
        quoted,
        log_lines,
        weak,
        corroborates,
        tells_no_reason,
        statuses,
        place,
        shape,
        causes,
        refinements,
        follows_from,
        in_gateway,
    });
}

/// For words.
pub(crate) mod terms {
    use crate::resemblance::Term;

    columns!(Term { word, speaks_for });
}
