package org.mobilenet4j.formats.hdf5;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// Reads the string attributes of a group.
final class Attributes {
    private Attributes() {}

    /// The strings in the attribute called `name`.
    static Optional<List<String>> texts(Hdf5File file, ObjectHeader header, String path, String name) {
        for (var message : header.all(ObjectHeader.ATTRIBUTE)) {
            var texts = texts(file, message, path, name);
            if (texts.isPresent()) {
                return texts;
            }
        }
        refuseHeap(file, header, path, name);
        return Optional.empty();
    }

    private static Optional<List<String>> texts(Hdf5File file, Cursor message, String path, String name) {
        int version = message.u8();
        message.skip(1); // whether type and size are shared, which is detected when they are read
        int nameSize = message.u16();
        int typeSize = message.u16();
        int spaceSize = message.u16();
        message.skip(version == 3 ? 1 : 0); // character set
        var found = text(file, message.slice(nameSize));
        if (!found.equals(name)) {
            return Optional.empty();
        }
        boolean isAligned = version == 1;
        align(message, isAligned);
        var type = Datatype.read(message.piece(typeSize, path));
        align(message, isAligned);
        var dims = Dataspace.read(file, message.piece(spaceSize, path));
        align(message, isAligned);
        var texts = new ArrayList<String>();
        for (int i = 0; i < Tensor.elements(dims); i++) {
            var value = message.slice(type.size());
            texts.add(
                    switch (type) {
                        case Datatype.FixedText _ -> text(file, value);
                        case Datatype.HeapText _ -> text(file, file.globalHeap().find(new Cursor(value, path)));
                        case Datatype.Floating _, Datatype.Other _ ->
                            throw new BadValueException(
                                    "has an attribute \"" + name + "\" in its group " + path + " that is not a string");
                    });
        }
        return Optional.of(texts);
    }

    private static void align(Cursor message, boolean isAligned) {
        if (isAligned) {
            message.align();
        }
    }

    /// Without trailing zeros.
    private static String text(Hdf5File file, MemorySegment bytes) {
        file.using(bytes.byteSize());
        var text = new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static void refuseHeap(Hdf5File file, ObjectHeader header, String path, String name) {
        header.first(ObjectHeader.ATTRIBUTE_INFO).ifPresent(message -> {
            message.skip(1); // version
            message.skip((message.u8() & 1) == 0 ? 0 : 2);
            if (!file.isUndefined(message.number(file.offsetSize()))) {
                throw new BadValueException("keeps \"" + name + "\" of its group " + path
                        + " in a fractal heap, which is not supported; save the model again with h5py's"
                        + " default settings");
            }
        });
    }
}
