package org.mobilenet4j.machine;

/// Code on Linux.
final class LinuxCodeMemory extends PosixCodeMemory {
    private static final int MAP_ANONYMOUS = 0x20;

    LinuxCodeMemory() {
        super(new PosixPages(MAP_ANONYMOUS));
    }
}
