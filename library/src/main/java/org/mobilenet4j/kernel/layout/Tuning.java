package org.mobilenet4j.kernel.layout;

/// What is known of processors: the sizes that kernels and their users go by.
///
/// The tiles that exist are listed in `src/template/ExpandTiles.java`, by the same numbers of registers.
public final class Tuning {
    /// Floats of a cache line, and of the longest vector.
    public static final int LINE = 16;

    /// Rows of this many floats fall on the same few sets of the first cache, if nothing lies between them.
    public static final int ALIASING = 256;

    /// Floats of a band of rows that stays in a core's first cache: most of 32 kB.
    public static final int FIRST_CACHE = 1 << 13;

    /// Floats of a band that stays in a core's second cache, where something else is read as well: half of 1 MB.
    public static final int SECOND_CACHE = 1 << 17;

    /// Sums that 32 registers hold beside the weights of two vectors and one input, with some to spare.
    public static final int SUMS_IN_32_REGISTERS = 26;

    /// The same of 16.
    public static final int SUMS_IN_16_REGISTERS = 12;

    /// The same of 16 where sums are not started from a bias: the JIT would spill some of 12.
    public static final int ZEROED_SUMS_IN_16_REGISTERS = 10;

    /// The most pixels of a tile: taller ones are larger methods than the first compiler takes.
    public static final int TALLEST_TILE = 13;

    /// So many pixels are worth reading a convolution's weights for.
    public static final int GRAIN_PIXELS = 64;

    /// So many weights for each value on the maps, and threads had better share out the weights.
    public static final int MANY_WEIGHTS = 4;

    /// Channels up to which a pass over pixels goes channel by channel, so that a channel's numbers stay in registers;
    /// more of them would jump too far from pixel to pixel.
    public static final int NARROW = 128;

    /// A piece of a kernel that takes about a microsecond takes less than this once compiled, and many times it before.
    public static final long WARM_NANOS = 6_000;

    /// Work that is worth a chunk of its own, in mult-adds or values: about a microsecond.
    public static final long CHUNK_WORK = 100_000;

    /// Work that is not worth sharing at all.
    public static final long LEAST_WORK = 20_000;

    /// Chunks for each thread at most; more than one evens out what other processes take.
    public static final int CHUNKS_PER_THREAD = 4;

    private Tuning() {}
}
