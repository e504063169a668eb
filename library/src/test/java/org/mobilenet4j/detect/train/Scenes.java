package org.mobilenet4j.detect.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mobilenet4j.data.box.AnnotatedPhoto;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.data.box.ObjectBox;
import org.mobilenet4j.image.Image;

/// Pictures of colored shapes on noise: red discs, green squares, blue frames.
public final class Scenes {
    public static final List<String> LABELS = List.of("disc", "square", "frame");

    private static final int HEIGHT = 96;
    private static final int WIDTH = 120;
    private static final int LEAST = 20;
    private static final int MOST = 50;

    private Scenes() {}

    /// `count` scenes of one to four shapes that hardly overlap; the same seed gives the same ones.
    public static Annotations of(int count, long seed) {
        var photos = new ArrayList<AnnotatedPhoto>();
        for (int i = 0; i < count; i++) {
            photos.add(scene("scene " + i, new SplittableRandom(seed * 1000 + i)));
        }
        return new Annotations("scenes", LABELS, photos);
    }

    private static AnnotatedPhoto scene(String name, SplittableRandom random) {
        var rgb = new byte[3 * HEIGHT * WIDTH];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (90 + random.nextInt(60));
        }
        var objects = new ArrayList<ObjectBox>();
        int wanted = 1 + random.nextInt(4);
        for (int tries = 0; objects.size() < wanted && tries < 50; tries++) {
            int side = LEAST + random.nextInt(MOST - LEAST);
            int top = random.nextInt(HEIGHT - side);
            int left = random.nextInt(WIDTH - side);
            var box = new Box(top, left, top + side, left + side);
            if (objects.stream().allMatch(other -> box.overlap(other.box()) < 0.02)) {
                int label = random.nextInt(LABELS.size());
                draw(rgb, label, top, left, side);
                objects.add(new ObjectBox(label, box));
            }
        }
        var image = new Image(HEIGHT, WIDTH, rgb);
        return new AnnotatedPhoto(name, () -> image, objects);
    }

    private static void draw(byte[] rgb, int label, int top, int left, int side) {
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (isInside(label, y + 0.5 - side / 2.0, x + 0.5 - side / 2.0, side / 2.0)) {
                    int at = 3 * ((top + y) * WIDTH + left + x);
                    for (int c = 0; c < 3; c++) {
                        rgb[at + c] = (byte) (c == label ? 230 : 20);
                    }
                }
            }
        }
    }

    private static boolean isInside(int label, double y, double x, double half) {
        return switch (label) {
            case 0 -> y * y + x * x <= half * half;
            case 1 -> true;
            default -> Math.max(Math.abs(y), Math.abs(x)) > 0.6 * half;
        };
    }
}
