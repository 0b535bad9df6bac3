package cn.edu.example.behaviours.start;

import android.content.Context;
import cn.edu.example.behaviours.Plan;
import dalvik.system.DexClassLoader;

/** Commands, loaded code and a native library that is not there. */
public final class Shells {
    private Shells() {}

    public static void runAll(Context context) {
        Plan.once(context, "shell-getprop", Shells::readProperty);
        Plan.once(context, "shell-packages", Shells::listPackages);
        Plan.once(context, "load-code", () -> loadCode(context));
        Plan.once(context, "load-library", Shells::loadLibrary);
    }

    private static void readProperty() throws Exception {
        Runtime.getRuntime().exec("getprop ro.serialno");
    }

    private static void listPackages() throws Exception {
        new ProcessBuilder("pm", "list", "packages", "-3").start();
    }

    private static void loadCode(Context context) {
        String folder = context.getFilesDir().getPath();
        new DexClassLoader(folder + "/none.jar", folder, null, Shells.class.getClassLoader());
    }

    private static void loadLibrary() {
        System.loadLibrary("planted");
    }
}
