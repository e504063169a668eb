package org.mobilenet4j.kernel;

/// Floats in an array.
final class ArrayMemory implements Memory {
    private final float[] array;

    ArrayMemory(float[] array) {
        this.array = array;
    }

    @Override
    public float[] array() {
        return array;
    }

    @Override
    public long address() {
        throw new IllegalStateException("the memory is an array");
    }

    @Override
    public boolean isNative() {
        return false;
    }

    @Override
    public void put(float[] source, int from, int at, int count) {
        System.arraycopy(source, from, array, at, count);
    }

    @Override
    public void get(int at, float[] target, int to, int count) {
        System.arraycopy(array, at, target, to, count);
    }
}
