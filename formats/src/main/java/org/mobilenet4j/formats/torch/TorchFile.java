package org.mobilenet4j.formats.torch;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.FileStart;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.formats.torch.TorchTensor.Storage;
import org.mobilenet4j.tensor.Tensor;

/// The tensors in a file that PyTorch saved: a zip archive of a pickle and storages, or, before PyTorch 1.6, pickles
/// and
/// storages one after the other. Nothing in a pickle is run, see [Unpickler].
public final class TorchFile {
    private static final String PICKLE = "data.pkl";

    /// How many bytes a pickle may have. It only names tensors.
    private static final int MAX_PICKLE = 1 << 24;

    /// How many times larger than its archive an unpacked file may be. PyTorch does not compress.
    private static final int MAX_RATIO = 16;

    private static final int SMALL_FILE = 1 << 16;

    /// The first pickle of older files, a number; the second is a version, the third describes the machine.
    private static final String MAGIC = "80028a0a6cfc9c46f9206aa850192e";

    private static final int MAGIC_BYTES = MAGIC.length() / 2;

    private TorchFile() {}

    /// Whether a file that begins with `start` is PyTorch's from before version 1.6.
    public static boolean isLegacy(FileStart start) {
        return start.has(0, MAGIC);
    }

    /// Whether a file that begins with `start` is a pickle, maybe of something else than tensors.
    public static boolean isPickle(FileStart start) {
        return start.at(0) == 0x80
                && start.at(1) >= 2
                && start.at(1) <= 5
                && start.at(2) >= '('; // the step that follows the version
    }

    /// Whether `archive` was written by PyTorch.
    public static boolean isArchive(ZipFile archive) {
        return prefix(archive) != null;
    }

    /// The float tensors of the state dict in `file`.
    ///
    /// @throws BadFileException if it has none, or is damaged, or holds anything but tensors
    /// @throws IOException if it cannot be opened
    public static SequencedMap<String, Tensor> read(Path file) throws IOException {
        var bytes = MappedFile.of(file, "a .pth or .pt file");
        try {
            return FileStart.of(file).says(0, "PK") ? readArchive(file, bytes.byteSize()) : readPickles(bytes);
        } catch (BadValueException e) {
            throw new BadFileException(file, e);
        } catch (ZipException | EOFException e) {
            throw new BadFileException(file, "is a damaged archive; get it again", e);
        }
    }

    /// The same for `bytes`, a whole file of the older form.
    ///
    /// @throws IllegalArgumentException where [#read] throws a [BadFileException]
    static SequencedMap<String, Tensor> readPickles(MemorySegment bytes) {
        var in = new PickleBytes(bytes);
        if (bytes.byteSize() < MAGIC_BYTES || !isLegacy(start(bytes))) {
            Unpickler.load(in); // names what the pickle needs
            throw new BadValueException("is a pickle that PyTorch did not save; save the weights with"
                    + " torch.save(model.state_dict(), ...)");
        }
        in.take(MAGIC_BYTES);
        Unpickler.load(in); // the version
        Unpickler.load(in); // the machine
        var loaded = Unpickler.load(in);
        var keys = Unpickler.load(in).value();
        return StateDict.tensors(loaded.value(), legacyStorages(bytes, in, keys, loaded.storages()), bytes.byteSize());
    }

    /// For each key in a list, a count of 8 bytes and so many values; of what type, only the tensors say.
    private static StateDict.Storages legacyStorages(
            MemorySegment bytes, PickleBytes in, Object keys, Map<String, Storage> named) {
        if (!(keys instanceof List<?> list)) {
            throw new BadValueException("does not list its storages; it is damaged, get it again");
        }
        var places = new HashMap<String, MemorySegment>();
        for (var key : list) {
            var storage = key instanceof String text ? named.get(text) : null;
            if (storage == null) {
                throw new BadValueException("lists a storage that no tensor needs; it is damaged, get it again");
            }
            long count = in.eight();
            if (count != storage.count() || count < 0 || count > bytes.byteSize()) {
                throw new BadValueException("its storage " + storage.key() + " has " + count + " values where "
                        + storage.count() + " are needed; it is damaged, get it again");
            }
            long length = count * storage.type().bytes();
            places.put(storage.key(), bytes.asSlice(in.take(length), length));
        }
        return storage -> checked(storage, places.get(storage.key()));
    }

    private static MemorySegment checked(Storage storage, @Nullable MemorySegment bytes) {
        if (bytes == null) {
            throw new BadValueException("has no storage " + storage.key() + ", which a tensor needs; get it again");
        }
        if (bytes.byteSize() / storage.type().bytes() < storage.count()) {
            throw new BadValueException("its storage " + storage.key() + " has " + bytes.byteSize()
                    + " bytes, too few for " + storage.count() + " values; it was cut off, get it again");
        }
        return bytes;
    }

    private static FileStart start(MemorySegment bytes) {
        return new FileStart(bytes.asSlice(0, MAGIC_BYTES).toArray(ValueLayout.JAVA_BYTE));
    }

    private static SequencedMap<String, Tensor> readArchive(Path file, long size) throws IOException {
        try (var archive = new ZipFile(file.toFile())) {
            var prefix = prefix(archive);
            if (prefix == null) {
                throw new BadValueException("is an archive without " + PICKLE + ", so not PyTorch's");
            }
            if (archive.getEntry(prefix + "constants.pkl") != null) {
                throw new BadValueException("is a TorchScript program, which is not run; save the weights alone, with"
                        + " torch.save(model.state_dict(), ...), or export the model to ONNX");
            }
            var order = archive.getEntry(prefix + "byteorder");
            if (order != null && !new String(unpack(archive, order, 16), StandardCharsets.US_ASCII).equals("little")) {
                throw new BadValueException("was saved on a machine that stores numbers in another order (big-endian)");
            }
            var pickle = unpack(archive, archive.getEntry(prefix + PICKLE), MAX_PICKLE);
            var value = Unpickler.load(new PickleBytes(MemorySegment.ofArray(pickle)))
                    .value();
            return StateDict.tensors(value, new ArchiveStorages(archive, prefix + "data/", size), size * MAX_RATIO);
        }
    }

    private static @Nullable String prefix(ZipFile archive) {
        return archive.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .findFirst()
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .orElse(null);
    }

    private static byte[] unpack(ZipFile archive, ZipEntry entry, long limit) throws IOException {
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        try (var in = archive.getInputStream(entry)) {
            // One byte over the limit is enough to know, whatever size the archive claims.
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new BadValueException(
                        "holds more than " + most + " bytes in " + entry.getName() + ", which is the limit for it");
            }
            return bytes;
        }
    }

    /// The storages of an archive, a file each.
    private static final class ArchiveStorages implements StateDict.Storages {
        private final ZipFile archive;
        private final String folder;
        private final Map<String, MemorySegment> read = new HashMap<>();
        private long budget;

        ArchiveStorages(ZipFile archive, String folder, long size) {
            this.archive = archive;
            this.folder = folder;
            this.budget = Math.max(SMALL_FILE, MAX_RATIO * size);
        }

        @Override
        public MemorySegment bytes(Storage storage) {
            return checked(storage, read.computeIfAbsent(storage.key(), this::load));
        }

        private @Nullable MemorySegment load(String key) {
            var entry = archive.getEntry(folder + key);
            if (entry == null) {
                return null;
            }
            try {
                var bytes = unpack(archive, entry, budget);
                budget -= bytes.length;
                return MemorySegment.ofArray(bytes);
            } catch (IOException e) {
                throw new BadValueException("its storage " + key + " is damaged; get it again", e);
            }
        }
    }
}
