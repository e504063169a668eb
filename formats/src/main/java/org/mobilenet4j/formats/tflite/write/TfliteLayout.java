package org.mobilenet4j.formats.tflite.write;

import java.io.IOException;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.TensorWriter;

/// The layout of a TFLite file: the flatbuffer's tables, then the content of its buffers, each a vector (its length in
/// four bytes, then its bytes) whose bytes are aligned.
final class TfliteLayout {
    /// Required by the schema, so that runtimes can use mapped weights directly.
    static final int ALIGNMENT = 16;

    private final byte[] tables;
    private final List<TfliteBuffer> buffers;
    private final Places places;

    /// @param tables a multiple of [#ALIGNMENT] long; this object takes ownership
    /// @param buffers in the order of the file
    /// @param places positions of their vectors
    TfliteLayout(byte[] tables, List<TfliteBuffer> buffers, Places places) {
        this.tables = tables;
        this.buffers = List.copyOf(buffers);
        this.places = places;
    }

    /// Positions of vectors after the tables.
    static final class Places {
        private final long[] vectors;
        private final long end;

        Places(List<TfliteBuffer> buffers) {
            vectors = new long[buffers.size()];
            long free = 0;
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = Math.ceilDiv(free + Integer.BYTES, ALIGNMENT) * ALIGNMENT - Integer.BYTES;
                long size = buffers.get(i).size();
                free = size == 0 ? free : vectors[i] + Integer.BYTES + size;
            }
            end = free;
            if (end > Integer.MAX_VALUE - (1 << 24)) {
                throw new BadValueException("the model takes " + end
                        + " bytes, but TFLite files are limited to 2 GiB; write it with --float16 or as .safetensors");
            }
        }

        /// Position of the vector of buffer `index`, in bytes from the end of the tables.
        int vector(int index) {
            return Math.toIntExact(vectors[index]);
        }
    }

    /// Length of the file.
    long bytes() {
        return tables.length + places.end;
    }

    /// Writes all of it.
    void writeTo(TensorWriter out) throws IOException {
        out.write(tables);
        long written = 0;
        for (int i = 0; i < buffers.size(); i++) {
            int size = (int) buffers.get(i).size();
            if (size > 0) {
                out.write(new byte[Math.toIntExact(places.vectors[i] - written)]);
                out.write(TfliteBuffer.littleEndian(size));
                buffers.get(i).content().writeTo(out);
                written = places.vectors[i] + Integer.BYTES + size;
            }
        }
    }
}
