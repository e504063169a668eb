package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;

/// This library, used as an application does: a model file, a session, arrays in and out.
final class Mobilenet4jEngine implements Engine {
    private static final String POM = "/META-INF/maven/org.mobilenet4j/mobilenet4j/pom.properties";

    private final Session session;
    private final int batch;
    private final float[] input;
    private final float[] output;

    Mobilenet4jEngine(Model model, SessionOptions.Numbers numbers, Workload workload) {
        var options = SessionOptions.DEFAULT.withThreads(workload.threads()).withNumbers(numbers);
        this.session = Session.open(model, options);
        this.batch = workload.batch();
        this.input = workload.channelsLast(session.plan().inputShape());
        this.output = new float[batch * session.plan().outputShape().elements()];
    }

    @Override
    public void run() {
        session.run(input, batch, output);
    }

    @Override
    public float[] output() {
        return output;
    }

    @Override
    public String version() {
        return libraryVersion();
    }

    /// The version of this library.
    static String libraryVersion() {
        var properties = new Properties();
        try (InputStream pom = Session.class.getResourceAsStream(POM)) {
            if (pom != null) { // absent if the classes are not in a jar
                properties.load(pom);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unpackaged");
    }

    @Override
    public void awaitWarm() {
        session.plan().awaitWarm();
    }
}
