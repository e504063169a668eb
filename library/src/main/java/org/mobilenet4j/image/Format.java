package org.mobilenet4j.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The supported file formats, recognized by their first bytes.
enum Format {
    JPEG,
    PNG,
    GIF,
    BMP,
    WEBP,
    UNKNOWN;

    /// The format of `file`.
    static Format of(ByteBuffer file) {
        var head = new byte[Math.min(12, file.limit())];
        file.get(0, head);
        var text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return GIF;
        }
        if (text.startsWith("RIFF") && text.endsWith("WEBP")) {
            return WEBP;
        }
        return text.startsWith("BM") ? BMP : UNKNOWN;
    }
}
