package org.mobilenet4j.formats.tensorflow;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.MappedFile;

/// The variables of a SavedModel: `variables.index`, a table of their places by name, and the files
/// `variables.data-00000-of-00001` of their values.
final class TensorBundle {
    private static final String INDEX = "variables.index";
    private static final int MAX_FILES = 1 << 12;

    private final Proto proto;
    private final Path folder;
    private final Map<String, MemorySegment> entries;
    private final Map<Long, MemorySegment> files = new HashMap<>();
    private final long count;

    private TensorBundle(Proto proto, Path folder, Map<String, MemorySegment> entries) {
        this.proto = proto;
        this.folder = folder;
        this.entries = entries;
        long number = 0;
        for (var field : proto.fields(entries.getOrDefault("", MemorySegment.NULL))) {
            number = field.number() == 1 ? field.value() : number;
            if (field.number() == 2 && field.value() != 0) {
                throw new BadValueException("has variables of a machine that stores numbers in another order");
            }
        }
        if (number < 1 || number > MAX_FILES) {
            throw new BadValueException("has variables in " + number + " files; 1 to " + MAX_FILES + " are supported");
        }
        this.count = number;
    }

    /// The variables in `folder`, `variables` of a SavedModel.
    ///
    /// @throws BadFileException if the index is missing or damaged
    static TensorBundle read(Proto proto, Path folder) throws IOException {
        var index = folder.resolve(INDEX);
        try {
            return new TensorBundle(proto, folder, SortedTable.read(MappedFile.of(index, "a file")));
        } catch (BadValueException e) {
            throw new BadFileException(index, e);
        }
    }

    /// The variable under `key`; empty if there is none.
    ///
    /// @throws IllegalArgumentException if it is damaged
    Optional<TfTensor> get(String key) {
        var entry = entries.get(key);
        return entry == null || key.isEmpty() ? Optional.empty() : Optional.of(tensor(key, entry));
    }

    private TfTensor tensor(String key, MemorySegment entry) {
        long type = 0;
        var dims = List.<Long>of();
        long file = 0;
        long offset = 0;
        long size = 0;
        long checksum = 0;
        for (var field : proto.fields(entry)) {
            switch (field.number()) {
                case 1 -> type = field.value();
                case 2 -> dims = TfAttributes.dims(proto, field.bytes());
                case 3 -> file = field.value();
                case 4 -> offset = field.value();
                case 5 -> size = field.value();
                case 6 -> checksum = field.value();
                case 7 -> throw odd(key, "is stored in slices, which is not supported; save the model again");
                default -> {} // of newer versions
            }
        }
        var all = file(key, file);
        if (offset < 0 || size < 0 || offset > all.byteSize() || size > all.byteSize() - offset) {
            throw odd(key, "lies outside its file, which was cut off or is damaged; get it again");
        }
        var bytes = all.asSlice(offset, size);
        if ((int) checksum != masked(bytes)) {
            throw odd(key, "has another checksum than its file says, so the file is damaged; get it again");
        }
        try {
            return TfTensor.of(TfTensor.Type.of(type), dims, bytes);
        } catch (BadValueException e) {
            throw odd(key, e.getMessage());
        }
    }

    private MemorySegment file(String key, long number) {
        if (number < 0 || number >= count) {
            throw odd(key, "lies in file " + number + " of " + count);
        }
        return files.computeIfAbsent(number, _ -> {
            var name = String.format(Locale.ROOT, "variables.data-%05d-of-%05d", number, count);
            try {
                return MappedFile.of(folder.resolve(name), "a file");
            } catch (IOException e) {
                throw new BadValueException(
                        "needs the file variables/" + name + ", which cannot be read; put it there", e);
            }
        });
    }

    /// The checksum of `bytes` as TensorFlow stores it, turned and shifted.
    private static int masked(MemorySegment bytes) {
        var crc = new CRC32C();
        crc.update(bytes.asByteBuffer());
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static BadValueException odd(String key, String problem) {
        return new BadValueException("the variable \"" + key + "\" " + problem);
    }
}
