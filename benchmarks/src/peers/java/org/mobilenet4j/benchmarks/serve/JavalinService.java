package org.mobilenet4j.benchmarks.serve;

import ai.onnxruntime.OrtException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import tools.jackson.databind.ObjectMapper;

/// The service that ours is measured beside, made of what is popular: Javalin for HTTP, ONNX Runtime for the network.
/// `JavalinService MODEL.onnx LABELS SIDE CROP QUEUE` prints its address. As many photos run at once as there are
/// processors, `QUEUE` more wait, others get 429, as from ours.
public final class JavalinService {
    private static final String HOST = "127.0.0.1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OnnxClassifier classifier;
    private final int queue;
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final AtomicInteger waiting = new AtomicInteger();

    private JavalinService(OnnxClassifier classifier, int queue) {
        this.classifier = classifier;
        this.queue = queue;
    }

    public static void main(String[] args) throws IOException, OrtException {
        ImageIO.setUseCache(false);
        var classifier = new OnnxClassifier(
                Path.of(args[0]),
                Files.readAllLines(Path.of(args[1])),
                Integer.parseInt(args[2]),
                Double.parseDouble(args[3]));
        var service = new JavalinService(classifier, Integer.parseInt(args[4]));
        var javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.http.maxRequestSize = 16 << 20;
                    config.routes.post("/v1/classify", service::classify);
                })
                .start(HOST, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(javalin::stop));
        System.out.println("http://" + HOST + ":" + javalin.port() + "/");
    }

    private void classify(Context context) throws InterruptedException, OrtException {
        var photo = context.bodyAsBytes();
        if (waiting.incrementAndGet() > queue) {
            waiting.decrementAndGet();
            context.status(HttpStatus.TOO_MANY_REQUESTS).header("Retry-After", "1");
            return;
        }
        try {
            processors.acquire();
        } finally {
            waiting.decrementAndGet();
        }
        try {
            var predictions = classifier.classify(photo);
            context.contentType("application/json")
                    .result(JSON.writeValueAsBytes(Map.of("results", List.of(Map.of("predictions", predictions)))));
        } catch (IOException e) {
            context.status(HttpStatus.UNSUPPORTED_MEDIA_TYPE).result("send a photo");
        } finally {
            processors.release();
        }
    }
}
