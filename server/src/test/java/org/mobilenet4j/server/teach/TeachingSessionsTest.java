package org.mobilenet4j.server.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mobilenet4j.server.teach.LessonTest.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.server.photos.Drawings;
import org.mobilenet4j.server.teach.TeachingException.Reason;

class TeachingSessionsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final TeachingSessions sessions =
            new TeachingSessions(new TeachingLimits(2, 20, 100, 1 << 20, Duration.ofMinutes(5)), now::get);

    @ParameterizedTest
    @ValueSource(strings = {"safetensors", "tflite", "onnx"})
    void twoClassesAreLearnedAndTakenAway(String format, @TempDir Path folder) throws Exception {
        var session = taught();
        var disc = ImageDecoder.decode(Drawings.disc(99), "disc");
        var stripes = ImageDecoder.decode(Drawings.stripes(99), "stripes");

        assertThat(session.classify(disc, 2).getFirst().label()).isEqualTo("disc");
        assertThat(session.classify(stripes, 2).getFirst().label()).isEqualTo("stripes");

        var file = Files.write(folder.resolve("taught." + format), session.export(format));
        var opened = Classifier.open(Models.read(file));
        var expected = session.classify(disc, 1).getFirst();
        var answer = opened.classify(disc, 1).getFirst();

        assertThat(answer.label()).isEqualTo("disc");
        assertThat((double) answer.probability()).isCloseTo(expected.probability(), within(1e-3));
    }

    private TeachingSession taught() throws TeachingException, IOException {
        var session = sessions.open(DefaultModel.load());
        for (int i = 0; i < 5; i++) {
            session.add("disc", Drawings.disc(i));
            session.add("stripes", Drawings.stripes(i));
        }
        assertThat(sessions.fit(session).trainAccuracy()).isEqualTo(1);
        return session;
    }

    @Test
    void nothingIsAnsweredBeforeATraining() throws Exception {
        var session = sessions.open(DefaultModel.load());
        var photo = ImageDecoder.decode(Drawings.disc(1), "disc");

        refused(Reason.NOT_YET, () -> session.classify(photo, 1));
        refused(Reason.NOT_YET, () -> session.export("onnx"));
        refused(Reason.BAD, () -> session.export("../x"));
        refused(Reason.NOT_YET, () -> sessions.fit(session));
    }

    @Test
    void idleSessionsMakeRoomForOthers() throws Exception {
        var first = sessions.open(DefaultModel.load());
        var second = sessions.open(DefaultModel.load());

        refused(Reason.BUSY, () -> sessions.open(DefaultModel.load()));
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(4)));
        assertThat(sessions.find(second.id())).isSameAs(second);
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(6)));
        refused(Reason.MISSING, () -> sessions.find(first.id()));
        assertThat(sessions.find(second.id())).isSameAs(second);
        assertThat(sessions.open(DefaultModel.load()).id()).isNotEqualTo(second.id());
        sessions.close(second.id());
        refused(Reason.MISSING, () -> sessions.find(second.id()));
    }

    @Test
    void largePhotosAreKeptSmall() {
        var rgb = new byte[1300 * 1000 * 3];
        Arrays.fill(rgb, (byte) 200);
        var small = Thumbnail.of(new Image(1000, 1300, rgb));

        assertThat(small.height()).isEqualTo(333);
        assertThat(small.width()).isEqualTo(433);
        assertThat(small.at(5, 7, 1)).isEqualTo(200);
    }
}
