package org.mobilenet4j.app;

import java.nio.charset.Charset;

/// What can be written to the standard streams.
final class Encoding {
    private Encoding() {}

    /// The encoding of `stdout` or `stderr`.
    static Charset of(String stream) {
        return Charset.forName(System.getProperty(stream + ".encoding", "US-ASCII"));
    }

    /// Whether that stream can carry Unicode's block characters.
    static boolean hasBlocks(String stream) {
        return of(stream).newEncoder().canEncode("▏▎▍▌▋▊▉█│");
    }
}
