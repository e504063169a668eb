package org.mobilenet4j.data.shard;

import java.nio.charset.StandardCharsets;
import org.mobilenet4j.error.BadValueException;

/// The 512 bytes before a tar entry's content: POSIX ustar, with GNU's encoding of large numbers.
///
/// @param name the path, with its prefix
/// @param size bytes of content that follow
/// @param type the type flag
record TarHeader(String name, long size, char type) {
    static final int BYTES = 512;

    /// Larger than any archive, yet small enough for sums not to overflow.
    private static final long MAX_SIZE = 1L << 60;

    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_LENGTH = 155;

    /// Reads a header.
    ///
    /// @throws BadValueException without the file's name, when it is not a header
    static TarHeader read(byte[] block) {
        if (sum(block) != octal(block, CHECKSUM_AT, 8)) {
            throw new BadValueException("is not a tar archive, or a damaged one (a header's checksum is wrong)");
        }
        var name = text(block, 0, NAME_LENGTH);
        // GNU archives use the prefix field differently, and have a space after the magic word.
        if (text(block, MAGIC_AT, 6).equals("ustar")) {
            var prefix = text(block, PREFIX_AT, PREFIX_LENGTH);
            name = prefix.isEmpty() ? name : prefix + "/" + name;
        }
        char type = (char) (block[TYPE_AT] & 0xff);
        // Links and devices have no content, whatever size they claim.
        long size = type >= '1' && type <= '6' ? 0 : size(block);
        return new TarHeader(name, size, type);
    }

    static boolean isEnd(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isFile() {
        return (type == '0' || type == 0 || type == '7') && !name.endsWith("/");
    }

    private static long sum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private static long size(byte[] block) {
        if (block[SIZE_AT] >= 0) {
            return octal(block, SIZE_AT, 12);
        }
        // The first bit marks a binary number, of which the last eight bytes suffice.
        long size = 0;
        for (int i = SIZE_AT + 4; i < SIZE_AT + 12; i++) {
            size = (size << 8) | (block[i] & 0xff);
        }
        if (size < 0 || size > MAX_SIZE) {
            throw damaged();
        }
        return size;
    }

    private static long octal(byte[] block, int at, int length) {
        var digits = text(block, at, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw damaged();
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static BadValueException damaged() {
        return new BadValueException("is not a tar archive, or a damaged one (a header has an invalid number)");
    }

    private static String text(byte[] block, int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }
}
