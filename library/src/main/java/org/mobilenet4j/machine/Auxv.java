package org.mobilenet4j.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// What Linux tells a process on AArch64 of its processor: pairs of numbers, of which one pair has a bit for each
/// feature.
final class Auxv {
    private static final Path FILE = Path.of("/proc/self/auxv");
    private static final long HWCAP = 16;
    private static final int ASIMD = 1, ASIMDDP = 20;

    private Auxv() {}

    /// The processor that this process runs on; of its caches nothing is known.
    ///
    /// @throws CodeMemoryException if Linux does not tell
    static Processor detect() {
        try {
            return processor(Files.readAllBytes(FILE));
        } catch (IOException e) {
            throw new CodeMemoryException("the system does not say what processor it has: " + e.getMessage());
        }
    }

    /// What the pairs say, as they lie in memory.
    static Processor processor(byte[] pairs) {
        var features = new HashSet<Feature>();
        ByteBuffer numbers = ByteBuffer.wrap(pairs).order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.remaining() >= 2 * Long.BYTES) {
            long kind = numbers.getLong();
            long value = numbers.getLong();
            if (kind == HWCAP) {
                add(features, Feature.ASIMD, value, ASIMD);
                add(features, Feature.ASIMDDP, value, ASIMDDP);
            }
        }
        return new Processor(features, 0, 0, 0);
    }

    private static void add(Set<Feature> features, Feature feature, long bits, int bit) {
        if ((bits >>> bit & 1) != 0) {
            features.add(feature);
        }
    }
}
