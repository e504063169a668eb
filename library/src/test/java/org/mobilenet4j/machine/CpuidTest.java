package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.x64.CallingConvention;

/// What the processor says of itself, against what Linux says of it.
@EnabledOnOs(OS.LINUX)
class CpuidTest {
    private final Processor processor = TestTarget.get().processor();

    @Test
    void featuresAreThoseThatLinuxLists() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
        String flags = lines.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .orElseThrow();
        Set<String> listed = Arrays.stream(flags.split("\\s+")).collect(Collectors.toSet());

        assertThat(Arrays.stream(Feature.values()).filter(feature -> listed.contains(nameOf(feature))))
                .containsExactlyInAnyOrderElementsOf(processor.features());
    }

    private static String nameOf(Feature feature) {
        return feature.name().toLowerCase(Locale.ROOT);
    }

    @Test
    void cachesAreThoseThatLinuxLists() throws IOException {
        assertThat(processor.firstCache()).isEqualTo(listedCache(1));
        assertThat(processor.secondCache()).isEqualTo(listedCache(2));
        assertThat(processor.thirdCache()).isEqualTo(listedCache(3));
    }

    private static long listedCache(int level) throws IOException {
        Path folder = Path.of("/sys/devices/system/cpu/cpu0/cache");
        assumeTrue(Files.isDirectory(folder), "this Linux lists no caches");
        for (int i = 0; i < 5 && Files.isDirectory(folder.resolve("index" + i)); i++) {
            Path index = folder.resolve("index" + i);
            boolean isForCode = Files.readString(index.resolve("type")).startsWith("Instruction");
            if (!isForCode && Files.readString(index.resolve("level")).strip().equals(level + "")) {
                return 1024
                        * Long.parseLong(
                                Files.readString(index.resolve("size")).strip().replace("K", ""));
            }
        }
        return 0;
    }

    @Test
    void windowsFindsItsArgumentsInOtherRegisters() {
        Code code = Cpuid.code(CallingConvention.WINDOWS);

        // push rbx; mov r10, r8; mov rax, rcx; mov rcx, rdx; cpuid
        assertThat(HexFormat.of().formatHex(code.bytes(), 0, 12)).isEqualTo("534d8bd0488bc1488bca0fa2");
    }
}
