package org.mobilenet4j.kernel.layout;

/// Constants of processors: the sizes that kernels and their users are tuned for.
///
/// The available tiles are listed in `src/template/ExpandTiles.java`, by the same numbers of registers.
public final class Tuning {
    /// Floats of a cache line, and of the longest vector.
    public static final int LINE = 16;

    /// Bytes of a cache line.
    public static final int LINE_BYTES = Float.BYTES * LINE;

    /// Rows of this many floats fall on the same few sets of the L1 cache if there is no gap between them.
    public static final int ALIASING = 256;

    /// Floats of a band of rows that stays in a core's L1 cache: most of 32 kB.
    public static final int FIRST_CACHE = 1 << 13;

    /// Floats of a band that stays in a core's L2 cache, where other data is read as well: half of 1 MB.
    public static final int SECOND_CACHE = 1 << 17;

    /// Sums that fit 32 registers beside the weights of two vectors and one input, with some to spare.
    public static final int SUMS_IN_32_REGISTERS = 26;

    /// The same for 16 registers.
    public static final int SUMS_IN_16_REGISTERS = 12;

    /// The same for 16 registers if sums do not start from a bias: the JIT would spill some of 12.
    public static final int ZEROED_SUMS_IN_16_REGISTERS = 10;

    /// The most pixels of a tile: taller ones are methods too large for the C1 compiler.
    public static final int TALLEST_TILE = 13;

    /// The number of pixels that makes reading a convolution's weights worthwhile.
    public static final int GRAIN_PIXELS = 64;

    /// With this many weights per activation, threads had better split the weights.
    public static final int MANY_WEIGHTS = 4;

    /// Up to this many channels, a pass over pixels goes channel by channel, so that a channel's values stay in
    /// registers; with more, it would jump too far from pixel to pixel.
    public static final int NARROW = 128;

    /// A piece of a kernel that takes about a microsecond takes less than this once compiled, and many times it before.
    public static final long WARM_NANOS = 6_000;

    /// Work that is worth a chunk of its own, in mult-adds or activations: about a microsecond.
    public static final long CHUNK_WORK = 100_000;

    /// Work that is not worth sharing at all.
    public static final long LEAST_WORK = 20_000;

    /// The most chunks per thread; more than one evens out the time that other processes take.
    public static final int CHUNKS_PER_THREAD = 4;

    private Tuning() {}
}
