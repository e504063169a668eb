import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.data.FilePhoto;
import org.mobilenet4j.data.box.Box;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.measure.CocoEvaluation;
import org.mobilenet4j.formats.dataset.boxes.AnnotationFiles;
import org.mobilenet4j.image.Image;

/// What a classifier is worth as a detector, when it looks at squares of several sizes all over a photo:
/// `SlidingWindow MARKED_PHOTOS [MOST_PHOTOS [MODEL]]`. A detector looks once.
class SlidingWindow {
    private static final double[] SIDES = {56, 80, 112, 160, 224};
    private static final double STEP = 0.25;
    private static final int GUESSES = 5;
    private static final float LEAST_SCORE = 0.05f;
    private static final float MOST_OVERLAP = 0.4f;
    private static final int MOST_FOUND = 100;

    private final Classifier classifier;
    private final List<String> labels;

    SlidingWindow(Classifier classifier, List<String> labels) {
        this.classifier = classifier;
        this.labels = labels;
    }

    public static void main(String[] args) throws Exception {
        int most = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        var marked = AnnotationFiles.open(Path.of(args[0])).limited(most, 1);
        var classifier = args.length > 2 ? Classifier.open(Path.of(args[2])) : Classifier.open(DefaultModel.load());
        var windows = new SlidingWindow(classifier, marked.labels());
        var found = new ArrayList<List<Detection>>();
        long start = System.nanoTime();
        for (var photo : marked.photos()) {
            found.add(windows.detect(
                    ImageIO.read(((FilePhoto) photo.photo()).file().toFile())));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        var figures = CocoEvaluation.of(marked, found).figures();
        System.out.println(marked);
        System.out.printf(
                "mAP@.50 %.1f %%, mAP@.50:.95 %.1f %%, %.2f s a photo%n",
                100 * figures.ap50(), 100 * figures.ap(), seconds / found.size());
    }

    /// The objects in a photo: of the windows that show the same, the surest.
    List<Detection> detect(BufferedImage photo) {
        var boxes = windows(photo.getHeight(), photo.getWidth());
        var views = boxes.stream()
                .map(box -> Image.of(photo.getSubimage(
                        (int) box.x0(), (int) box.y0(), (int) (box.x1() - box.x0()), (int) (box.y1() - box.y0()))))
                .toList();
        var guesses = classifier.classify(views, GUESSES);
        var candidates = new ArrayList<Detection>();
        for (int i = 0; i < boxes.size(); i++) {
            for (var guess : guesses.get(i)) {
                int index = labels.indexOf(guess.label());
                if (index >= 0 && guess.probability() >= LEAST_SCORE) {
                    candidates.add(new Detection(index, guess.label(), guess.probability(), boxes.get(i)));
                }
            }
        }
        candidates.sort(Comparator.comparing(Detection::score).reversed());
        var kept = new ArrayList<Detection>();
        for (var candidate : candidates) {
            if (kept.size() < MOST_FOUND && kept.stream().noneMatch(other -> isSame(candidate, other))) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    private static boolean isSame(Detection a, Detection b) {
        return a.index() == b.index() && a.box().overlap(b.box()) > MOST_OVERLAP;
    }

    /// Squares of every size, a quarter of their side apart.
    private static List<Box> windows(int height, int width) {
        Set<Box> windows = new LinkedHashSet<>();
        for (double wanted : SIDES) {
            int side = (int) Math.min(wanted, Math.min(height, width));
            int step = (int) Math.max(1, side * STEP);
            for (int y = 0; y < height - side + step; y += step) {
                for (int x = 0; x < width - side + step; x += step) {
                    int top = Math.min(y, height - side);
                    int left = Math.min(x, width - side);
                    windows.add(new Box(top, left, top + side, left + side));
                }
            }
        }
        return List.copyOf(windows);
    }
}
