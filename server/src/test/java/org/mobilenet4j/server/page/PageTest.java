package org.mobilenet4j.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.server.photos.Drawings;
import org.openqa.selenium.Keys;

/// The page in a real browser: what people do, with what they read.
class PageTest {
    @TempDir
    private static Path downloads;

    private static ServedPage server;
    private static Browser browser;

    @BeforeAll
    static void open() {
        server = new ServedPage();
        browser = Browser.open(server.address(), downloads);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        server.close();
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        assertThat(browser.errors()).isEmpty();
        browser.assertAsksNobodyElse();
    }

    static byte[] sample(String name) throws IOException {
        try (var stream = PageRoutes.class.getResourceAsStream("photos/" + name + ".jpg")) {
            return stream.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orange", "school-bus", "umbrella"})
    void aDroppedPhotoIsNamedAsTheClassifierDoes(String name) throws IOException {
        var photo = sample(name);
        var expected = server.classifier().classify(ImageDecoder.decode(photo, name), 5);
        browser.show("see");
        browser.drop(browser.find(".drop"), List.of(photo));
        browser.waitFor(".verdict h2", expected.getFirst().label());

        var labels = browser.all(".bars > li").stream()
                .map(each -> each.getDomAttribute("data-label"))
                .toList();
        assertThat(labels)
                .containsExactlyElementsOf(
                        expected.stream().map(each -> each.label()).toList());
        assertThat(browser.text(".bars .number"))
                .isEqualTo(String.format(
                        Locale.ROOT, "%.1f %%", 100 * expected.getFirst().probability()));
        browser.wait(".heat");
        assertThat(browser.all(".times li")).hasSize(6);

        browser.all(".bars button").get(1).click();
        browser.waitFor(".results > .small", expected.get(1).label().replaceFirst(",.*", ""));
        browser.button("All ").click();
        assertThat(browser.all(".times li")).hasSizeGreaterThan(10);
    }

    @Test
    void aPhotoCanBePasted() throws IOException {
        browser.show("see");
        browser.paste(sample("umbrella"));
        browser.waitFor(".verdict h2", "umbrella");
        browser.wait(".heat");
    }

    @Test
    void whatIsNoPhotoIsSaidInALine() {
        browser.show("see");
        browser.drop(browser.find(".drop"), List.of("hello".getBytes(StandardCharsets.US_ASCII)));

        assertThat(browser.wait("[role=alert]").getText()).contains("not");
        assertThat(browser.errors()).singleElement().asString().contains("415");
    }

    @Test
    void theCameraRunsUntilItIsLeft() {
        browser.show("see");
        browser.button("Live camera").click();
        browser.waitFor(".left .number", "frames per second");
        assertThat(browser.all(".results .bars > li")).isNotEmpty();

        browser.find("#tab-cost").click();
        browser.wait("#figures");
        assertThat(browser.run("return document.querySelector('#see video')?.srcObject ?? 'off'"))
                .isEqualTo("off");

        browser.find("#tab-see").click();
        browser.button("Take photo").click();
        browser.until(() -> browser.find("dialog .primary").isEnabled(), "the camera should start");
        browser.find("dialog .primary").click();
        browser.wait(".verdict");
    }

    @Test
    void theCameraStopsWhenThePageIsHidden() {
        browser.show("see");
        browser.button("Live camera").click();
        browser.waitFor(".left .number", "frames per second");
        browser.run("""
                Object.defineProperty(document, 'hidden', { value: true, configurable: true });
                document.dispatchEvent(new Event('visibilitychange'));
                delete document.hidden;
                return '';
                """);

        assertThat(browser.wait(".drop.hero").isDisplayed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 224, 569 M, 4.23 M",
        "0.75, 192, 239 M, 2.59 M",
        "0.5, 160, 76.5 M, 1.33 M",
        "0.25, 128, 13.6 M, 470 k"
    })
    void theSlidersCountAsTheCostEngineDoes(double alpha, int resolution, String multAdds, String parameters) {
        var cost = Cost.of(
                NetworkSpec.parse("mobilenet-v1:" + alpha + ":" + resolution).network());
        browser.show("cost");
        browser.slide("[data-slider=alpha]", alpha);
        browser.slide("[data-slider=resolution]", resolution);
        browser.waitFor("#figures", String.format(Locale.ROOT, "%,d", cost.multAdds()));

        assertThat(browser.text("#figures"))
                .contains(
                        multAdds,
                        parameters,
                        String.format(Locale.ROOT, "%,d", cost.parameters().trainable()))
                .contains("as published");
        assertThat(browser.all(".layers tbody tr")).hasSize(28);
    }

    @Test
    void techniquesAndWhatTheyRefuse() {
        browser.show("cost");
        browser.wait("#figures");
        browser.find("fieldset label:has(input)").click();

        assertThat(browser.wait("#cost [role=alert]").getText()).contains("separable");
        assertThat(browser.errors()).singleElement().asString().contains("400");
    }

    @Test
    void aLayerIsExplainedWithItsNumbers() {
        browser.show("cost");
        browser.wait("#figures");
        browser.button("conv_dw_7").click();
        browser.waitFor("#how .term", "462,422,016");

        assertThat(browser.text("#how")).contains("52,283,392", "0.1131", "8.8 times fewer");
        assertThat(browser.find("[name=kind]:checked").getDomProperty("value")).isEqualTo("depthwise");
        assertThat(browser.text(".sum")).contains("the sum of 9 products");

        browser.find(".segments label:last-child input").click();
        assertThat(browser.text(".sum")).contains("row 3, column 3", "the sum of 3 products");
        browser.find(".output [tabindex='0']").sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.text(".sum")).contains("row 3, column 4");
    }

    @Test
    void twoClassesAreTaughtTriedAndTakenAway() throws IOException {
        browser.show("teach");
        browser.drop(browser.all(".class").get(0), photos(0, true));
        browser.drop(browser.all(".class").get(1), photos(0, false));
        browser.until(() -> browser.button("Train").isEnabled(), "all photos should arrive");
        browser.button("Train").click();
        browser.waitFor("#trial", "Trained 2 classes");
        var disc = photos(50, true).getFirst();
        browser.drop(browser.find(".drop.trial"), List.of(disc));
        browser.waitFor("#trial .bars > li:first-child", "Class 1");
        browser.drop(browser.find(".drop.trial"), List.of(photos(50, false).getFirst()));
        browser.waitFor("#trial .bars > li:first-child", "Class 2");

        for (var format : List.of("safetensors", "tflite", "onnx")) {
            browser.find("[data-format=" + format + "]").click();
            var file = downloads.resolve("my-classes." + format);
            browser.until(() -> Files.exists(file), file + " should be downloaded");
            var classifier = Classifier.open(Models.read(file));
            assertThat(classifier
                            .classify(ImageDecoder.decode(disc, "disc"), 1)
                            .getFirst()
                            .label())
                    .isEqualTo("Class 1");
        }
    }

    @Test
    void aForgottenSessionIsTaughtAgain() {
        browser.show("teach");
        browser.drop(browser.all(".class").get(0), photos(0, true));
        browser.drop(browser.all(".class").get(1), photos(0, false));
        browser.until(() -> browser.button("Train").isEnabled(), "all photos should arrive");
        server.passAnHour();
        browser.button("Train").click();
        browser.waitFor("#teach [role=alert]", "idle for too long");
        assertThat(browser.errors()).singleElement().asString().contains("404");

        browser.button("Try again").click();
        browser.waitFor("#trial", "Trained 2 classes");
    }

    @Test
    void aLatencyIsMeasured() {
        browser.show("cost");
        browser.slide("[data-slider=alpha]", 0.25);
        browser.slide("[data-slider=resolution]", 128);
        browser.waitFor("#figures", "13,570,048");
        browser.waitFor("#figures > div:nth-child(5)", "ms");
        browser.button("Measure here").click();
        browser.waitFor("#figures > div:nth-child(6) dd", "ms");
    }

    private static List<byte[]> photos(int seed, boolean areDiscs) {
        return IntStream.range(seed, seed + 4)
                .mapToObj(i -> areDiscs ? Drawings.disc(i) : Drawings.stripes(i))
                .toList();
    }

    @Test
    void aPageOfKeys() {
        browser.show("see");
        browser.find("#tab-see").sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.find("#tab-cost").getDomAttribute("aria-selected")).isEqualTo("true");
        browser.wait("#figures");
        browser.find("#tab-cost").sendKeys(Keys.END);
        assertThat(browser.wait("#teach").isDisplayed()).isTrue();
        browser.find("#theme").click();
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(17, 20, 22)");
        browser.find("#theme").click();
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(247, 248, 248)");
    }

    static Stream<String> views() {
        return Stream.of("see", "cost", "how", "teach");
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyViewIsAccessibleAndFitsAPhone(String view) throws IOException {
        for (boolean isDark : new boolean[] {false, true}) {
            browser.show(view, 1280, 900, isDark);
            fill(view);
            assertThat(browser.accessibilityProblems())
                    .as("%s, dark: %s", view, isDark)
                    .isEmpty();
        }
        browser.show(view, 320, 640, false);
        fill(view);
        assertThat(browser.run("return document.documentElement.scrollWidth - innerWidth"))
                .isEqualTo(0L);
    }

    private static void fill(String view) throws IOException {
        switch (view) {
            case "see" -> {
                browser.drop(browser.find(".drop"), List.of(sample("orange")));
                browser.wait(".heat");
            }
            case "cost" -> browser.wait("#figures");
            case "how" -> browser.wait(".term");
            default -> browser.wait(".class");
        }
    }
}
