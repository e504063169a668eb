package org.mobilenet4j.formats.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// The first bytes of a file, by which its kind is recognized.
public final class FileStart {
    /// A tar archive names itself at byte 257.
    private static final int MOST = 512;

    private final byte[] bytes;

    /// @param start as many bytes as there are, or as matter
    public FileStart(byte[] start) {
        this.bytes = start.clone();
    }

    /// The start of `file`, which is empty for a folder and where there is no such file.
    ///
    /// @throws IOException if it cannot be read
    public static FileStart of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new FileStart(new byte[0]);
        }
        try (var in = Files.newInputStream(file)) {
            return new FileStart(in.readNBytes(MOST));
        }
    }

    /// All of it.
    public MemorySegment bytes() {
        return MemorySegment.ofArray(bytes).asReadOnly();
    }

    /// Whether the bytes from `offset` on are those that `hex` spells.
    public boolean has(int offset, String hex) {
        var wanted = HexFormat.of().parseHex(hex);
        for (int i = 0; i < wanted.length; i++) {
            if (at(offset + i) != Byte.toUnsignedInt(wanted[i])) {
                return false;
            }
        }
        return true;
    }

    /// Whether the text at `offset` is `wanted`, in ASCII.
    public boolean says(int offset, String wanted) {
        return has(offset, HexFormat.of().formatHex(wanted.getBytes(StandardCharsets.US_ASCII)));
    }

    /// The byte at `offset`, from 0 to 255, or -1 after the end.
    public int at(int offset) {
        return offset < bytes.length ? Byte.toUnsignedInt(bytes[offset]) : -1;
    }

    /// Whether all of it is text in UTF-8: none of a model's formats starts with so many printable characters.
    public boolean isText() {
        for (byte b : bytes) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        for (int cut = 0; cut < 4 && cut < bytes.length; cut++) { // a character may be cut off at the end
            if (isUtf8(bytes.length - cut)) {
                return true;
            }
        }
        return false;
    }

    /// All of it as text, with leading white space dropped.
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8).stripLeading();
    }

    private boolean isUtf8(int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}
