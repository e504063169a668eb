package org.mobilenet4j.data.shard;

/// A file in an archive.
///
/// @param name its path
/// @param at where its content begins in its [Source]
/// @param length length of its content in bytes
record ArchiveEntry(String name, long at, int length) {
    /// The largest photo that is accepted, in bytes.
    static final int MAX_BYTES = 64 << 20;
}
