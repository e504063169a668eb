package org.mobilenet4j.formats.hdf5;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// A data set in an HDF5 file.
public final class Hdf5Dataset {
    private final Hdf5File file;
    private final String path;
    private final Datatype type;
    private final List<Integer> dims;
    private final MemorySegment data;

    private Hdf5Dataset(Hdf5File file, String path, Datatype type, List<Integer> dims, MemorySegment data) {
        this.file = file;
        this.path = path;
        this.type = type;
        this.dims = dims;
        this.data = data;
    }

    static Hdf5Dataset read(Hdf5File file, ObjectHeader header, String path) {
        var type = Datatype.read(part(header, ObjectHeader.DATATYPE, path));
        var dims = Dataspace.read(file, part(header, ObjectHeader.DATASPACE, path));
        long needed = (long) Tensor.elements(dims) * type.size();
        return new Hdf5Dataset(
                file, path, type, dims, data(file, part(header, ObjectHeader.LAYOUT, path), path, needed));
    }

    /// The values as floats: a slice of the file if possible, otherwise a copy (of float64 or big-endian values).
    ///
    /// @throws IllegalArgumentException if they are not floats
    public Tensor floats() {
        if (!(type instanceof Datatype.Floating(int size, ByteOrder order))) {
            throw new BadValueException(
                    "holds values in " + path + " that are not float16, float32 or float64; save the model as float32");
        }
        if (order == ByteOrder.LITTLE_ENDIAN && size < 8) {
            return Tensor.of(data, size == 4 ? ElementType.FLOAT32 : ElementType.FLOAT16, dims);
        }
        file.using(data.byteSize());
        var values = new float[Tensor.elements(dims)];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (size) {
                case 2 -> Float.float16ToFloat(data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 2L * i));
                case 4 -> data.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), 4L * i);
                default -> (float) data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), 8L * i);
            };
        }
        return Tensor.of(values, dims.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Cursor part(ObjectHeader header, int kind, String path) {
        return header.first(kind).orElseThrow(() -> new BadValueException("has no data set at " + path));
    }

    private static MemorySegment data(Hdf5File file, Cursor layout, String path, long needed) {
        int version = layout.u8();
        if (version != 3 && version != 4) {
            throw new BadValueException(
                    "stores " + path + " in a layout of version " + version + "; only 3 and 4 are supported");
        }
        return switch (layout.u8()) {
            case 0 -> sized(layout.slice(layout.u16()), path, needed);
            case 1 -> {
                long address = layout.number(file.offsetSize());
                long length = layout.number(file.lengthSize());
                if (file.isUndefined(address)) {
                    throw new BadValueException("has no values in " + path);
                }
                yield sized(file.at(address, path).slice(length), path, needed);
            }
            default ->
                throw new BadValueException("stores " + path
                        + " in chunks (compressed or resizable), which are not supported; save the model again without"
                        + " compression");
        };
    }

    private static MemorySegment sized(MemorySegment data, String path, long needed) {
        if (data.byteSize() < needed) {
            throw new BadValueException(
                    "has " + data.byteSize() + " bytes for " + path + ", which needs " + needed + "; it is damaged");
        }
        return data.asSlice(0, needed);
    }
}
