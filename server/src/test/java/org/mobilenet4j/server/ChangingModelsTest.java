package org.mobilenet4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.server.settings.Limits;
import org.mobilenet4j.server.settings.ServerSettings;

/// Models that come, change and go, and a server that stops, while requests run: none is lost.
class ChangingModelsTest {
    private static final byte[] PHOTO = TestPhotos.png(64);

    @TempDir
    private Path folder;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final ConcurrentMap<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();

    @Test
    void losesNoRequestWhileModelsChange() throws Exception {
        var model = DefaultModel.load();
        Models.write(model, folder.resolve("a.safetensors"));
        Files.createDirectories(folder.resolve("b/1"));
        Models.write(model, folder.resolve("b/1/model.tflite"));
        try (var server = InferenceServer.start(ServerSettings.DEFAULT.withPort(0), folder, Optional.of("a"));
                var client = HttpClient.newHttpClient()) {
            var load = load(client, server.address() + "v1/classify?model=a", 2);

            Models.write(model, folder.resolve(".new" + ".safetensors"));
            Files.move(
                    folder.resolve(".new.safetensors"),
                    folder.resolve("a.safetensors"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.createDirectories(folder.resolve("b/2"));
            Models.write(model, folder.resolve("b/2/model.safetensors"));
            await(() -> get(client, server.address() + "v1/models").contains("\"version\":\"2\""));
            Files.delete(folder.resolve("b/1/model.tflite"));
            await(() -> !get(client, server.address() + "v1/models").contains("\"name\":\"b\",\"version\":\"1\""));
            Files.writeString(folder.resolve("bad.onnx"), "no model");
            await(() -> get(client, server.address() + "metrics").contains("outcome=\"failed\""));
            assertThat(get(client, server.address() + "metrics")).contains("outcome=\"loaded\"} 4");

            isOver.set(true);
            for (var thread : load) {
                thread.join();
            }
        }
        assertThat(answers.keySet()).containsExactly(200);
    }

    @Test
    void answersWhatItTookBeforeItStops() throws Exception {
        var server =
                InferenceServer.start(ServerSettings.DEFAULT.withPort(0).withLimits(Limits.DEFAULT.withQueue(1000)));
        try (var client = HttpClient.newHttpClient()) {
            var address = server.address() + "v1/classify";
            get(client, server.address() + "health/ready");
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 60; i++) {
                threads.add(Thread.ofVirtual().start(() -> count(client, address)));
            }
            Thread.sleep(100);
            var stopping = Thread.ofPlatform().start(() -> server.close(Duration.ofMillis(500)));
            Thread.sleep(100);
            assertThat(get(client, server.address() + "health/ready")).contains("false");
            for (var thread : threads) {
                thread.join();
            }
            stopping.join();
        }
        assertThat(answers.keySet()).contains(200).isSubsetOf(200, 429); // refused at once on a slow machine, not lost
        assertThat(answers.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(60);
    }

    @Test
    void refusesWhatDoesNotFitTheQueue() throws Exception {
        try (var server = InferenceServer.start(
                        ServerSettings.DEFAULT.withPort(0).withLimits(Limits.DEFAULT.withQueue(2)));
                var client = HttpClient.newHttpClient()) {
            var load = load(client, server.address() + "v1/classify", 16);
            Thread.sleep(1500);
            isOver.set(true);
            for (var thread : load) {
                thread.join();
            }
        }
        assertThat(answers).containsOnlyKeys(200, 429);
    }

    private List<Thread> load(HttpClient client, String address, int clients) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (!isOver.get()) {
                    count(client, address);
                }
            }));
        }
        return threads;
    }

    private void count(HttpClient client, String address) {
        int status;
        try {
            var request = HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.ofByteArray(PHOTO));
            var answer = client.send(request.build(), BodyHandlers.ofString());
            status = answer.statusCode();
            if (status == 429 && answer.headers().firstValue("retry-after").isEmpty()) {
                status = -429;
            }
        } catch (Exception lost) {
            status = -1;
        }
        answers.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
    }

    private static String get(HttpClient client, String address) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
