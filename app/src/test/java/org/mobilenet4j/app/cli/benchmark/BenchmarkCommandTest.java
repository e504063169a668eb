package org.mobilenet4j.app.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.app.cli.text.Host;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.infer.measure.LayerTime;
import org.mobilenet4j.infer.measure.Machine;
import org.mobilenet4j.infer.measure.Profile;
import tools.jackson.databind.JsonNode;

class BenchmarkCommandTest {
    @TempDir
    private Path folder;

    @Test
    void jsonKeepsItsKeys() {
        var run = Run.of(
                "benchmark",
                "mobilenet-v1",
                "--alpha=0.25",
                "--resolution=32",
                "--classes=7",
                "--threads=1",
                "--batch=3",
                "--runs=5",
                "--profile",
                "--format=json");

        assertThat(run.exit()).as(run.err()).isZero();
        var json = run.json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "network",
                        "weights",
                        "input",
                        "multAdds",
                        "kernels",
                        "arithmetic",
                        "threads",
                        "batch",
                        "runs",
                        "minMillis",
                        "medianMillis",
                        "p90Millis",
                        "p99Millis",
                        "imagesPerSecond",
                        "gigaflops",
                        "host",
                        "profile");
        var cost = Cost.of(Samples.network());
        assertThat(json.get("network").asString()).isEqualTo("mobilenet-v1-0.25-32");
        assertThat(json.get("weights").asString()).isEqualTo("random");
        assertThat(json.get("input").toString()).isEqualTo("[32,32,3]");
        assertThat(json.get("multAdds").asLong()).isEqualTo(cost.multAdds());
        assertThat(json.get("threads").asInt()).isEqualTo(1);
        assertThat(json.get("batch").asInt()).isEqualTo(3);
        assertThat(json.get("runs").asInt()).isEqualTo(5);
        double median = json.get("medianMillis").asDouble();
        assertThat(json.get("minMillis").asDouble()).isPositive().isLessThanOrEqualTo(median);
        assertThat(json.get("p90Millis").asDouble()).isGreaterThanOrEqualTo(median);
        // Five runs of three images, none shorter than the shortest or longer than the longest.
        assertThat(json.get("imagesPerSecond").asDouble())
                .isBetween(
                        2999 / json.get("p99Millis").asDouble(),
                        3001 / json.get("minMillis").asDouble());
        assertThat(json.get("gigaflops").asDouble()).isEqualTo(6e-6 * cost.multAdds() / median, within(1e-6));
        assertThat(json.get("host").propertyNames())
                .containsExactly("os", "architecture", "processors", "vectorBits", "machineCode", "jvm");
        assertThat(json.get("kernels").asString())
                .matches(
                        run.err().contains("plain loops are timed")
                                ? "plain loops"
                                : "machine code for .*|.*-bit vectors|plain loops");
        assertProfile(json.get("profile"), cost);
    }

    private static void assertProfile(JsonNode profile, Cost cost) {
        assertThat(profile.get("threads").asInt()).isEqualTo(1);
        assertThat(profile.get("runs").asInt()).isEqualTo(5);
        assertThat(profile.get("peakGigaflops").asDouble()).isPositive();
        assertThat(profile.get("gigabytesPerSecond").asDouble()).isPositive();
        var layers = profile.get("layers").valueStream().toList();
        assertThat(layers.getFirst().propertyNames())
                .containsExactly(
                        "name",
                        "kind",
                        "multAdds",
                        "bytes",
                        "medianMillis",
                        "share",
                        "gigaflops",
                        "boundMillis",
                        "boundGigaflops",
                        "boundBy",
                        "reached");
        assertThat(layers.getFirst().get("name").asString()).isEqualTo("conv1");
        assertThat(layers.getFirst().get("kind").asString()).isEqualTo("standard");
        assertThat(layers.getLast().get("name").asString()).isEqualTo("predictions");
        assertThat(layers.stream().mapToLong(layer -> layer.get("multAdds").asLong()))
                .satisfies(each -> assertThat(
                                each.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(cost.multAdds()));
        assertThat(layers.stream()
                        .mapToDouble(layer -> layer.get("share").asDouble())
                        .sum())
                .isEqualTo(1, within(1e-9));
        assertThat(layers.stream()
                        .mapToDouble(layer -> layer.get("medianMillis").asDouble())
                        .sum())
                .isEqualTo(profile.get("medianMillis").asDouble(), within(1e-9));
    }

    @Test
    void aModelsFileIsTimedToo() throws IOException {
        var file = Samples.model(folder);

        var run = Run.of("benchmark", "--model", file, "--runs", 2, "--threads", 2, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("network").asString()).isEqualTo("mobilenet-v1-0.25-32");
        assertThat(run.json().get("weights").asString()).isEqualTo(file.toString());
        assertThat(run.json().has("profile")).isFalse();
    }

    @Test
    void secondsEndTheRuns() {
        var run = Run.of("benchmark", "mobilenet-v1:0.25:32", "--seconds", 1e-9, "--format", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("runs").asInt()).isEqualTo(1);
    }

    @Test
    void textIsAlignedAndDrawsShares() {
        var host = new Host("Linux 6", "amd64", 2, 512, "machine code for avx512", "VM 25");
        var layers = LayerProfile.of(
                new Profile(
                        40,
                        List.of(
                                new LayerTime(List.of("conv1"), 100_000_000, 100_000, 4),
                                new LayerTime(List.of("conv_dw_1", "conv_pw_1"), 1_000_000, 50_000_000, 2),
                                new LayerTime(List.of("global_average_pooling"), 0, 10_000_000, 2))),
                Cost.of(Samples.network()),
                new Machine(200, 100));
        var benchmark = new Benchmark(
                "tiny",
                "random",
                List.of(32, 32, 3),
                101_000_000,
                "512-bit vectors",
                "float",
                1,
                8,
                1000,
                7,
                8,
                9,
                12,
                990,
                202,
                host,
                layers);

        assertThat(BenchmarkText.of(benchmark, false)).isEqualTo("""
                tiny, weights: random, 101,000,000 mult-adds per image
                8 images per batch on 1 thread, 512-bit vectors, float arithmetic
                Linux 6, amd64, 2 processors, VM 25
                machine code for avx512

                 runs  min ms  median ms  p90 ms  p99 ms  images/s   GF/s
                -----  ------  ---------  ------  ------  --------  -----
                1,000   7.000      8.000   9.000  12.000     990.0  202.0

                Layer by layer on one thread, which can do 200.0 GF/s and read 100.0 GB/s (40 runs):
                layer                   kind                 median ms    share                GF/s  bound  reached  bound by
                ----------------------  -------------------  ---------  -------  ------------  ----  -----  -------  --------
                conv1                   standard                 4.000   50.0 %  ############  50.0  200.0   25.0 %  compute
                conv_dw_1+conv_pw_1     depthwise+pointwise      2.000   25.0 %  ######         1.0    4.0   25.0 %  memory
                global_average_pooling  pooling                  2.000   25.0 %  ######           -      -    5.0 %  memory
                ----------------------  -------------------  ---------  -------  ------------  ----  -----  -------  --------
                all                                              8.000  100.0 %                              20.0 %
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resnet | 1 | there is no network called resnet; the networks are mobilenet-v1",
                "default --alpha 0.5 | 2 | a --model has its own",
                "pom.xml | 1 | pom.xml: ",
                "vgg16 --alpha 0.5 | 1 | vgg16 has no width multiplier",
                "mobilenet-v1 --resolution 100000 | 1 | larger than the limit",
                "mobilenet-v1:17 | 1 | alpha must lie above 0 and up to 16",
                "--model missing.safetensors | 1 | missing.safetensors: there is no such file",
                "--alpha 0.5 | 2 | a --model has its own",
                "mobilenet-v1 --model m.safetensors | 2 | not both",
                "--model m.safetensors --alpha 0.5 | 2 | a --model has its own",
                "mobilenet-v1 --batch 0 | 2 | from 1 to",
                "mobilenet-v1 --batch 1000000000 | 2 | does not fit in an array",
                "mobilenet-v1:0.25:32 --classes 1000000 --batch 5000 | 2 | does not fit in an array",
                "mobilenet-v1 --threads 0 | 2 | '--threads'",
                "mobilenet-v1 --threads many | 2 | '--threads'",
                "mobilenet-v1 --runs 0 | 2 | from 1 to",
                "mobilenet-v1 --runs 100001 | 2 | 100000",
                "mobilenet-v1 --seconds 0 | 2 | at most 3600",
                "mobilenet-v1 --seconds NaN | 2 | at most 3600",
                "mobilenet-v1 alexnet | 2 | alexnet"
            })
    void badInputAndBadUsage(String arguments, int exit, String message) {
        var run = Run.of((Object[]) ("benchmark " + arguments).strip().split(" ", -1));

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(message);
    }
}
