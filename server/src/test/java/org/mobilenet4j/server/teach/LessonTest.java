package org.mobilenet4j.server.teach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.server.teach.TeachingException.Reason;

class LessonTest {
    private static final TeachingLimits LIMITS = new TeachingLimits(1, 2, 4, 1000, Duration.ofMinutes(1));

    private final Lesson lesson = new Lesson(LIMITS);

    @Test
    void photosComeAndGo() throws TeachingException {
        int first = lesson.add("cup", new byte[10]);
        int second = lesson.add("cup", new byte[10]);
        lesson.add("spoon", new byte[10]);
        lesson.remove("cup", first);

        assertThat(lesson.counts()).containsExactly(Map.entry("cup", 1), Map.entry("spoon", 1));

        lesson.remove("cup", second);

        assertThat(lesson.counts()).containsOnlyKeys("spoon");
    }

    @Test
    void aClassKeepsItsPlaceUnderAnotherName() throws TeachingException {
        lesson.add("cup", new byte[10]);
        lesson.add("spoon", new byte[10]);
        lesson.rename("cup", "mug");

        assertThat(lesson.photos().labels()).containsExactly("mug", "spoon");
        refused(Reason.BAD, () -> lesson.rename("mug", "spoon"));
        refused(Reason.MISSING, () -> lesson.rename("cup", "bowl"));
    }

    @Test
    void limitsHold() throws TeachingException {
        lesson.add("cup", new byte[10]);
        lesson.add("spoon", new byte[10]);

        refused(Reason.FULL, () -> lesson.add("fork", new byte[10]));
        refused(Reason.FULL, () -> lesson.add("cup", new byte[981]));
        lesson.add("cup", new byte[980]);
        refused(Reason.FULL, () -> lesson.add("cup", new byte[1]));
        lesson.removeClass("cup");
        lesson.add("fork", new byte[980]);
        lesson.removeClass("fork");
        for (int i = 0; i < 3; i++) {
            lesson.add("spoon", new byte[1]);
        }
        refused(Reason.FULL, () -> lesson.add("spoon", new byte[1]));
    }

    @Test
    void namesArePrintableAndShort() {
        for (var name : new String[] {"", " ", "a\nb", "x".repeat(61), "\u202eabc"}) {
            refused(Reason.BAD, () -> lesson.add(name, new byte[1]));
        }
    }

    @Test
    void whatIsNotThereCannotBeRemoved() throws TeachingException {
        int photo = lesson.add("cup", new byte[1]);

        refused(Reason.MISSING, () -> lesson.remove("spoon", photo));
        refused(Reason.MISSING, () -> lesson.remove("cup", photo + 1));
        refused(Reason.MISSING, () -> lesson.removeClass("spoon"));
        refused(Reason.NOT_YET, lesson::photos);
    }

    static void refused(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(TeachingException.class)
                .isThrownBy(call)
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo(reason));
    }
}
