package org.mobilenet4j.server.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.server.photos.Drawings;

/// Takes the pictures of the page in docs. Not a test: `-Dtest=PagePictures -Dpictures=docs/pictures` runs it.
@EnabledIfSystemProperty(named = "pictures", matches = ".+")
class PagePictures {
    private final Path folder = Path.of("..").resolve(System.getProperty("pictures", "docs/pictures"));

    @Test
    void take(@TempDir Path downloads) throws IOException {
        Files.createDirectories(folder);
        try (var server = new ServedPage();
                var browser = Browser.open(server.address(), downloads)) {
            for (int i = 0; i < 20; i++) {
                server.classifier().classify(ImageDecoder.decode(PageTest.sample("orange"), "orange"), 1);
            }
            browser.show("see", 1080, 760, false);
            browser.drop(browser.find(".drop"), List.of(PageTest.sample("school-bus")));
            browser.wait(".heat");
            save(browser, "page-see");

            browser.show("cost", 1080, 880, true);
            browser.waitFor("#figures > div:nth-child(5)", "ms");
            browser.run("[...document.querySelectorAll('#figures button')][0].click()");
            browser.waitFor("#figures > div:nth-child(6)", "ms");
            save(browser, "page-cost");

            browser.show("how", 1080, 1240, false);
            browser.wait(".term");
            save(browser, "page-how");

            browser.show("teach", 390, 844, false);
            browser.drop(browser.all(".class").get(0), photos(true));
            browser.drop(browser.all(".class").get(1), photos(false));
            browser.until(() -> browser.button("Train").isEnabled(), "all photos should arrive");
            browser.run("document.querySelector('.train .primary').click()");
            browser.waitFor("#trial", "Trained 2 classes");
            browser.drop(browser.find(".drop.trial"), List.of(Drawings.disc(40)));
            browser.wait("#trial .bars");
            browser.run("scrollTo(0, 0)");
            save(browser, "page-teach");
        }
    }

    private static List<byte[]> photos(boolean areDiscs) {
        return IntStream.range(0, 4)
                .mapToObj(i -> areDiscs ? Drawings.disc(i) : Drawings.stripes(i))
                .toList();
    }

    /// As PNG of 256 colors, which is a third as large.
    private void save(Browser browser, String name) throws IOException {
        browser.run("document.activeElement.blur(); document.documentElement.style.scrollbarGutter = 'auto'");
        var picture = ImageIO.read(new ByteArrayInputStream(browser.picture()));
        var indexed = new BufferedImage(
                picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, Palette.of(picture));
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                indexed.setRGB(x, y, picture.getRGB(x, y));
            }
        }
        ImageIO.write(indexed, "png", folder.resolve(name + ".png").toFile());
    }
}
