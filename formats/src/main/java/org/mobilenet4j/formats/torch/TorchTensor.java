package org.mobilenet4j.formats.torch;

import java.util.List;

/// A tensor as a pickle describes it: a part of a storage. Nothing of it is checked yet.
///
/// @param storage where its values are
/// @param offset of the first value
/// @param dims its dimensions, outermost first
/// @param strides how many values further the next one along each dimension lies
record TorchTensor(Storage storage, long offset, List<Long> dims, List<Long> strides) {
    /// A list of values of one type in the file.
    ///
    /// @param type of its values
    /// @param key its name in the file
    /// @param count of its values
    record Storage(Type type, String key, long count) {}

    /// The types of values, by PyTorch's names of their storages.
    enum Type {
        FLOAT(4),
        HALF(2),
        B_FLOAT16(2),
        DOUBLE(8),
        LONG(8),
        INT(4),
        SHORT(2),
        CHAR(1),
        BYTE(1),
        BOOL(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /// Bytes for each value.
        int bytes() {
            return bytes;
        }

        /// Whether values are floats. Integers in a state dict are counters.
        boolean isFloat() {
            return this == FLOAT || this == HALF || this == B_FLOAT16 || this == DOUBLE;
        }
    }
}
