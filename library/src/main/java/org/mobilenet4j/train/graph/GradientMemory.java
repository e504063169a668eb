package org.mobilenet4j.train.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.train.op.FeatureMap;
import org.mobilenet4j.train.op.TrainingOp;

/// Assigns every feature map memory for its gradient in the backward pass: from the first reader that contributes
/// to the gradient until the operation that wrote the feature map has consumed it.
final class GradientMemory {
    private static final class Piece {
        int size;
        float[] floats = {};
    }

    private final List<Piece> pieces = new ArrayList<>();
    private final List<Piece> free = new ArrayList<>();
    private final Map<FeatureMap, Piece> taken = new HashMap<>();

    private GradientMemory() {}

    /// Assigns the memory, and tells the operations which of them writes a gradient first and which add to it.
    static void plan(List<TrainingOp> ops, FeatureMap scores, int batch) {
        var memory = new GradientMemory();
        memory.take(scores, batch);
        for (var op : ops.reversed()) {
            if (!op.output().wantsGradient()) {
                continue;
            }
            for (int i = 0; i < op.inputCount(); i++) {
                var map = op.input(i).map();
                if (map.wantsGradient() && memory.taken.containsKey(map)) {
                    op.addAtInput(i);
                } else if (map.wantsGradient()) {
                    memory.take(map, batch);
                }
            }
            memory.free.add(memory.taken.get(op.output()));
        }
        memory.pieces.forEach(piece -> piece.floats = new float[piece.size]);
        memory.taken.forEach((map, piece) -> map.lendGradient(piece.floats));
    }

    /// The smallest free piece that is large enough, or the largest, enlarged.
    private void take(FeatureMap map, int batch) {
        int size = map.size(batch);
        Piece best = null;
        for (var piece : free) {
            boolean fits = piece.size >= size;
            boolean isBetter =
                    best == null || (fits ? best.size < size || piece.size < best.size : best.size < piece.size);
            best = isBetter ? piece : best;
        }
        if (best == null) {
            best = new Piece();
            pieces.add(best);
        }
        free.remove(best);
        best.size = Math.max(best.size, size);
        taken.put(map, best);
    }
}
