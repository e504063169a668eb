package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.Model;

/// The options of `TFLite_Detection_PostProcess`.
class TfliteDetectionOptionsTest {
    private static Model read(byte[] bytes) throws IOException {
        return TfliteReader.read(Path.of("d.tflite"), MemorySegment.ofArray(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "max_detections, -1",
        "max_detections, 0",
        "max_detections, 99999999999",
        "max_classes_per_detection, 0",
        "nms_score_threshold, NaN",
        "nms_iou_threshold, NaN",
        "nms_iou_threshold, -0.5",
        "nms_iou_threshold, 2",
        "num_classes, -3",
        "num_classes, 10000000",
        "y_scale, 0",
        "y_scale, NaN",
        "h_scale, -5",
        "w_scale, Infinity",
        "x_scale, text",
        "num_classes, text",
        "w_scale, none",
        "nms_iou_threshold, none"
    })
    void oddOptionsAreRefusedInOneLine(String name, String value) {
        var options = TfliteDetectorFile.options(2, (other, to) -> {
            if (!other.equals(name)) {
                return false;
            }
            switch (value) {
                case "text" -> to.putString(name, "two");
                case "none" -> {}
                default -> {
                    if (value.matches("-?\\d+")) {
                        to.putInt(name, Long.parseLong(value));
                    } else {
                        to.putFloat(name, Double.parseDouble(value));
                    }
                }
            }
            return true;
        });

        assertThatThrownBy(() -> read(new TfliteDetectorFile().file(options)))
                .isInstanceOf(BadFileException.class)
                .hasMessageNotContaining("\n");
    }

    /// An integer may be written as a float, and a float as an integer.
    @Test
    void numbersMayBeOfAnyKind() throws IOException {
        var options = TfliteDetectorFile.options(2, (name, to) -> {
            switch (name) {
                case "max_detections" -> to.putFloat(name, 10.0);
                case "y_scale" -> to.putInt(name, 10);
                default -> {
                    return false;
                }
            }
            return true;
        });

        var boxes = read(new TfliteDetectorFile().file(options)).boxes().orElseThrow();

        assertThat(boxes.suppression().limit()).isEqualTo(10);
        assertThat(boxes.scales()).startsWith(10f);
    }

    @Test
    void damagedOptionsAreRefusedInOneLine() {
        var options = TfliteDetectorFile.options(2);
        var some = new Random(1);
        for (int run = 0; run < 300; run++) {
            var damaged = Arrays.copyOf(options, options.length);
            for (int i = 0; i < 3; i++) {
                damaged[some.nextInt(damaged.length)] = (byte) some.nextInt();
            }
            try {
                read(new TfliteDetectorFile().file(damaged));
            } catch (IOException e) {
                assertThat(e).isInstanceOf(BadFileException.class);
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
    }
}
