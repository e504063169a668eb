package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.mobilenet4j.data.Names;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.text.OneLine;

/// What a first pass over archives finds: of each photo, where its content lies, its name and its folder. About 50
/// bytes a photo and its name.
final class ArchiveIndex {
    /// The photos of one archive.
    ///
    /// @param file the archive
    /// @param source where their content lies
    /// @param first the first of them
    record Part(Path file, Source source, int first) {}

    private final List<Part> parts = new ArrayList<>();
    /// The folders in which photos lie, numbered.
    private final Map<String, Integer> folders = new LinkedHashMap<>();

    private final Scratch scratch;
    private long[] at = new long[1024];
    private int[] lengths = new int[1024];
    private int[] folderOf = new int[1024];
    private long[] nameEnds = new long[1024];
    private byte[] names = new byte[1 << 15];
    private int size;

    /// @param memory what unpacked photos may take in memory, in bytes
    ArchiveIndex(int memory) {
        this.scratch = new Scratch(memory);
    }

    /// Adds the photos of `file`.
    ///
    /// @throws BadFileException when it is damaged or has none
    void add(Path file) throws IOException {
        int first = size;
        if (isZip(file)) {
            addZip(file);
        } else {
            addTar(file);
        }
        if (size == first) {
            throw new BadFileException(file, "has no photos in folders; give an archive with a folder for each class");
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).matches("PK(\3\4|\5\6)");
        }
    }

    private void addTar(Path file) throws IOException {
        try (var tar = new TarReader(file)) {
            var source = tar.isCompressed() ? scratch : new TarSource(file);
            parts.add(new Part(file, source, size));
            for (var entry = tar.next(); entry != null; entry = tar.next()) {
                var folder = Layout.folder(entry.name());
                if (!folder.isEmpty()) {
                    add(file, folder, tar.isCompressed() ? unpacked(tar, entry) : entry);
                }
            }
        }
    }

    private ArchiveEntry unpacked(TarReader tar, ArchiveEntry entry) throws IOException {
        return new ArchiveEntry(entry.name(), scratch.add(tar.content()), entry.length());
    }

    private void addZip(Path file) throws IOException {
        try {
            @SuppressWarnings("resource") // Stays open for as long as the photos may be read.
            var zip = new ZipFile(file.toFile());
            parts.add(new Part(file, new ZipSource(file, zip), size));
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                var folder = entry.isDirectory() ? "" : Layout.folder(entry.getName());
                if (!folder.isEmpty()) {
                    long length = entry.getSize();
                    requireAtMost(file, entry.getName(), length);
                    Gunzip.requirePossible(file, length, OneLine.of(entry.getName()));
                    add(file, folder, new ArchiveEntry(entry.getName(), 0, (int) length));
                }
            }
        } catch (ZipException e) {
            throw new BadFileException(file, "is a damaged zip archive (" + e.getMessage() + "); get it again", e);
        }
    }

    /// @throws BadFileException when a photo claims more than [ArchiveEntry#MAX_BYTES]
    static void requireAtMost(Path file, String entry, long length) throws BadFileException {
        if (length < 0 || length > ArchiveEntry.MAX_BYTES) {
            throw new BadFileException(
                    file,
                    OneLine.of(entry) + " claims " + length + " bytes, above the limit of " + ArchiveEntry.MAX_BYTES
                            + "; leave it out of the archive");
        }
    }

    private void add(Path file, String folder, ArchiveEntry entry) throws BadFileException {
        if (size == at.length) {
            int room = Math.addExact(size, size);
            at = Arrays.copyOf(at, room);
            lengths = Arrays.copyOf(lengths, room);
            folderOf = Arrays.copyOf(folderOf, room);
            nameEnds = Arrays.copyOf(nameEnds, room);
        }
        var number = folders.get(folder);
        if (number == null) {
            Names.requireDecoded(file.toString(), folder, "pack the archive again with names in UTF-8");
            number = folders.size();
            folders.put(folder, number);
        }
        at[size] = entry.at();
        lengths[size] = entry.length();
        folderOf[size] = number;
        addName(entry.name().getBytes(StandardCharsets.UTF_8));
        size++;
    }

    private void addName(byte[] name) {
        long begin = size == 0 ? 0 : nameEnds[size - 1];
        long end = begin + name.length;
        if (end > names.length) {
            names = Arrays.copyOf(names, Math.toIntExact(Math.max(end, Math.min(2L * end, Integer.MAX_VALUE - 64))));
        }
        System.arraycopy(name, 0, names, (int) begin, name.length);
        nameEnds[size] = end;
    }

    /// The number of photos.
    int size() {
        return size;
    }

    /// The archives.
    List<Part> parts() {
        return parts;
    }

    /// The folders in which photos lie; the photo `photo` lies in number [#folder].
    List<String> folders() {
        return List.copyOf(folders.keySet());
    }

    /// The number of the folder of `photo`.
    int folder(int photo) {
        return folderOf[photo];
    }

    /// The photo's path in its archive.
    String name(int photo) {
        int begin = photo == 0 ? 0 : (int) nameEnds[photo - 1];
        return new String(names, begin, (int) nameEnds[photo] - begin, StandardCharsets.UTF_8);
    }

    /// The archive of `photo`.
    Part part(int photo) {
        int low = 0;
        int high = parts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (parts.get(middle).first() <= photo) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return parts.get(low);
    }

    /// The content of `photo`.
    byte[] content(int photo) throws IOException {
        return part(photo).source().read(name(photo), at[photo], lengths[photo]);
    }
}
