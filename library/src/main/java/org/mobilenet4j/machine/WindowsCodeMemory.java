package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Code on Windows. Nobody has run it yet.
final class WindowsCodeMemory implements CodeMemory {
    private static final int MEM_COMMIT_RESERVE = 0x3000;
    private static final int MEM_RELEASE = 0x8000;
    private static final int PAGE_READWRITE = 0x04;
    private static final int PAGE_EXECUTE_READ = 0x20;

    /// What stands for the process itself.
    private static final long CURRENT_PROCESS = -1;

    private final MemorySegment virtualAlloc;
    private final MemorySegment virtualProtect;
    private final MemorySegment virtualFree;
    private final MemorySegment flushInstructionCache;

    WindowsCodeMemory() {
        NativeFunctions functions = NativeFunctions.ofWindows();
        virtualAlloc = functions.find("VirtualAlloc");
        virtualProtect = functions.find("VirtualProtect");
        virtualFree = functions.find("VirtualFree");
        flushInstructionCache = functions.find("FlushInstructionCache");
    }

    @Override
    @SuppressWarnings("restricted")
    public MemorySegment load(byte[] code, Arena arena) {
        long bytes = CodeMemory.pages(code.length);
        long address = NativeCall.call(virtualAlloc, 0, bytes, MEM_COMMIT_RESERVE, PAGE_READWRITE, 0, 0);
        if (address == 0) {
            throw new CodeMemoryException("the system has no " + bytes + " bytes");
        }
        MemorySegment memory;
        try {
            memory = MemorySegment.ofAddress(address).reinterpret(bytes, arena, _ -> free(address));
        } catch (IllegalStateException | WrongThreadException closed) {
            free(address);
            throw closed;
        }
        MemorySegment.copy(code, 0, memory, JAVA_BYTE, 0, code.length);
        try (Arena brief = Arena.ofConfined()) {
            long before = brief.allocate(JAVA_INT).address();
            if ((int) NativeCall.call(virtualProtect, address, bytes, PAGE_EXECUTE_READ, before, 0, 0) == 0) {
                throw new CodeMemoryException("the system forbids executable memory");
            }
        }
        NativeCall.call(flushInstructionCache, CURRENT_PROCESS, address, bytes, 0, 0, 0);
        return memory.asSlice(0, code.length).asReadOnly();
    }

    private void free(long address) {
        NativeCall.call(virtualFree, address, 0, MEM_RELEASE, 0, 0, 0);
    }
}
