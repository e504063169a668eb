package org.mobilenet4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.server.settings.ServerSettings;
import tools.jackson.databind.json.JsonMapper;

/// The lines for `curl` in the documents work as they are printed.
class ProtocolDocsTest {
    @TempDir
    private Path folder;

    @Test
    void linesWork() throws Exception {
        assumeTrue(hasCurl(), "there is no curl here; install it to try the documents' lines");
        Files.write(folder.resolve("photo.jpg"), TestPhotos.png(64));
        var lines = lines(Path.of("../docs/protocols.md"));
        assertThat(lines).hasSizeGreaterThan(20);

        try (var server = InferenceServer.start(ServerSettings.DEFAULT.withPort(0))) {
            for (var line : lines) {
                var answer = run(line.replace("http://127.0.0.1:8080/", server.address()));
                new JsonMapper().readTree(answer);
                assertThat(answer).as(line).isNotBlank();
                if (line.contains("photo.jpg") && !line.contains("predict")) {
                    assertThat(answer).as(line).containsPattern("prob|pred");
                }
            }
        }
    }

    private static List<String> lines(Path document) throws IOException {
        var lines = new ArrayList<String>();
        boolean isIn = false;
        for (var line : Files.readAllLines(document)) {
            if (line.startsWith("```")) {
                isIn = line.equals("```sh");
            } else if (isIn) {
                lines.add(line);
            }
        }
        return lines;
    }

    private String run(String line) throws Exception {
        var process = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(line).isTrue();
        assertThat(process.exitValue()).as(line + ": " + answer).isZero();
        return answer;
    }

    private static boolean hasCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
