package org.mobilenet4j.kernel;

/// Which twin of each kernel runs.
///
/// The system property `mobilenet4j.vector` forces one: `off`, or the width of a vector in bits (`128`, `256`, `512`).
public enum Arithmetic {
    /// Plain loops: the reference, and what runs where the vector module is absent.
    SCALAR,
    /// The Vector API.
    VECTOR;

    static final String PROPERTY = "mobilenet4j.vector";

    private static final String MODULE = "jdk.incubator.vector";

    /// What this process should use.
    public static Arithmetic preferred() {
        return Choice.PREFERRED;
    }

    /// Bits of a vector in this process; 0 where plain loops run.
    public static int vectorBits() {
        return preferred() == VECTOR ? Lanes.COUNT * Float.SIZE : 0;
    }

    /// Whether the vector module is there to be used.
    public static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /// Decided once a process, when first asked, so that the warning comes once.
    private static final class Choice {
        static final Arithmetic PREFERRED = choose();

        private static Arithmetic choose() {
            if ("off".equals(System.getProperty(PROPERTY))) {
                return SCALAR;
            }
            if (hasVectorModule()) {
                return VECTOR;
            }
            System.getLogger(Arithmetic.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "running without vectors, several times slower: start java with --add-modules " + MODULE);
            return SCALAR;
        }
    }
}
