import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Random;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.explain.Explainer;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.model.file.Models;

/// In how many photos the peak of the activation map lies in the object's box: `PeaksInBoxes PHOTOS BOXES.csv
/// CLASSES.csv [MOST_PHOTOS [MODEL]]`. PHOTOS has a folder for each class; lines of BOXES are `class/file,x0,y0,x1,y1`
/// in
/// pixels, both ends inside; lines of CLASSES `index,class,label`.
class PeaksInBoxes {
    private int photos;
    private int right;
    private int rightClass;
    private int predicted;
    private int predictedWhereRight;
    private int center;
    private double area;

    public static void main(String[] args) throws Exception {
        int most = args.length > 3 ? Integer.parseInt(args[3]) : 500;
        var model = args.length > 4 ? Models.read(Path.of(args[4])) : DefaultModel.load();
        var explainer = Explainer.open(model);
        var indices = new HashMap<String, Integer>();
        for (var line : Files.readAllLines(Path.of(args[2])).stream().skip(1).toList()) {
            var values = line.split(",", 3);
            indices.put(values[1], Integer.parseInt(values[0]));
        }
        var lines = new ArrayList<>(Files.readAllLines(Path.of(args[1])).stream()
                .skip(1)
                .filter(line -> Files.exists(Path.of(args[0], line.split(",")[0])))
                .toList());
        Collections.shuffle(lines, new Random(1));
        var peaks = new PeaksInBoxes();
        for (var line : lines.subList(0, Math.min(most, lines.size()))) {
            var values = line.split(",");
            var box = new Box(number(values[1]), number(values[2]), number(values[3]) + 1, number(values[4]) + 1);
            var name = values[0].substring(0, values[0].indexOf('/'));
            peaks.add(explainer, ImageDecoder.decode(Path.of(args[0], values[0])), indices.get(name), box);
        }
        peaks.print(explainer);
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private void add(Explainer explainer, Image photo, int label, Box box) {
        photos++;
        area += box.share(photo);
        center += box.contains(photo.height() / 2.0, photo.width() / 2.0) ? 1 : 0;
        var wanted = explainer.explain(photo, label).map().peak();
        rightClass += box.contains(wanted.y(), wanted.x()) ? 1 : 0;
        var best = explainer.explain(photo);
        var peak = best.map().peak();
        boolean isIn = box.contains(peak.y(), peak.x());
        predicted += isIn ? 1 : 0;
        right += best.index() == label ? 1 : 0;
        predictedWhereRight += isIn && best.index() == label ? 1 : 0;
    }

    private void print(Explainer explainer) {
        System.out.printf("%s, %d photos%n", explainer, photos);
        System.out.printf("peak in the box, right class:      %5.1f %%%n", 100.0 * rightClass / photos);
        System.out.printf("peak in the box, predicted class:  %5.1f %%%n", 100.0 * predicted / photos);
        System.out.printf("  where it is right (%d photos):  %5.1f %%%n", right, 100.0 * predictedWhereRight / right);
        System.out.printf("chance, a point anywhere:          %5.1f %%%n", 100 * area / photos);
        System.out.printf("the photo's center:                %5.1f %%%n", 100.0 * center / photos);
    }

    private record Box(double x0, double y0, double x1, double y1) {
        boolean contains(double y, double x) {
            return y >= y0 && y < y1 && x >= x0 && x < x1;
        }

        double share(Image photo) {
            return (x1 - x0) * (y1 - y0) / ((double) photo.height() * photo.width());
        }
    }
}
