package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mobilenet4j.machine.x64.CallingConvention;

/// Where there is machine code, and what is said where there is none.
class MachineSupportTest {
    /// Of a process without modules; this one has none.
    private static final String CLASS_PATH =
            Path.of("target", "classes") + File.pathSeparator + Path.of("target", "test-classes");

    private static Platform platform(String system, String architecture, boolean isAccessGiven, boolean isAsked) {
        return new Platform(system, architecture, isAccessGiven, isAsked, null);
    }

    private static String reason(Platform platform) {
        MachineSupport.Answer answer = MachineSupport.search(platform);
        assertThat(answer.target()).isNull();
        assertThat(answer.reason()).doesNotContain("\n");
        return answer.reason();
    }

    @Test
    void otherProcessorsAndSystemsHaveNone() {
        assertThat(reason(platform("Linux", "riscv64", true, true)))
                .isEqualTo("no machine code: none is written for riscv64");
        assertThat(reason(platform("Mac OS X", "aarch64", true, true)))
                .isEqualTo("no machine code: none is written for Mac OS X on AArch64");
        assertThat(reason(platform("Windows 11", "aarch64", true, true))).contains("on AArch64");
        assertThat(reason(platform("SunOS", "amd64", true, true)))
                .isEqualTo("no machine code: none is written for SunOS");
    }

    @Test
    void systemsThatNobodyHasTriedMustBeAskedFor() {
        assertThat(reason(platform("Windows 11", "amd64", true, false)))
                .isEqualTo("no machine code: not tried on Windows 11 yet; -Dmobilenet4j.kernels=machine tries it");
        assertThat(reason(platform("Linux", "aarch64", true, false)))
                .isEqualTo(
                        "no machine code: not tried on Linux on AArch64 yet; -Dmobilenet4j.kernels=machine tries it");
        assertThat(platform("Linux", "aarch64", true, true).refusal()).isEmpty();
        assertThat(platform("Windows 11", "amd64", true, true).refusal()).isEmpty();
        assertThat(platform("Windows 11", "amd64", true, true).convention()).isEqualTo(CallingConvention.WINDOWS);
        assertThat(reason(platform("Mac OS X", "x86_64", true, false))).contains("Mac OS X");
        assertThat(platform("Mac OS X", "x86_64", true, true).refusal()).isEmpty();
        assertThat(platform("Mac OS X", "x86_64", true, true).convention()).isEqualTo(CallingConvention.SYSTEM_V);
    }

    @Test
    void withoutAccessThereIsNoneUnlessItIsAskedFor() {
        assertThat(reason(platform("Linux", "amd64", false, false))).contains("--enable-native-access=org.mobilenet4j");
        assertThat(platform("Linux", "amd64", false, true).refusal()).isEmpty();
    }

    @Test
    void wrongInstructionsAreNamedWhereverItRuns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MachineSupport.search(new Platform("Linux", "aarch64", true, true, "sse")))
                .withMessageContaining("avx512vnni, avx512, avx2, neondot or neon");
    }

    @Test
    void answerIsThereAfterAskingForIt() {
        MachineSupport.begin();
        assertThat(MachineSupport.reason()).contains("machine code");
        assertThat(MachineSupport.target().isPresent())
                .isEqualTo(MachineSupport.reason().startsWith("machine code for"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void jvmThatForbidsNativeAccessIsNoError() throws Exception {
        TestTarget.get();
        assertThat(run("--illegal-native-access=deny", "-Dmobilenet4j.kernels=machine"))
                .isEqualTo("no machine code: the JVM forbids native access");
        assertThat(run("--illegal-native-access=deny")).contains("start java with --enable-native-access");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void instructionsMayBeForced() throws Exception {
        TestTarget.get();
        assertThat(run("--enable-native-access=ALL-UNNAMED", "-Dmobilenet4j.isa=avx2"))
                .isEqualTo("machine code for avx2");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void callsLoadNoClassesAfterTheRehearsal() throws Exception {
        TestTarget.get();
        assertThat(run(RehearsalReport.class, "--enable-native-access=ALL-UNNAMED"))
                .isEqualTo("0");
    }

    private static String run(String... options) throws Exception {
        return run(SupportReport.class, options);
    }

    private static String run(Class<?> main, String... options) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java") + ""));
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH));
        command.add(main.getName());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
