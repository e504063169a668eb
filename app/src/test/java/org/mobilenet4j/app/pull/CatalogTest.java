package org.mobilenet4j.app.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.cost.PaperTable.Row;
import org.mobilenet4j.cost.PaperTables;

class CatalogTest {
    private final Catalog catalog = Catalog.bundled();

    @Test
    void sixteenOfEachType() {
        assertThat(catalog.models()).hasSize(32).doesNotHaveDuplicates();
        var types = catalog.models().stream().collect(Collectors.groupingBy(CatalogModel::type, Collectors.counting()));
        assertThat(types).containsOnlyKeys("float32", "uint8").containsEntry("float32", 16L);
    }

    @Test
    void namesSayWhatTheModelsAre() {
        assertThat(catalog.models()).allSatisfy(model -> {
            var suffix = model.type().equals("uint8") ? "_quant" : "";
            assertThat(model.name()).isEqualTo("mobilenet_v1_" + model.alpha() + "_" + model.resolution() + suffix);
            assertThat(model.archive().name()).isEqualTo(model.name() + ".tgz");
            assertThat(model.fileName()).isEqualTo(model.name() + ".tflite");
        });
    }

    @Test
    void everyFileHasAnAddressAndAChecksumOfItsOwn() {
        var archives = catalog.models().stream().map(CatalogModel::archive).toList();
        assertThat(archives).extracting(PublishedFile::sha256).doesNotHaveDuplicates();
        assertThat(archives).extracting(PublishedFile::address).doesNotHaveDuplicates();
        assertThat(archives).allSatisfy(CatalogTest::isSound);
        isSound(catalog.labels());
        assertThat(catalog.labels().name()).isEqualTo("ImageNetLabels.txt");
    }

    private static void isSound(PublishedFile file) {
        assertThat(file.address()).hasScheme("https").hasNoQuery();
        assertThat(file.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void floatAccuraciesAreThoseOfTheCostTables() {
        var rows = PaperTables.all().stream()
                .filter(table -> table.id().equals("tf-slim"))
                .flatMap(table -> table.rows().stream())
                .collect(Collectors.toMap(
                        row -> row.label().toLowerCase(Locale.ROOT),
                        (Row row) -> row.accuracy().orElseThrow()));

        assertThat(catalog.models().stream().filter(model -> model.type().equals("float32")))
                .hasSize(16)
                .allSatisfy(model ->
                        assertThat(100 * model.top1()).isCloseTo(rows.getOrDefault(model.name(), 0.0), within(1e-9)));
    }

    @Test
    void accuracyGrowsWithTheNetworkAndFallsWithItsPrecision() {
        assertThat(catalog.models()).allSatisfy(model -> {
            assertThat(model.top1()).isBetween(0.39, 0.71);
            assertThat(model.top5()).isBetween(model.top1() + 0.18, 0.9);
            if (model.resolution() < 224) {
                var next = model.resolution() == 128 ? 160 : model.resolution() + 32;
                var larger = catalog.named(model.name().replace("_" + model.resolution(), "_" + next));
                assertThat(larger.top1()).isGreaterThan(model.top1());
                assertThat(larger.top5()).isGreaterThan(model.top5());
            }
            if (model.type().equals("uint8")) {
                var exact = catalog.named(model.name().replace("_quant", ""));
                assertThat(exact.top1()).isGreaterThan(model.top1());
                assertThat(exact.top5()).isGreaterThan(model.top5());
            }
        });
    }

    @Test
    void names() {
        assertThat(catalog.has("mobilenet_v1_0.25_128_quant")).isTrue();
        assertThat(catalog.has("mobilenet_v1_0.25_128.tflite")).isFalse();
        assertThatThrownBy(() -> catalog.named("mobilenet_v9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mobilenet_v9: no model");
    }
}
