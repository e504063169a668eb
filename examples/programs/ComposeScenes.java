import java.awt.Color;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.SeededRandom;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.image.Image;

/// Photos of many objects, to train and measure a detector on, pasted together from photos of one object each, of which
/// a file `boxes.csv` says where it is: `ComposeScenes TINY_IMAGENET OUT [SCENES [CLASSES]]`.
///
/// Writes three parts that `train`, `evaluate` and `AnnotationFiles` read: `train` (4,000 scenes) and `val` (a tenth of
/// that) from nine and one tenth of the photos to train on, `test` (a fifth) from the photos to validate on, which are
/// in
/// no other. Of every tenth class (20 of 200), objects are marked; photos of the others are the backgrounds, and some
/// lie
/// between the objects. The same arguments give the same scenes.
class ComposeScenes {
    private static final int SIDE = 300;
    private static final int MOST_OBJECTS = 5;
    private static final double SMALLEST = 56;
    private static final double LARGEST = 208;
    private static final int SMALLEST_OBJECT = 20;
    private static final double MOST_COVERED = 0.1;
    private static final int TRIES = 30;

    /// A photo of one object.
    ///
    /// @param box of the object in it
    /// @param label of the object, or nothing if it is not to be found
    record Piece(BufferedImage photo, Rectangle box, String label) {}

    public static void main(String[] args) throws IOException {
        var data = Path.of(args[0]);
        var out = Path.of(args[1]);
        int scenes = args.length > 2 ? Integer.parseInt(args[2]) : 4000;
        int classes = args.length > 3 ? Integer.parseInt(args[3]) : 20;
        var boxes = boxes(data.resolve("boxes.csv"));
        var train = DataSets.open(data);
        var validation = DataSets.validation(data).orElseThrow();
        write(out, "train", scenes, pieces(train, boxes, classes, 0, 9), 1);
        write(out, "val", scenes / 10, pieces(train, boxes, classes, 9, 10), 2);
        write(out, "test", scenes / 5, pieces(validation, boxes, classes, 0, 10), 3);
    }

    /// Boxes by the names of photos; both corners are pixels of the object.
    private static Map<String, Rectangle> boxes(Path csv) throws IOException {
        var boxes = new HashMap<String, Rectangle>();
        for (var line : Files.readAllLines(csv).stream()
                .skip(1)
                .map(row -> row.split(",", 0))
                .toList()) {
            int left = Integer.parseInt(line[1]);
            int top = Integer.parseInt(line[2]);
            int right = Integer.parseInt(line[3]);
            int bottom = Integer.parseInt(line[4]);
            boxes.put(
                    line[0].substring(line[0].lastIndexOf('/') + 1),
                    new Rectangle(left, top, right - left + 1, bottom - top + 1));
        }
        return boxes;
    }

    /// The photos of the tenths `from` to below `to`, into which they are divided at random: all with objects to find,
    /// and
    /// of the others as many.
    private static List<Piece> pieces(DataSet data, Map<String, Rectangle> boxes, int classes, int from, int to)
            throws IOException {
        int every = Math.max(2, data.labels().size() / classes);
        var pieces = new ArrayList<Piece>();
        try (var reader = data.inOrder()) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                var sample = next.get();
                boolean isWanted = sample.label() % every == 0 && sample.label() / every < classes;
                var random = SeededRandom.random(sample.index());
                int tenth = random.nextInt(10);
                if (tenth >= from && tenth < to && (isWanted || random.nextInt(every) == 0)) {
                    var name = sample.name().substring(sample.name().lastIndexOf('/') + 1);
                    var label = isWanted ? data.labels().get(sample.label()) : "";
                    pieces.add(new Piece(buffered(sample.photo().decode()), boxes.get(name), label));
                }
            }
        }
        return pieces;
    }

    private static BufferedImage buffered(Image photo) {
        var copy = new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < photo.height(); y++) {
            for (int x = 0; x < photo.width(); x++) {
                copy.setRGB(x, y, photo.at(y, x, 0) << 16 | photo.at(y, x, 1) << 8 | photo.at(y, x, 2));
            }
        }
        return copy;
    }

    private static void write(Path out, String part, int scenes, List<Piece> pieces, long seed) throws IOException {
        var wanted = pieces.stream().filter(piece -> !piece.label().isEmpty()).toList();
        var others = pieces.stream().filter(piece -> piece.label().isEmpty()).toList();
        var folder = Files.createDirectories(out.resolve(part));
        var rows = new ArrayList<>(List.of("file,label,x0,y0,x1,y1"));
        var random = new SplittableRandom(seed);
        for (int i = 0; i < scenes; i++) {
            var file = String.format(Locale.ROOT, "%05d.jpg", i);
            var scene = background(any(others, random), random);
            var placed = new ArrayList<Rectangle>();
            int objects = 1 + random.nextInt(MOST_OBJECTS);
            for (int k = 0; k < objects; k++) {
                var piece = k > 0 && random.nextInt(4) == 0 ? any(others, random) : any(wanted, random);
                var box = paste(piece, scene, placed, random);
                if (box != null && !piece.label().isEmpty()) {
                    rows.add(String.format(
                            Locale.ROOT,
                            "%s/%s,\"%s\",%d,%d,%d,%d",
                            part,
                            file,
                            piece.label().replace("\"", "\"\""),
                            box.x,
                            box.y,
                            box.x + box.width,
                            box.y + box.height));
                }
            }
            ImageIO.write(scene, "jpg", folder.resolve(file).toFile());
        }
        Files.write(out.resolve(part + ".csv"), rows);
        System.out.printf("%s: %d scenes of %d photos, %d objects%n", part, scenes, wanted.size(), rows.size() - 1);
    }

    private static Piece any(List<Piece> pieces, SplittableRandom random) {
        return pieces.get(random.nextInt(pieces.size()));
    }

    /// A photo as large as the scene, pale or dark.
    private static BufferedImage background(Piece piece, SplittableRandom random) {
        var scene = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        draw(piece.photo(), scene, new Rectangle(SIDE, SIDE), random.nextBoolean());
        var graphics = scene.createGraphics();
        int gray = random.nextInt(256);
        graphics.setColor(new Color(gray, gray, gray, 128));
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.dispose();
        return scene;
    }

    /// Pastes a photo where it covers little of others, and gives the box of its object, if there is such a place.
    private static Rectangle paste(Piece piece, BufferedImage scene, List<Rectangle> placed, SplittableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            int side = (int) (SMALLEST * Math.pow(LARGEST / SMALLEST, random.nextDouble()));
            var place = new Rectangle(random.nextInt(SIDE - side + 1), random.nextInt(SIDE - side + 1), side, side);
            boolean isFlipped = random.nextBoolean();
            var box = inScene(piece, place, isFlipped);
            if (Math.min(box.width, box.height) >= SMALLEST_OBJECT
                    && placed.stream().allMatch(other -> covered(place, other) <= MOST_COVERED)) {
                placed.add(place);
                draw(piece.photo(), scene, place, isFlipped);
                return box;
            }
        }
        return null;
    }

    /// How much of the smaller of two places the larger one covers.
    private static double covered(Rectangle a, Rectangle b) {
        var both = a.intersection(b);
        double smaller = Math.min(a.getWidth() * a.getHeight(), b.getWidth() * b.getHeight());
        return both.isEmpty() ? 0 : both.getWidth() * both.getHeight() / smaller;
    }

    private static Rectangle inScene(Piece piece, Rectangle place, boolean isFlipped) {
        double scaleX = place.getWidth() / piece.photo().getWidth();
        double scaleY = place.getHeight() / piece.photo().getHeight();
        var box = piece.box();
        int left = isFlipped ? piece.photo().getWidth() - box.x - box.width : box.x;
        return new Rectangle(
                place.x + (int) Math.round(left * scaleX),
                place.y + (int) Math.round(box.y * scaleY),
                (int) Math.round(box.width * scaleX),
                (int) Math.round(box.height * scaleY));
    }

    private static void draw(BufferedImage photo, BufferedImage scene, Rectangle place, boolean isFlipped) {
        var graphics = scene.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int left = isFlipped ? place.x + place.width : place.x;
        graphics.drawImage(photo, left, place.y, isFlipped ? -place.width : place.width, place.height, null);
        graphics.dispose();
    }
}
