package org.mobilenet4j.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The machine that tests run code on.
public final class TestTarget {
    private TestTarget() {}

    /// Skips the test where there is none.
    public static Target get() {
        assumeTrue(MachineSupport.target().isPresent(), MachineSupport.reason());
        return MachineSupport.target().orElseThrow();
    }

    /// For each instruction set that this process can run, from the best downwards; none where there is no machine
    /// code.
    public static List<Target> all() {
        var all = new ArrayList<Target>();
        var best = MachineSupport.target();
        var here = Platform.ofProperties();
        for (Isa isa : Isa.values()) {
            if (best.isPresent() && isa.compareTo(best.get().isa()) >= 0) {
                var platform = new Platform(
                        here.system(), here.architecture(), here.isAccessGiven(), here.isAsked(), isa.text());
                all.add(Objects.requireNonNull(MachineSupport.search(platform).target()));
            }
        }
        return all;
    }

    /// Skips the test unless the processor has those instructions.
    public static Target with(Isa isa) {
        Target target = get();
        assumeTrue(isa.compareTo(target.isa()) >= 0, "the processor, or a property, permits no " + isa.text());
        return target;
    }
}
