package org.mobilenet4j.kernel;

import java.util.List;

/// The twins that can run in this process.
final class Arithmetics {
    private Arithmetics() {}

    static List<Arithmetic> present() {
        return Arithmetic.hasVectorModule()
                ? List.of(Arithmetic.SCALAR, Arithmetic.VECTOR)
                : List.of(Arithmetic.SCALAR);
    }
}
