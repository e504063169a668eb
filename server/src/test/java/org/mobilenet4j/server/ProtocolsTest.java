package org.mobilenet4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.server.settings.ServerSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The protocols of others over HTTP.
class ProtocolsTest {
    private static final int SIDE = 80;
    private static final String INFER = "v2/models/default/infer";

    private final JsonMapper json = new JsonMapper();
    private InferenceServer server;
    private HttpClient client;

    @BeforeEach
    void start() {
        server = InferenceServer.start(ServerSettings.DEFAULT.withPort(0));
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void bytesAndJsonAnswerTheSame() throws Exception {
        var values = new float[2 * SIDE * SIDE * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 17 / 8.5f - 1;
        }
        var tensor = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        tensor.asFloatBuffer().put(values);
        var head = ("{\"id\":\"x\",\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[2,80,80,3],"
                        + "\"parameters\":{\"binary_data_size\":" + tensor.capacity()
                        + "}}],\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{\"binary_data\":true}}]}")
                .getBytes(StandardCharsets.UTF_8);
        var body =
                ByteBuffer.allocate(head.length + tensor.capacity()).put(head).put(tensor.array());
        var request = HttpRequest.newBuilder(URI.create(server.address() + INFER))
                .header("Inference-Header-Content-Length", "" + head.length)
                .POST(BodyPublishers.ofByteArray(body.array()))
                .build();
        var answer = client.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        int length = (int) answer.headers()
                .firstValueAsLong("Inference-Header-Content-Length")
                .orElseThrow();
        var tree = json.readTree(Arrays.copyOf(answer.body(), length));
        assertThat(tree.path("id").asString()).isEqualTo("x");
        assertThat(tree.path("outputs")
                        .path(0)
                        .path("parameters")
                        .path("binary_data_size")
                        .asInt())
                .isEqualTo(answer.body().length - length);
        var floats = ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();

        var same = tree(post(
                INFER,
                "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[2,80,80,3],\"data\":"
                        + Arrays.toString(values) + "}],\"outputs\":[{\"name\":\"probabilities\"}]}"));

        var data = same.path("outputs").path(0).path("data");
        assertThat(data.size()).isEqualTo(floats.remaining()).isEqualTo(400);
        for (int i = 0; i < data.size(); i++) {
            assertThat(data.path(i).floatValue()).isEqualTo(floats.get(i));
        }
    }

    @Test
    void protocolsAgreeOnAPhoto() throws Exception {
        var photo = Base64.getEncoder().encodeToString(TestPhotos.png(64));
        var classes = tree(post(
                        INFER,
                        "{\"inputs\":[{\"name\":\"input\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"" + photo
                                + "\"]}],\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{\"classification\":1}}]}"))
                .path("outputs")
                .path(0)
                .path("data")
                .path(0)
                .asString()
                .split(":", 3);
        var rows = tree(post("v1/models/default:predict", "{\"instances\":[{\"b64\":\"" + photo + "\"}]}"))
                .path("predictions");
        var request = HttpRequest.newBuilder(URI.create(server.address() + "predictions/default"))
                .POST(BodyPublishers.ofByteArray(TestPhotos.png(64)))
                .build();
        var labels = tree(client.send(request, BodyHandlers.ofString()));

        float score = Float.parseFloat(classes[0]);
        assertThat(rows.path(0).path(Integer.parseInt(classes[1])).floatValue()).isEqualTo(score);
        assertThat(labels.path(classes[2]).floatValue()).isEqualTo(score);
    }

    @Test
    void errorsHaveTheProtocolsForm() throws Exception {
        assertError(post("v2/models/none/infer", "{}"), 404);
        assertError(post(INFER, "{"), 400);
        assertError(post(INFER, "{\"inputs\":[]}"), 400);
        assertError(post("v2/models/default/versions/2/infer", "{}"), 404);
        assertError(post("v1/models/default:predict", "{\"instances\":[[1]]}"), 400);
        assertError(post("v1/models/default:predict", "{\"signature_name\":\"other\"}"), 400);
        assertError(post("v1/models/default:predict", "{\"inputs\":[{\"b64\":\"aGk=\"}]}"), 415);
        assertError(post("invocations", "no photo"), 415);
        assertThat(tree(post("predictions/none", "a")).path("code").asInt()).isEqualTo(404);
    }

    @Test
    void unloadsAndLoads() throws Exception {
        post("v2/repository/models/default/unload", "");

        assertThat(post(INFER, "{}").statusCode()).isEqualTo(404);
        assertThat(post("v2/repository/index", "").body()).contains("UNAVAILABLE");
        post("v2/repository/models/default/load", "");
        assertThat(post("v2/repository/index", "").body()).contains("READY");
        assertError(post("v2/repository/models/none/load", ""), 404);
    }

    private void assertError(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(tree(answer).path("error").asString()).isNotBlank();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private JsonNode tree(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }
}
