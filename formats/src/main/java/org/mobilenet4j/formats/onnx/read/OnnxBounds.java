package org.mobilenet4j.formats.onnx.read;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.mobilenet4j.error.BadValueException;

/// Checks a message's size and nesting before it is parsed.
///
/// Two bytes can encode an empty nested message, which the parser turns into an object of a hundred bytes. So the
/// fields are counted first: apart from [#MAX_FIELDS] objects, no file makes the parser allocate more than a small
/// multiple of the file's size.
final class OnnxBounds {
    /// Limit on fields, and values in lists of 64-bit integers, in one file: several times as many as the largest
    /// networks of a thousand operators have.
    static final int MAX_FIELDS = 1 << 18;

    /// Limit on nested messages, the same as the parser's.
    private static final int MAX_DEPTH = 100;

    private final CodedInputStream in;
    private int fields;

    private OnnxBounds(CodedInputStream in) {
        this.in = in;
    }

    /// Reads all of `in`.
    ///
    /// @throws InvalidProtocolBufferException if it is malformed
    /// @throws IllegalArgumentException if it exceeds the limits
    static void check(CodedInputStream in, Descriptor message) throws IOException {
        new OnnxBounds(in).message(message, 0);
    }

    private void message(Descriptor message, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new BadValueException("has messages nested more than " + MAX_DEPTH + " deep");
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
            count(length); // one byte or more per value, which takes eight in memory
        }
        in.skipRawBytes(length);
    }

    private void count(int more) {
        if (more > MAX_FIELDS - fields) {
            throw new BadValueException("has more than " + MAX_FIELDS + " fields, which is the limit");
        }
        fields += Math.max(more, 0);
    }
}
