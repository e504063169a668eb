package org.mobilenet4j.formats.hdf5;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.error.BadValueException;

/// A group: named links to groups and data sets, and attributes.
public final class Hdf5Group {
    private final Hdf5File file;
    private final ObjectHeader header;
    private final String path;

    Hdf5Group(Hdf5File file, ObjectHeader header, String path) {
        this.file = file;
        this.header = header;
        this.path = path;
    }

    /// Whether the group has a link called `name`.
    public boolean has(String name) {
        return links().containsKey(name);
    }

    /// The group at the path `names`, with slashes between names.
    ///
    /// @throws IllegalArgumentException if there is none
    public Hdf5Group group(String names) {
        var group = this;
        for (var name : names.split("/", -1)) {
            group = new Hdf5Group(file, file.header(group.address(name)), group.path + name + "/");
        }
        return group;
    }

    /// The data set at the path `names`, with slashes between names.
    ///
    /// @throws IllegalArgumentException if there is none, or its description is malformed
    public Hdf5Dataset dataset(String names) {
        int last = names.lastIndexOf('/');
        var folder = last < 0 ? this : group(names.substring(0, last));
        var name = names.substring(last + 1);
        return Hdf5Dataset.read(file, file.header(folder.address(name)), folder.path + name);
    }

    /// The strings in the attribute called `name`, one or a list; empty if there is no such attribute.
    ///
    /// @throws IllegalArgumentException if it is not made of strings
    public Optional<List<String>> texts(String name) {
        return Attributes.texts(file, header, path, name);
    }

    private long address(String name) {
        var address = links().get(name);
        if (address == null) {
            throw new BadValueException("has no \"" + name + "\" in its group " + path);
        }
        return address;
    }

    private Map<String, Long> links() {
        return file.links(
                header,
                () -> header.first(ObjectHeader.SYMBOL_TABLE)
                        .map(message -> SymbolTable.read(file, message, path))
                        .orElseGet(this::linkMessages));
    }

    private Map<String, Long> linkMessages() {
        refuseHeap();
        var found = new LinkedHashMap<String, Long>();
        for (var message : header.all(ObjectHeader.LINK)) {
            message.skip(1); // version
            int flags = message.u8();
            int kind = (flags & 8) == 0 ? 0 : message.u8();
            message.skip(((flags & 4) == 0 ? 0 : 8) + ((flags & 16) == 0 ? 0 : 1)); // order, character set
            var name = message.slice(message.number(1 << (flags & 3)));
            file.using(name.byteSize());
            if (kind == 0) {
                found.put(
                        new String(name.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8),
                        message.number(file.offsetSize()));
            }
        }
        return found;
    }

    /// Checks that the names are not in a fractal heap, which large groups with tracked order use.
    private void refuseHeap() {
        header.first(ObjectHeader.LINK_INFO).ifPresent(message -> {
            message.skip(1); // version
            message.skip((message.u8() & 1) == 0 ? 0 : 8);
            if (!file.isUndefined(message.number(file.offsetSize()))) {
                throw new BadValueException("keeps the names in its group " + path
                        + " in a fractal heap, which is not supported; save the model again with h5py's"
                        + " default settings");
            }
        });
    }
}
