package org.mobilenet4j.app.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.arch.zoo.Networks;
import org.mobilenet4j.cost.Cost;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CostCommandTest {
    /// Exit code, standard output, standard error.
    private record Run(int exit, String out, String err) {
        static Run of(String... arguments) {
            var out = new StringWriter();
            var err = new StringWriter();
            int exit = new CommandLine(new CostCommand())
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .setExecutionExceptionHandler((exception, line, _) -> {
                        line.getErr().println(exception.getMessage());
                        return 1;
                    })
                    .execute(arguments);
            return new Run(exit, out.toString(), err.toString());
        }

        JsonNode json() {
            assertThat(exit).isZero();
            return new JsonMapper().readTree(out);
        }
    }

    @Test
    void jsonKeepsItsKeys() {
        var json = Run.of("mobilenet-v1", "--alpha", "1.0", "--format", "json").json();

        assertThat(json.get("network").asString()).isEqualTo("mobilenet-v1-1.0-224");
        assertThat(json.get("multAdds").asLong()).isEqualTo(568_740_352);
        assertThat(json.get("parameters").asLong()).isEqualTo(4_231_976);
        assertThat(json.get("parametersWeightsOnly").asLong()).isEqualTo(4_209_088);
        assertThat(json.get("parametersWithStatistics").asLong()).isEqualTo(4_253_864);
        assertThat(json.get("peakActivationBytes").asLong()).isEqualTo(4_816_896);
        assertThat(json.get("byKind").get("pointwise").get("multAdds").asLong()).isEqualTo(539_492_352);
        assertThat(json.get("layers").size()).isEqualTo(85);
        var layer = json.get("layers").get(0);
        assertThat(layer.get("name").asString()).isEqualTo("conv1");
        assertThat(layer.get("kind").asString()).isEqualTo("standard");
        assertThat(layer.get("output").toString()).isEqualTo("[112,112,32]");
        assertThat(layer.get("multAdds").asLong()).isEqualTo(10_838_016);
    }

    @Test
    void optionsReachTheNetwork() {
        var byOptions = Run.of("mobilenet-v1", "--alpha=0.25", "--resolution=128", "--classes=1001", "--format=json");
        var byWord = Run.of("mobilenet-v1:0.25:128", "--classes", "1001", "--format", "json");

        assertThat(byOptions.json().get("multAdds").asLong()).isEqualTo(13_570_304);
        assertThat(byWord.out()).isEqualTo(byOptions.out());
    }

    @Test
    void textNamesEveryLayerWithWeightsAndTheTotals() {
        var run = Run.of("mobilenet-v1");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("conv1 ", "conv_dw_13 ", "conv_pw_13 ", "conv_preds ")
                .contains("568,740,352", "4,231,976", "4,209,088", "4,253,864", "94.86 %", "4.59 MiB", "conv_pw_1,")
                .doesNotContain("_bn")
                .doesNotContain(" \n");
    }

    @Test
    void compareMeasuresAgainstTheFirst() {
        var text = Run.of("--compare", "mobilenet-v1", "vgg16", "mobilenet-v1:0.5:160");

        assertThat(text.exit()).isZero();
        assertThat(text.out())
                .containsPattern("mobilenet-v1-1.0-224 .* x1.00 .* x1.00")
                .containsPattern("vgg16-224 .*15,470,264,320 +x27.20 +138,344,128 +x32.87")
                .containsPattern("mobilenet-v1-0.5-160 .*76,524,800");
        var json =
                Run.of("--compare", "alexnet", "squeezenet", "--format", "json").json();
        assertThat(json.get("networks").get(1).get("multAdds").asLong()).isEqualTo(832_667_936);
    }

    @Test
    void techniquesAreApplied() {
        var json = Run.of("mobilenet-v1-conv", "--apply", "separable", "--format", "json")
                .json();
        assertThat(json.get("network").asString()).isEqualTo("mobilenet-v1-conv-1.0-224-separable");
        assertThat(json.get("multAdds").asLong()).isEqualTo(568_740_352);

        var text =
                Run.of("mobilenet-v1", "--apply=strides=2,1,2,1,2,1,2,1,1,1,1,1,1,2,shuffle=4", "--apply", "width=0.5");
        assertThat(text.exit()).isZero();
        assertThat(text.out())
                .startsWith("mobilenet-v1-1.0-224-strides-21212121111112-shuffle-4-width-0.5: 224x224x3")
                .contains("conv_pw_13 ");
        var strides =
                Run.of("mobilenet-v1", "--strides", "2,1,2,1,2,1,2,1,1,1,1,1,1,2", "--apply", "shuffle=4,width=0.5");
        assertThat(strides.out()).isEqualTo(text.out());
    }

    @Test
    void compareShowsEachStepOfTheTechniques() {
        var run = Run.of("--compare", "vgg16", "alexnet", "--apply", "global-pool,width=0.5");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().skip(2).limit(6).map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly(
                        "vgg16-224",
                        "vgg16-224-global-pool",
                        "vgg16-224-global-pool-width-0.5",
                        "alexnet-227",
                        "alexnet-227-global-pool",
                        "alexnet-227-global-pool-width-0.5");
        assertThat(run.out()).containsPattern("vgg16-224-global-pool +15,347,142,656 +x0.99 +15,222,464 +x0.11");
    }

    @Test
    void allTablesOrOne() {
        var all = Run.of();
        assertThat(all.exit()).isZero();
        assertThat(all.out())
                .contains("Table 1. ", "Table 2. ", "Table 9. ", "MobileNet_v1_0.25_128")
                .contains("[1] 1.19 must be 1.91")
                .containsPattern("Conv MobileNet +71.7 % +4,867,293,184 +4866 M +\\[1] +29,281,120 +29.3 M\n");
        assertThat(all.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));

        var four = Run.of("--table", "4");
        assertThat(all.out()).contains(four.out());
        assertThat(four.out()).doesNotContain("Table 5");

        var json = Run.of("--format", "json").json().get("tables");
        assertThat(json.size()).isEqualTo(10);
        var row = json.get(3).get("rows").get(0);
        assertThat(row.get("top1Percent").asDouble()).isEqualTo(71.7);
        assertThat(row.get("multAdds").get("exact").asLong()).isEqualTo(4_867_293_184L);
        assertThat(row.get("multAdds").get("printed").asInt()).isEqualTo(4866);
        assertThat(row.get("multAdds").get("agrees").asBoolean()).isFalse();
        assertThat(row.get("multAdds").get("note").asString()).contains("classifier");
        assertThat(row.get("parameters").get("agrees").asBoolean()).isTrue();
        assertThat(Run.of("--table", "1", "--format", "json")
                        .json()
                        .get("tables")
                        .get(0)
                        .get("rows")
                        .size())
                .isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resnet | 1 | there is no network called resnet; the networks are mobilenet-v1",
                "mobilnet-v1 | 1 | called mobilnet-v1; did you mean mobilenet-v1? The networks are mobilenet-v1",
                "vgg16 --alpha 0.5 | 1 | vgg16 has no width multiplier",
                "mobilenet-v1:x | 1 | in mobilenet-v1:x is not understood",
                "mobilenet-v1 --resolution 20 | 1 | from 32x32 up",
                "--table 10 | 1 | there is no table 10; the tables are 1, 2",
                "vgg16 alexnet | 2 | --compare",
                "--alpha 0.5 | 2 | need a NETWORK",
                "--apply separable | 2 | need a NETWORK",
                "mobilenet-v1 --apply separable | 1 | separable changes nothing in mobilenet-v1-1.0-224: it has no",
                "mobilenet-v1 --apply wide=2 | 1 | there is no technique called 'wide'; the techniques are width=0.5",
                "mobilenet-v1 --apply shuffle=3 | 1 | conv_pw_1 makes 64 channels of 32, which 3 groups do not divide",
                "mobilenet-v1 --strides 2,1 | 1 | 14 convolutions with more than one tap",
                "vgg16 --table 4 | 2 | not both",
                "vgg16 --format xml | 2 | expected text or json"
            })
    void badInputAndBadUsage(String arguments, int exit, String message) {
        var run = Run.of(arguments.split(" ", -1));

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().findFirst().orElseThrow()).contains(message);
    }

    @Test
    void helpNamesEveryNetwork() {
        assertThat(Run.of("--help").out()).contains(Networks.names()).contains("parametersWeightsOnly");
    }

    @Test
    void modelsCostWhatTheirNetworksDo(@TempDir Path folder) throws IOException {
        var model = Samples.model(folder).toString();
        var network = Cost.of(Samples.network());

        assertThat(Run.of(model, "--format", "json").json().get("multAdds").asLong())
                .isEqualTo(network.multAdds());
        assertThat(Run.of(model, "--apply", "width=0.5").out()).contains("0.5");
        assertThat(Run.of("--compare", "mobilenet_2_5_128_tf", model, "default").exit())
                .isZero();
        assertThat(Run.of(model, "--alpha", "0.5").exit()).isEqualTo(2);
    }
}
