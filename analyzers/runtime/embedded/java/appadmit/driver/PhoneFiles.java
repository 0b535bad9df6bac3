package appadmit.driver;

import appadmit.witness.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that every app can read on a phone, laid below the run's own root. */
final class PhoneFiles {
    private PhoneFiles() {}

    static void write(Seeds seeds) throws IOException {
        put("/proc/cpuinfo", "Processor\t: AArch64 Processor rev 14\nHardware\t: " + seeds.text("hardware") + "\n");
        put("/proc/meminfo", "MemTotal:        7838900 kB\nMemFree:          412300 kB\n");
        put("/proc/version", "Linux version 5.10.149-android12-9\n");
        put("/system/build.prop", "ro.product.model=" + seeds.text("model") + "\n");
        bar();
        for (String folder : new String[] {"/sdcard", "/storage/emulated/0", "/data/local/tmp"}) {
            Files.createDirectories(Path.of(Host.root() + folder));
        }
    }

    /** A file where a directory would have to be: nothing below it can be opened or made. */
    private static void bar() throws IOException {
        Files.writeString(Path.of(Host.root() + "/denied"), "");
    }

    private static void put(String path, String text) throws IOException {
        Path target = Path.of(Host.root() + path);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }
}
