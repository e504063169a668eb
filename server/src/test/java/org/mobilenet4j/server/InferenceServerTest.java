package org.mobilenet4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.server.settings.Limits;
import org.mobilenet4j.server.settings.ServerSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API over HTTP, as a client sees it.
class InferenceServerTest {
    private final JsonMapper json = new JsonMapper();
    private InferenceServer server;
    private HttpClient client;

    @BeforeEach
    void start() {
        var limits = Limits.DEFAULT.withBodyBytes(200_000).withPixels(100_000);
        server = InferenceServer.start(ServerSettings.DEFAULT.withPort(0).withLimits(limits));
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void isLiveAndReady() throws Exception {
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        assertThat(get("health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsItsModels() throws Exception {
        var model = tree(get("v1/models")).path("models").path(0);

        assertThat(model.path("name").asString()).isEqualTo("default");
        assertThat(model.path("task").asString()).isEqualTo("classification");
        assertThat(model.path("classes").asInt()).isEqualTo(200);
        assertThat(model.path("default").asBoolean()).isTrue();
    }

    @Test
    void classifiesABody() throws Exception {
        var answer = post("v1/classify?top=3", TestPhotos.png(64));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(tree(answer).path("results").path(0).path("predictions").size())
                .isEqualTo(3);
    }

    @Test
    void classifiesTheParts() throws Exception {
        var answer = postForm("v1/classify", List.of(TestPhotos.png(64), TestPhotos.png(80)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var results = tree(answer).path("results");
        assertThat(results.size()).isEqualTo(2);
        assertThat(results.path(1).path("file").asString()).isEqualTo("1.png");
    }

    @Test
    void embeds() throws Exception {
        var answer = post("v1/embed", TestPhotos.png(64));

        assertThat(tree(answer).path("results").path(0).path("embedding").size())
                .isEqualTo(768);
    }

    @Test
    void aFormWithoutPartsIsRefused() throws Exception {
        var answer = postForm("v1/classify", List.of());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void explainsAnyClass() throws Exception {
        var answer = post("v1/explain?class=0&overlay=true", TestPhotos.png(64));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var result = tree(answer).path("results").path(0);
        assertThat(result.path("class").path("index").asInt()).isZero();
        var map = result.path("map");
        assertThat(map.path("values").size())
                .isEqualTo(map.path("height").asInt() * map.path("width").asInt());
        assertThat(map.path("region").size()).isEqualTo(4);
        assertThat(result.path("overlay").asString()).startsWith("data:image/png;base64,");
        assertThat(post("v1/explain?class=200", TestPhotos.png(64)).statusCode())
                .isEqualTo(400);
        assertThat(post("v1/explain?class=nothing", TestPhotos.png(64)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void profiles() throws Exception {
        var answer = post("v1/classify?profile=true", TestPhotos.png(64));

        assertThat(tree(answer).path("results").path(0).path("layers").size()).isGreaterThan(10);
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertProblem(post("v1/classify", "no photo".getBytes(StandardCharsets.UTF_8)), 415);
        assertProblem(post("v1/classify", TestPhotos.png(400)), 422);
        assertProblem(post("v1/classify", new byte[300_000]), 413);
        assertProblem(post("v1/classify?top=none", TestPhotos.png(64)), 400);
        assertProblem(post("v1/classify?model=other", TestPhotos.png(64)), 404);
        assertProblem(post("v1/detect", TestPhotos.png(64)), 400);
        assertProblem(post("v1/classify", new byte[0]), 400);
        assertProblem(get("nothing"), 404);
    }

    @Test
    void countsForPrometheus() throws Exception {
        post("v1/classify", TestPhotos.png(64));

        assertThat(get("metrics").body())
                .contains("mobilenet_requests_seconds_count{method=\"POST\",route=\"/v1/classify\",status=\"200\"} 1")
                .contains("mobilenet_batch_size_count 1");
    }

    private void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        var problem = tree(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString()).isNotBlank();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, byte[] body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(server.address() + path)).POST(BodyPublishers.ofByteArray(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> postForm(String path, List<byte[]> photos) throws Exception {
        var parts = new ArrayList<byte[]>();
        for (int i = 0; i < photos.size(); i++) {
            parts.add(("--cut\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../a/" + i
                            + ".png\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            parts.add(photos.get(i));
            parts.add("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        parts.add("--cut--\r\n".getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofByteArrays(parts));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode tree(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }
}
