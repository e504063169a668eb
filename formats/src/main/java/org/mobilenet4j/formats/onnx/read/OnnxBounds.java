package org.mobilenet4j.formats.onnx.read;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.mobilenet4j.error.BadValueException;

/// Goes over a message's bytes before they are parsed, and keeps nothing of them.
///
/// Two bytes are enough for an empty message inside another, and an object of a hundred bytes is made of
/// it. So the fields are counted first: no file makes the parser allocate more than a small multiple of
/// its size, beside what [#MAX_FIELDS] objects take.
final class OnnxBounds {
    /// Fields, and values in lists of 64-bit numbers, of one file: several times those of the largest
    /// networks with a thousand operators.
    static final int MAX_FIELDS = 1 << 18;

    /// Messages inside each other: as the parser has it.
    private static final int MAX_DEPTH = 100;

    private final CodedInputStream in;
    private int fields;

    private OnnxBounds(CodedInputStream in) {
        this.in = in;
    }

    /// Reads all of `in`.
    ///
    /// @throws InvalidProtocolBufferException when it does not hold together
    /// @throws IllegalArgumentException when it is over the limits
    static void check(CodedInputStream in, Descriptor message) throws IOException {
        new OnnxBounds(in).message(message, 0);
    }

    private void message(Descriptor message, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new BadValueException("has messages inside each other, more than " + MAX_DEPTH + " deep");
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            count(1);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    delimited(message.findFieldByNumber(WireFormat.getTagFieldNumber(tag)), depth);
                case WireFormat.WIRETYPE_START_GROUP, WireFormat.WIRETYPE_END_GROUP ->
                    throw new InvalidProtocolBufferException("a group, which ONNX does not have");
                default -> in.skipField(tag);
            }
        }
    }

    private void delimited(@org.jspecify.annotations.Nullable FieldDescriptor field, int depth) throws IOException {
        int length = in.readRawVarint32();
        if (field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            int outer = in.pushLimit(length);
            message(field.getMessageType(), depth + 1);
            in.popLimit(outer);
            return;
        }
        if (field != null && field.getJavaType() == FieldDescriptor.JavaType.LONG) {
            count(length); // a byte or more for each value, which takes eight
        }
        in.skipRawBytes(length);
    }

    private void count(int more) {
        if (more > MAX_FIELDS - fields) {
            throw new BadValueException("has more than " + MAX_FIELDS + " fields; models with fewer are read");
        }
        fields += Math.max(more, 0);
    }
}
