package org.mobilenet4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.tensor.Shape;

/// Ours against what the paper and TF-Slim print.
class PaperTablesTest {
    private static PaperTable table(String id) {
        return PaperTables.all().stream()
                .filter(table -> table.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// Every figure that does not round to the printed one, and no other.
    @Test
    void theExceptionsAreExactlyThese() {
        var odd = new ArrayList<String>();
        for (var table : PaperTables.all()) {
            for (var row : table.rows()) {
                for (var figure : List.of(row.multAdds(), row.parameters())) {
                    if (!figure.agrees()) {
                        odd.add(table.id() + ": " + row.label() + " " + figure.printed() + " ours " + figure.rounded());
                    }
                }
            }
        }
        assertThat(odd)
                .containsExactly(
                        "2: Conv 3x3 1.19 ours 1.91",
                        "4: Conv MobileNet 4866 ours 4867",
                        "7: 1.0 MobileNet-160 290 ours 291",
                        "8: GoogleNet 1550 ours 1583",
                        "8: GoogleNet 6.8 ours 7.0",
                        "8: VGG 16 15300 ours 15470",
                        "9: 0.50 MobileNet-160 76 ours 77",
                        "9: Squeezenet 1700 ours 833",
                        "9: Squeezenet 1.25 ours 1.24",
                        "9: AlexNet 720 ours 724",
                        "9: AlexNet 60 ours 61",
                        "tf-slim: MobileNet_v1_0.75_224 317 ours 325",
                        "tf-slim: MobileNet_v1_0.75_192 233 ours 239",
                        "tf-slim: MobileNet_v1_0.75_160 162 ours 166",
                        "tf-slim: MobileNet_v1_0.75_128 104 ours 107",
                        "tf-slim: MobileNet_v1_0.5_224 150 ours 149",
                        "tf-slim: MobileNet_v1_0.25_192 34 ours 30");
    }

    @Test
    void aNoteSaysWhyWhereFiguresDifferAndNowhereElse() {
        for (var table : PaperTables.all()) {
            for (var row : table.rows()) {
                for (var figure : List.of(row.multAdds(), row.parameters())) {
                    assertThat(figure.note().isEmpty())
                            .as(table.id() + " " + row.label())
                            .isEqualTo(figure.agrees());
                }
            }
        }
    }

    @Test
    void mobileNetsMultAddsLieWithinAMillionOfThePaper() {
        for (var id : List.of("4", "5", "6", "7", "8", "9")) {
            for (var row : table(id).rows()) {
                if (row.label().contains("MobileNet") && !row.label().equals("Conv MobileNet")) {
                    assertThat(row.multAdds().value())
                            .as(row.label())
                            .isCloseTo(Double.parseDouble(row.multAdds().printed()), offset(1.0));
                }
            }
        }
    }

    @Test
    void table3() {
        assertThat(table("3").rows())
                .extracting(
                        row -> row.multAdds().exact(), row -> row.parameters().exact())
                .containsExactly(
                        tuple(462_422_016L, 2_359_296L),
                        tuple(52_283_392L, 266_752L),
                        tuple(29_578_752L, 150_912L),
                        tuple(15_091_200L, 150_912L));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0_224, 568741376, 4243945", "1.0_192, 418122752, 4243945",
        "1.0_160, 290676224, 4243945", "1.0_128, 186401792, 4243945",
        "0.75_224, 325401216, 2594537", "0.75_192, 239274240, 2594537",
        "0.75_160, 166397568, 2594537", "0.75_128, 106771200, 2594537",
        "0.5_224, 149497600, 1337577", "0.5_192, 109970944, 1337577",
        "0.5_160, 76525312, 1337577", "0.5_128, 49160704, 1337577",
        "0.25_224, 41030528, 473065", "0.25_192, 30212864, 473065",
        "0.25_160, 21059456, 473065", "0.25_128, 13570304, 473065"
    })
    void tfSlim(String name, long multAdds, long parameters) {
        var row = table("tf-slim").rows().stream()
                .filter(candidate -> candidate.label().equals("MobileNet_v1_" + name))
                .findFirst()
                .orElseThrow();

        assertThat(row.multAdds().exact()).isEqualTo(multAdds);
        assertThat(row.parameters().exact()).isEqualTo(parameters);
    }

    /// What the notes claim.
    @Test
    void notesAreTrue() {
        assertThat(withoutClassifier(MobileNetV1.of(1, 224, 1000).withVariant(MobileNetV1.Variant.CONV)))
                .isEqualTo(4_866_269_184L);
        assertThat(withoutClassifier(MobileNetV1.of(1, 160, 1000))).isEqualTo(289_651_200L);
        assertThat(withoutClassifier(MobileNetV1.of(0.5, 160, 1000))).isEqualTo(76_012_800L);
        for (var row : table("tf-slim").rows().subList(4, 8)) {
            int resolution = Integer.parseInt(row.label().substring("MobileNet_v1_0.75_".length()));
            var cost = Cost.of(MobileNetV1.of(0.75, resolution, 1001).network());
            long rest = cost.multAdds() - cost.layer("conv1").multAdds();
            assertThat(Math.round(rest / 1e6))
                    .isEqualTo(Long.parseLong(row.multAdds().printed()));
        }
    }

    private static long withoutClassifier(MobileNetV1 network) {
        var cost = Cost.of(network.network());
        return cost.multAdds() - cost.total(Kind.DENSE).multAdds();
    }

    @Test
    void table1IsTheBodyOfTwentyEightLayers() {
        var rows = BodyTable.of().rows();

        assertThat(rows).hasSize(30); // with pooling and softmax
        assertThat(rows.getFirst())
                .isEqualTo(
                        new BodyTable.Row("conv1", "Conv / s2", "3x3x3x32", new Shape(224, 224, 3), 10_838_016, 864));
        assertThat(rows.get(23).type()).isEqualTo("Conv dw / s2");
        assertThat(rows.get(25).type()).isEqualTo("Conv dw / s1");
        assertThat(rows.get(25).filter()).isEqualTo("3x3x1024 dw");
        assertThat(rows.get(27).filter()).isEqualTo("Pool 7x7");
        assertThat(rows.get(28).filter()).isEqualTo("1024x1000");
        assertThat(rows.stream().mapToLong(BodyTable.Row::multAdds).sum()).isEqualTo(568_740_352L);
    }
}
