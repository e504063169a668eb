package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/// The system's functions by name.
final class NativeFunctions {
    private final SymbolLookup lookup;

    private NativeFunctions(SymbolLookup lookup) {
        this.lookup = lookup;
    }

    /// Of the C library that the JVM itself uses.
    static NativeFunctions ofC() {
        return new NativeFunctions(Linker.nativeLinker().defaultLookup());
    }

    /// Of Windows' kernel, which is in every process.
    @SuppressWarnings("restricted")
    static NativeFunctions ofWindows() {
        return new NativeFunctions(SymbolLookup.libraryLookup("kernel32", Arena.global()));
    }

    /// @throws CodeMemoryException if there is none of that name
    MemorySegment find(String name) {
        Optional<MemorySegment> found = lookup.find(name);
        if (found.isEmpty()) {
            throw new CodeMemoryException("this system has no function " + name);
        }
        return found.get();
    }
}
