package org.mobilenet4j.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.explain.Explanation;
import org.mobilenet4j.explain.Overlay;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.server.http.Parameters;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.ExplainedPhoto;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.text.NearestName;
import org.mobilenet4j.text.OneLine;

/// `/v1/explain`: where in photos a class is seen.
public final class ExplainRoutes implements Routes {
    private final ServerContext context;

    /// @param context what is served
    public ExplainRoutes(ServerContext context) {
        this.context = context;
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        routing.post("/v1/explain", this::explain);
    }

    private void explain(ServerRequest request, ServerResponse response) throws Exception {
        var model = context.model(request);
        var parameters = Parameters.of(request);
        var wanted =
                parameters.text("class").map(text -> index(model.model(), text)).orElse(OptionalInt.empty());
        boolean isDrawn = parameters.isTrue("overlay", false);
        var photos = context.photos().read(request);
        var answers = context.batcher().run(model.explanations(wanted), photos);
        var results = new ArrayList<Explained>();
        for (int i = 0; i < photos.size(); i++) {
            results.add(Explained.of(photos.get(i).name(), answers.get(i), isDrawn));
        }
        context.json().send(response, answer(model, results));
    }

    private static Map<String, Object> answer(ServedModel model, List<Explained> results) {
        return Map.of("model", model.name(), "version", "" + model.version(), "results", results);
    }

    /// The class of that index, or of that label.
    private static OptionalInt index(Model model, String text) {
        int label = model.labels().indexOf(text);
        if (label >= 0) {
            return OptionalInt.of(label);
        }
        if (text.matches("\\d{1,9}")) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        throw new BadValueException(
                "the model has no class called " + OneLine.of(text) + NearestName.hint(text, model.labels()));
    }

    /// @param overlay the map over the photo, a picture as a data URL
    private record Explained(
            @Nullable String file,
            @JsonProperty("class") ExplainedClass seen,
            SeenMap map,
            @Nullable String overlay) {
        static Explained of(@Nullable String file, ExplainedPhoto explained, boolean isDrawn) throws IOException {
            return new Explained(
                    file,
                    ExplainedClass.of(explained.explanation()),
                    SeenMap.of(explained.photo(), explained.explanation()),
                    isDrawn ? drawn(explained.photo(), explained.explanation()) : null);
        }
    }

    private static String drawn(Image photo, Explanation explanation) throws IOException {
        var png = new ByteArrayOutputStream();
        ImageIO.write(Overlay.draw(photo, explanation.map()), "png", png);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private record ExplainedClass(int index, String label, float probability, double logit) {
        static ExplainedClass of(Explanation of) {
            return new ExplainedClass(of.index(), of.label(), of.probability(), of.logit());
        }
    }

    /// @param values row by row
    /// @param region what the network saw: upper, left, lower and right edge as shares of the photo
    private record SeenMap(int height, int width, List<Float> values, List<Double> region) {
        static SeenMap of(Image photo, Explanation explanation) {
            var map = explanation.map();
            var values = new ArrayList<Float>();
            for (float value : map.values()) {
                values.add(value);
            }
            var seen = map.seen();
            return new SeenMap(
                    map.height(),
                    map.width(),
                    values,
                    List.of(
                            (double) seen.top() / photo.height(),
                            (double) seen.left() / photo.width(),
                            (double) (seen.top() + seen.height()) / photo.height(),
                            (double) (seen.left() + seen.width()) / photo.width()));
        }
    }
}
