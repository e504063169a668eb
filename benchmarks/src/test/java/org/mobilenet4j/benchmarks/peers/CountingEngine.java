package org.mobilenet4j.benchmarks.peers;

/// An engine that counts its runs, in a process like those of the other engines: `CountingEngine [broken]`.
final class CountingEngine implements Engine {
    private int runs;
    private int awaited;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            throw new IllegalStateException("no such model");
        }
        System.out.println("a library greets");
        PeerServer.serve(new CountingEngine(), System.in, System.out);
    }

    @Override
    public void run() throws InterruptedException {
        runs++;
        Thread.sleep(20);
    }

    @Override
    public float[] output() {
        return new float[] {runs, awaited, 1e-7f};
    }

    @Override
    public String version() {
        return "1.2 beta";
    }

    @Override
    public void awaitWarm() {
        awaited++;
    }
}
