package org.mobilenet4j.formats.torch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.tensor.Tensor;

/// The modules with weights in a state dict, told by their tensors: four dimensions are a convolution's, a running mean
/// a batch normalization's, two dimensions a dense layer's.
///
/// @param filters convolutions in order, and the batch normalization of each
/// @param classifiers dense layers
record TorchModules(List<TorchNames.Filter> filters, List<String> classifiers) {
    private static final String WEIGHT = ".weight";
    private static final String MEAN = ".running_mean";

    /// The modules of `tensors` in the order of the file, which is that of the network where PyTorch wrote it.
    static TorchModules inOrder(Map<String, Tensor> tensors) {
        return of(tensors, List.copyOf(tensors.keySet()));
    }

    /// The same in the order of their names, numbers in them by value; whatever lies in one module with the first
    /// convolution, which reads colors, comes first. Other programs sort the tensors that they write.
    static TorchModules byName(Map<String, Tensor> tensors) {
        var names = new ArrayList<>(tensors.keySet());
        names.sort(Comparator.comparing(TorchModules::withWideNumbers));
        for (var name : names) {
            var dims = dims(tensors, name);
            if (name.endsWith(WEIGHT) && dims.size() == 4 && dims.get(1) == 3) {
                var first = name.substring(0, Math.max(name.lastIndexOf('.', name.length() - WEIGHT.length() - 1), 0));
                var prefix = first.indexOf('.') < 0 ? first : first.substring(0, first.indexOf('.'));
                names.sort(Comparator.comparing(other -> !other.startsWith(prefix + ".")));
                break;
            }
        }
        return of(tensors, names);
    }

    private static TorchModules of(Map<String, Tensor> tensors, List<String> names) {
        var convolutions = new ArrayList<String>();
        var norms = new ArrayList<String>();
        var dense = new ArrayList<String>();
        for (var name : names) {
            int rank = dims(tensors, name).size();
            if (name.endsWith(MEAN)) {
                norms.add(name.substring(0, name.length() - MEAN.length()));
            } else if (name.endsWith(WEIGHT) && rank > 1) {
                (rank == 4 ? convolutions : dense).add(name.substring(0, name.length() - WEIGHT.length()));
            }
        }
        var filters = new ArrayList<TorchNames.Filter>();
        for (int i = 0; i < Math.min(convolutions.size(), norms.size()); i++) {
            filters.add(new TorchNames.Filter(convolutions.get(i), norms.get(i)));
        }
        boolean isPaired = convolutions.size() == norms.size();
        return new TorchModules(isPaired ? filters : List.of(), dense);
    }

    /// The dimensions of the tensor called `name`, none if there is no such tensor.
    static List<Integer> dims(Map<String, Tensor> tensors, String name) {
        var tensor = tensors.get(name);
        return tensor == null ? List.of() : tensor.dims();
    }

    /// `name` with zeros before each number, so that the tenth comes after the ninth.
    private static String withWideNumbers(String name) {
        var wide = new StringBuilder();
        int digits = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            digits = Character.isDigit(c) ? digits + 1 : 0;
            if (digits == 1) {
                int end = i;
                while (end < name.length() && Character.isDigit(name.charAt(end))) {
                    end++;
                }
                wide.append("0".repeat(Math.max(0, 9 - (end - i))));
            }
            wide.append(c);
        }
        return wide.toString();
    }
}
