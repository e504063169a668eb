package org.mobilenet4j.machine;

/// Code on macOS with an x86-64 processor. Nobody has run it yet.
final class MacCodeMemory extends PosixCodeMemory {
    private static final int MAP_ANON = 0x1000;

    MacCodeMemory() {
        super(new PosixPages(MAP_ANON));
    }
}
