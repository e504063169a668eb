package org.mobilenet4j.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.server.InferenceServer;
import org.mobilenet4j.server.settings.ServerSettings;
import org.openqa.selenium.Keys;

/// The page of a server that asks for a token.
class TokenPageTest {
    private static final String SECRET = "a token of the test".replace(' ', '-');

    @TempDir
    private Path downloads;

    @Test
    void asksUntilTheTokenIsRight() {
        try (var server =
                        InferenceServer.start(ServerSettings.DEFAULT.withPort(0).withToken(SECRET));
                var browser = Browser.open(URI.create(server.address()), downloads)) {
            browser.load("cost");
            browser.wait("dialog #token").sendKeys("wrong" + Keys.ENTER);
            browser.until(
                    () -> browser.all("dialog #token").stream()
                            .anyMatch(input -> String.valueOf(input.getDomProperty("value"))
                                    .isEmpty()),
                    "asked again after a wrong token");
            assertThat(browser.accessibilityProblems()).isEmpty();
            browser.find("dialog #token").sendKeys(SECRET + Keys.ENTER);

            browser.waitFor("#figures", "568,740,352");
            assertThat(browser.all("dialog")).isEmpty();
            assertThat(browser.errors()).isNotEmpty().allMatch(error -> error.contains("401"));
            browser.assertAsksNobodyElse();
        }
    }
}
