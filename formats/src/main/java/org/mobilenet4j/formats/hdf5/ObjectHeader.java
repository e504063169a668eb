package org.mobilenet4j.formats.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.error.BadValueException;

/// The description of a group or a data set: a list of messages, in one or more blocks.
final class ObjectHeader {
    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int LINK = 0x06;
    static final int LAYOUT = 0x08;
    static final int ATTRIBUTE = 0x0c;
    private static final int CONTINUATION = 0x10;
    static final int SYMBOL_TABLE = 0x11;
    static final int ATTRIBUTE_INFO = 0x15;

    private static final int SHARED = 2;

    /// Limit on messages in one header: h5py keeps 64 KiB of attributes in one, each of 24 bytes or more.
    private static final int MAX_MESSAGES = 100_000;

    /// A message: its kind and the position of its body.
    ///
    /// @param isShared whether the body is elsewhere, which is not supported for messages that are used here
    private record Message(int type, boolean isShared, long begin, long length) {}

    /// A block of messages that is still to be read.
    private record Block(long address, long length) {}

    private final Hdf5File file;
    private final String what;
    private final List<Message> messages = new ArrayList<>();
    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    private final HashSet<Long> seen = new HashSet<>();

    private ObjectHeader(Hdf5File file, long address) {
        this.file = file;
        this.what = "the object at byte " + Long.toUnsignedString(address);
    }

    static ObjectHeader read(Hdf5File file, long address) {
        var header = new ObjectHeader(file, address);
        var cursor = file.at(address, header.what);
        if (cursor.u8() == 1) {
            header.readFirst(address, cursor);
        } else {
            header.readSecond(address, file.at(address, header.what));
        }
        return header;
    }

    /// The bodies of all messages of kind `type`.
    List<Cursor> all(int type) {
        var bodies = new ArrayList<Cursor>();
        for (var message : messages) {
            if (message.type() == type) {
                if (message.isShared()) {
                    throw new BadValueException(what + " shares its description with others, which is not supported;"
                            + " save the model again");
                }
                bodies.add(file.at(message.begin(), what).piece(message.length(), what));
            }
        }
        return bodies;
    }

    /// The body of the first message of kind `type`.
    Optional<Cursor> first(int type) {
        return all(type).stream().findFirst();
    }

    /// Version 1: a fixed prefix, then messages that are aligned to eight bytes.
    private void readFirst(long address, Cursor cursor) {
        cursor.skip(7); // reserved, number of messages, references
        blocks.add(new Block(address + 16, cursor.u32()));
        while (!blocks.isEmpty()) {
            var block = next();
            var body = file.at(block.address(), what).piece(block.length(), what);
            while (body.remaining() >= 8) {
                int type = body.u16();
                int length = body.u16();
                int flags = body.u8();
                body.skip(3);
                add(type, flags, block.address() + body.position(), length);
                body.skip(length);
            }
        }
    }

    /// Version 2: each block has a signature at its start and a checksum at its end.
    private void readSecond(long address, Cursor cursor) {
        cursor.expect("OHDR");
        int version = cursor.u8();
        if (version != 2) {
            throw new BadValueException(what + " has version " + version + "; only 1 and 2 are supported");
        }
        int flags = cursor.u8();
        boolean hasOrder = (flags & 4) != 0;
        cursor.skip(((flags & 32) == 0 ? 0 : 16) + ((flags & 16) == 0 ? 0 : 4)); // times, limits
        long length = cursor.number(1 << (flags & 3));
        long begin = address + cursor.position();
        var first = cursor.piece(length, what);
        file.using(length);
        readMessages(begin, first, hasOrder);
        while (!blocks.isEmpty()) {
            var block = next();
            var body = file.at(block.address(), what).piece(block.length(), what);
            body.expect("OCHK");
            readMessages(block.address() + 4, body.piece(body.remaining() - 4, what), hasOrder);
        }
    }

    private void readMessages(long begin, Cursor body, boolean hasOrder) {
        int head = hasOrder ? 6 : 4;
        while (body.remaining() >= head) {
            int type = body.u8();
            int length = body.u16();
            int flags = body.u8();
            body.skip(head - 4);
            add(type, flags, begin + body.position(), length);
            body.skip(length);
        }
    }

    private Block next() {
        var block = blocks.remove();
        if (!seen.add(block.address())) {
            throw new BadValueException(what + " continues in itself; the file is damaged");
        }
        file.using(Math.max(0, block.length()));
        return block;
    }

    private void add(int type, int flags, long begin, int length) {
        if (messages.size() == MAX_MESSAGES) {
            throw new BadValueException(what + " has more than " + MAX_MESSAGES + " messages");
        }
        messages.add(new Message(type, (flags & SHARED) != 0, begin, length));
        if (type == CONTINUATION) {
            var place = file.at(begin, what);
            blocks.add(new Block(place.number(file.offsetSize()), place.number(file.lengthSize())));
        }
    }
}
