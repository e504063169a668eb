package org.mobilenet4j.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/// A real browser without a window, with a camera that shows a test picture.
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String DROP = """
            const [target, photos] = arguments;
            const transfer = new DataTransfer();
            photos.forEach((photo, i) => transfer.items.add(new File(
                [Uint8Array.from(atob(photo), c => c.charCodeAt(0))], `photo-${i}`, { type: 'image/png' })));
            target.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
            """;

    private final ChromeDriver driver;
    private final URI page;

    private Browser(ChromeDriver driver, URI page) {
        this.driver = driver;
        this.page = page;
    }

    /// A browser for `page`; the test is skipped where there is none, unless MOBILENET_BROWSER says that there must be.
    ///
    /// @param downloads where it puts files
    static Browser open(URI page, Path downloads) {
        boolean isThere = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!"required".equals(System.getenv("MOBILENET_BROWSER"))) {
            assumeTrue(isThere, "no browser here; the page's tests need " + CHROMIUM + " and " + DRIVER);
        }
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream");
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .build();
        return new Browser(new ChromeDriver(service, options), page);
    }

    /// Opens a view of the page anew.
    void show(String view, int width, int height, boolean isDark) {
        driver.manage().window().setSize(new Dimension(width, height));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
        load(view);
        wait("#" + view + " :is(h2, .note)");
    }

    /// Opens a view anew that may ask for something before it is there.
    void load(String view) {
        driver.get(page.resolve("?" + System.nanoTime() + "#" + view).toString());
    }

    void show(String view) {
        show(view, 1280, 900, false);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /// What can be read of an element, in one step: the page may replace it meanwhile.
    String text(String selector) {
        return run("return document.querySelector('" + selector + "').innerText")
                .toString();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /// The button whose text begins with `text`.
    WebElement button(String text) {
        return all("button").stream()
                .filter(each -> each.isDisplayed() && each.getText().startsWith(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no button " + text));
    }

    WebElement wait(String selector) {
        until(() -> all(selector).stream().anyMatch(WebElement::isDisplayed), selector + " should be there");
        return find(selector);
    }

    void waitFor(String selector, String text) {
        until(
                () -> all(selector).stream().anyMatch(each -> each.getText().contains(text)),
                selector + " should say " + text);
    }

    void until(Condition condition, String message) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(30))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(message)
                .until(_ -> condition.holds());
    }

    /// Something that becomes true.
    interface Condition {
        boolean holds();
    }

    /// Drops photos, as bytes of image files, on an element.
    void drop(WebElement target, List<byte[]> photos) {
        driver.executeScript(
                DROP,
                target,
                photos.stream().map(Base64.getEncoder()::encodeToString).toList());
    }

    /// Pastes a photo, as bytes of an image file.
    void paste(byte[] photo) {
        driver.executeScript("""
                const transfer = new DataTransfer();
                transfer.items.add(new File([Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0))], 'photo',
                    { type: 'image/png' }));
                document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, cancelable: true }));
                """, Base64.getEncoder().encodeToString(photo));
    }

    /// Moves a slider as a person would, by its value.
    void slide(String selector, Object value) {
        driver.executeScript(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))",
                find(selector),
                value);
    }

    Object run(String script) {
        return Objects.requireNonNullElse(driver.executeScript(script), "");
    }

    /// What axe-core finds wrong with what is shown, a line each.
    List<?> accessibilityProblems() {
        try (var axe = Objects.requireNonNull(Browser.class.getClassLoader().getResourceAsStream("axe.min.js"))) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<?>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run().then(result => done(result.violations.flatMap(each =>
                    each.nodes.map(node => `${each.id}: ${each.help}: ${node.target} ${node.failureSummary}`))));
                """));
    }

    /// Errors in the console since the last call.
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /// Addresses asked for since the last call.
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    void assertAsksNobodyElse() {
        assertThat(requests())
                .allMatch(url -> url.startsWith(page.toString()) || url.startsWith("blob:") || url.startsWith("data:"));
    }

    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
