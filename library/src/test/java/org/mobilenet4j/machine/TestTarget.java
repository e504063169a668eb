package org.mobilenet4j.machine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;

/// The machine that tests run code on.
public final class TestTarget {
    private TestTarget() {}

    /// Skips the test where there is none.
    public static Target get() {
        assumeTrue(MachineSupport.target().isPresent(), MachineSupport.reason());
        return MachineSupport.target().orElseThrow();
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
