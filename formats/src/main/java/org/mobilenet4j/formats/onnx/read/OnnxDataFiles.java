package org.mobilenet4j.formats.onnx.read;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// The external data files of an ONNX model, which hold weights that are not in the model itself. They are mapped into
/// memory, and must lie in the model's folder or below it.
final class OnnxDataFiles {
    private final Path folder;
    private final Map<String, MemorySegment> files = new HashMap<>();

    /// @param folder of the model
    OnnxDataFiles(Path folder) {
        this.folder = folder;
    }

    /// Total size in bytes of the files used so far.
    long byteSize() {
        return files.values().stream().mapToLong(MemorySegment::byteSize).sum();
    }

    /// The values of `tensor`.
    ///
    /// @throws IllegalArgumentException if they cannot be read, naming the tensor and the file
    MemorySegment bytes(TensorProto tensor) {
        var location = text(tensor, "location", "");
        var all = files.computeIfAbsent(location, name -> map(tensor.getName(), name));
        long offset = number(tensor, "offset", 0);
        long length = number(tensor, "length", all.byteSize() - Math.min(offset, all.byteSize()));
        if (offset > all.byteSize() || length > all.byteSize() - offset) {
            throw odd(
                    tensor.getName(),
                    location,
                    "is too short: it has " + all.byteSize() + " bytes where " + length + " from " + offset
                            + " on are needed; get it again");
        }
        return all.asSlice(offset, length);
    }

    private MemorySegment map(String tensor, String location) {
        try {
            var path = folder.resolve(location).normalize();
            if (location.isEmpty() || !path.startsWith(folder.normalize()) || path.equals(folder.normalize())) {
                throw odd(tensor, location, "lies outside of the model's folder; move it there and export again");
            }
            if (!Files.isRegularFile(path)) {
                throw odd(tensor, location, "is missing; put it beside the model");
            }
            // A link may lead out of the folder as well.
            if (!path.toRealPath().startsWith(folder.toRealPath())) {
                throw odd(tensor, location, "lies outside of the model's folder; move it there");
            }
            try (var channel = FileChannel.open(path)) {
                return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            }
        } catch (InvalidPathException | IOException e) {
            throw odd(tensor, location, "cannot be opened (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static long number(TensorProto tensor, String key, long otherwise) {
        var text = text(tensor, key, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new BadValueException("the tensor \"" + tensor.getName() + "\" has the " + key + " \"" + text
                    + "\", which is not a number");
        }
        return Long.parseLong(text);
    }

    private static String text(TensorProto tensor, String key, String otherwise) {
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            if (entry.getKey().equals(key)) {
                return entry.getValue();
            }
        }
        return otherwise;
    }

    private static BadValueException odd(String tensor, String location, String problem) {
        return new BadValueException(
                "the file \"" + location + "\" with the values of the tensor \"" + tensor + "\" " + problem);
    }
}
