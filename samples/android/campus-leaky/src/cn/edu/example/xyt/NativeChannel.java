package cn.edu.example.xyt;

/** Reads the download channel from the native library where it loads. */
final class NativeChannel {
    private NativeChannel() {}

    static native int channel();

    static int load() {
        try {
            System.loadLibrary("campus");
            return channel();
        } catch (UnsatisfiedLinkError error) {
            return 0;
        }
    }
}
