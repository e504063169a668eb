package org.mobilenet4j.app.cli.text;

import java.nio.charset.Charset;

/// The encodings of the standard streams.
public final class Encoding {
    private Encoding() {}

    /// The encoding of `stdout` or `stderr`.
    public static Charset of(String stream) {
        return Charset.forName(System.getProperty(stream + ".encoding", "US-ASCII"));
    }

    /// Whether that stream can carry Unicode block characters.
    public static boolean hasBlocks(String stream) {
        return of(stream).newEncoder().canEncode("▏▎▍▌▋▊▉█│");
    }
}
