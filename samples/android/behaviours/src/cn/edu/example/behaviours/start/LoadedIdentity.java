package cn.edu.example.behaviours.start;

import android.os.Build;

/** Reads the serial number in its static initialiser. */
public final class LoadedIdentity {
    private static final String SERIAL;

    static {
        SERIAL = Build.SERIAL;
    }

    private LoadedIdentity() {}

    public static int load() {
        return SERIAL == null ? 0 : SERIAL.length();
    }
}
