package org.mobilenet4j.arch;

import org.mobilenet4j.error.BadValueException;
/// Padding around a feature map while a window slides over it. Convolutions read zeros there, pooling skips it.

public sealed interface Padding {
    /// TensorFlow's SAME: as much as makes the output `ceil(size / stride)` long; the odd row or column goes at
    /// the end.
    Padding SAME = new Same();

    /// Half the (dilated) window on every side, whatever the stride: PyTorch's usual padding, and TF-Slim's
    /// `use_explicit_padding`. With stride 2 on feature maps of even size it is aligned differently from [#SAME].
    Padding SYMMETRIC = new Symmetric();

    /// None: the window stays inside.
    Padding VALID = new Explicit(0, 0, 0, 0);

    /// Rows added above a feature map of `size` rows, or columns left of it, for a window of `reach` rows
    /// (dilation included).
    int before(Axis axis, int size, int reach, int stride);

    /// Rows added below a feature map of `size` rows, or columns right of it.
    int after(Axis axis, int size, int reach, int stride);

    /// The direction of a padding.
    enum Axis {
        ROWS,
        COLUMNS
    }

    /// See [Padding#SAME].
    record Same() implements Padding {
        private static int total(int size, int reach, int stride) {
            int outputs = Math.ceilDiv(size, stride);
            return (int) Math.max(((long) outputs - 1) * stride + reach - size, 0);
        }

        @Override
        public int before(Axis axis, int size, int reach, int stride) {
            return total(size, reach, stride) / 2;
        }

        @Override
        public int after(Axis axis, int size, int reach, int stride) {
            return total(size, reach, stride) - before(axis, size, reach, stride);
        }

        @Override
        public String toString() {
            return "same";
        }
    }

    /// See [Padding#SYMMETRIC].
    record Symmetric() implements Padding {
        @Override
        public int before(Axis axis, int size, int reach, int stride) {
            return (reach - 1) / 2;
        }

        @Override
        public int after(Axis axis, int size, int reach, int stride) {
            return reach - 1 - before(axis, size, reach, stride);
        }

        @Override
        public String toString() {
            return "symmetric";
        }
    }

    /// Fixed numbers of rows and columns, as Keras's `ZeroPadding2D` followed by a `valid` convolution.
    record Explicit(int top, int bottom, int left, int right) implements Padding {
        private static final int MAX = 1 << 12;

        public Explicit {
            if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0
                    || Math.max(Math.max(top, bottom), Math.max(left, right)) > MAX) {
                throw new BadValueException("padding must be from 0 to " + MAX + ", not top " + top + ", bottom "
                        + bottom + ", left " + left + ", right " + right);
            }
        }

        @Override
        public int before(Axis axis, int size, int reach, int stride) {
            return axis == Axis.ROWS ? top : left;
        }

        @Override
        public int after(Axis axis, int size, int reach, int stride) {
            return axis == Axis.ROWS ? bottom : right;
        }

        @Override
        public String toString() {
            return top + bottom + left + right == 0
                    ? "valid"
                    : "explicit(" + top + "," + bottom + "," + left + "," + right + ")";
        }
    }
}
