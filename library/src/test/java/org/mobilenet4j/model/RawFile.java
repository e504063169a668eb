package org.mobilenet4j.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Safetensors files put together and taken apart by hand, without the code under test.
public final class RawFile {
    private RawFile() {}

    public static byte[] bytes(long length, byte[] header, int dataBytes) {
        return ByteBuffer.allocate(Long.BYTES + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .array();
    }

    public static byte[] bytes(String header, int dataBytes) {
        var json = header.getBytes(StandardCharsets.UTF_8);
        return bytes(json.length, json, dataBytes);
    }

    public static String header(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        return new String(bytes, Long.BYTES, headerBytes(bytes), StandardCharsets.UTF_8);
    }

    public static int headerBytes(byte[] file) {
        return Math.toIntExact(
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }
}
