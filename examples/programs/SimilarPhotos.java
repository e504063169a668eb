import java.nio.file.Path;
import java.util.Comparator;
import java.util.TreeMap;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Embedder;
import org.mobilenet4j.data.Folder;

/// The photos of a folder that look most like another photo: `SimilarPhotos FOLDER PHOTO`.
class SimilarPhotos {
    public static void main(String[] args) throws Exception {
        var embedder = Embedder.open(DefaultModel.load());
        var wanted = embedder.embed(Path.of(args[1]));
        var found = new TreeMap<Double, Path>(Comparator.reverseOrder());
        for (var file : Folder.photos(Path.of(args[0]))) {
            found.put(Embedder.similarity(wanted, embedder.embed(file)), file);
        }
        found.entrySet().stream()
                .limit(5)
                .forEach(entry -> System.out.printf("%.3f  %s%n", entry.getKey(), entry.getValue()));
    }
}
