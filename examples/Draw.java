import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/// Draws the pictures of this folder: things that the network which comes with the command knows, as PNG.
///
/// ```
/// java examples/Draw.java examples
/// ```
///
/// Each file is called after what it shows. Needs no build: the JVM compiles the other files of this folder itself.
final class Draw {
    private Draw() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: java examples/Draw.java FOLDER");
            System.exit(2);
        }
        var folder = Files.createDirectories(Path.of(args[0]));
        for (var picture : pictures().entrySet()) {
            var file = folder.resolve(picture.getKey() + ".png");
            ImageIO.write(picture.getValue(), "png", file.toFile());
            System.out.println(file);
        }
    }

    private static Map<String, BufferedImage> pictures() {
        var all = new LinkedHashMap<String, BufferedImage>();
        all.put("banana", Fruit.banana());
        all.put("lemon", Fruit.lemon());
        all.put("orange", Fruit.orange());
        all.put("school-bus", SchoolBus.draw());
        all.put("basketball", Balls.basketball());
        all.put("goldfish", Animals.goldfish());
        all.put("ladybug", Animals.ladybug());
        all.put("umbrella", Things.umbrella());
        all.put("pizza", Things.pizza());
        all.put("seashore", Places.seashore());
        return all;
    }
}
