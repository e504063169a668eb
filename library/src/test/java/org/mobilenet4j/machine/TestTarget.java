package org.mobilenet4j.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

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
        var here = Platform.ofProperties();
        for (Isa isa : Isa.values()) {
            if (has(isa)) {
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
        assumeTrue(has(isa), "the processor, or a property, permits no " + isa.text());
        return target;
    }

    /// A target for which code is written and loaded, but must not be called: AArch64, wherever this is.
    public static Target arm() {
        Target here = get();
        assumeTrue(System.getProperty("os.name").equals("Linux"), "code is loaded as on Linux");
        var processor = new Processor(Set.of(Feature.ASIMD), 0, 0, 0);
        return new Target(processor, Isa.NEON, here.convention(), new LinuxCodeMemory(), new CodeTrace(null, null));
    }

    /// Whether the processor has those instructions.
    public static boolean has(Isa isa) {
        return MachineSupport.target()
                .filter(target -> target.isa().isArm() == isa.isArm() && isa.compareTo(target.isa()) >= 0)
                .isPresent();
    }
}
