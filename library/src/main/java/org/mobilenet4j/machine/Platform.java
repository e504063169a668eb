package org.mobilenet4j.machine;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.machine.x64.CallingConvention;

/// What the JVM says of the system, and what the user asks for.
///
/// @param system         `os.name`
/// @param architecture   `os.arch`
/// @param isAccessGiven  whether `--enable-native-access` covers the library
/// @param isAsked        whether machine code is asked for by name
/// @param isa            the value of [Isa#PROPERTY]
record Platform(
        String system,
        String architecture,
        boolean isAccessGiven,
        boolean isAsked,
        @Nullable String isa) {
    private enum Kind {
        LINUX,
        MAC,
        WINDOWS,
        OTHER
    }

    static Platform ofProperties() {
        return new Platform(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                Platform.class.getModule().isNativeAccessEnabled(),
                System.getProperty(MachineSupport.PROPERTY, "").equals("machine"),
                System.getProperty(Isa.PROPERTY));
    }

    private Kind kind() {
        String name = system.toLowerCase(Locale.ROOT);
        return name.equals("linux")
                ? Kind.LINUX
                : name.startsWith("mac") ? Kind.MAC : name.startsWith("windows") ? Kind.WINDOWS : Kind.OTHER;
    }

    /// Why there can be no machine code, before anything is tried.
    Optional<String> refusal() {
        boolean isIntel = architecture.equals("amd64") || architecture.equals("x86_64");
        if (!isIntel && !isArm()) {
            return Optional.of("no machine code: none is written for " + architecture);
        }
        if (kind() == Kind.OTHER || (isArm() && kind() != Kind.LINUX)) {
            return Optional.of("no machine code: none is written for " + system + (isArm() ? " on AArch64" : ""));
        }
        if ((kind() != Kind.LINUX || isArm()) && !isAsked) {
            return Optional.of("no machine code: not tried on " + system + (isArm() ? " on AArch64" : "") + " yet; -D"
                    + MachineSupport.PROPERTY + "=machine tries it");
        }
        if (!isAccessGiven && !isAsked) {
            return Optional.of(
                    "no machine code: start java with --enable-native-access=org.mobilenet4j (ALL-UNNAMED on the class path)");
        }
        return Optional.empty();
    }

    /// Whether the processor is AArch64.
    boolean isArm() {
        return architecture.equals("aarch64");
    }

    /// How x86-64 calls.
    CallingConvention convention() {
        return kind() == Kind.WINDOWS ? CallingConvention.WINDOWS : CallingConvention.SYSTEM_V;
    }

    /// @throws CodeMemoryException if the system lacks a function
    CodeMemory codeMemory() {
        return switch (kind()) {
            case LINUX -> isArm() ? new LinuxArmCodeMemory() : new LinuxCodeMemory();
            case MAC -> new MacCodeMemory();
            case WINDOWS -> new WindowsCodeMemory();
            case OTHER -> throw new IllegalStateException("refused already");
        };
    }
}
