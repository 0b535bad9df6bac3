package cn.edu.example.behaviours.start;

import android.content.Context;
import cn.edu.example.behaviours.Plan;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;

/** Identifiers out of system files, and a file of its own that nobody cares about. */
public final class Files {
    private Files() {}

    public static void readAll(Context context) {
        Plan.once(context, "file-arp", Files::readNeighbours);
        Plan.once(context, "file-mac", Files::readMac);
        Plan.once(context, "file-cpu", Files::readProcessor);
        Plan.once(context, "file-shared", Files::writeShared);
        Plan.once(context, "file-own", () -> writeOwn(context));
    }

    private static void readNeighbours() throws Exception {
        try (BufferedReader reader = new BufferedReader(new FileReader("/proc/net/arp"))) {
            reader.readLine();
        }
    }

    private static void readMac() throws Exception {
        try (InputStream in = new FileInputStream("/sys/class/net/wlan0/address")) {
            in.read();
        }
    }

    private static void readProcessor() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile("/proc/cpuinfo", "r")) {
            file.read();
        }
    }

    private static void writeShared() throws Exception {
        try (OutputStream out = new FileOutputStream("/sdcard/.behaviours_uid")) {
            out.write(1);
        }
    }

    private static void writeOwn(Context context) throws Exception {
        try (OutputStream out = new FileOutputStream(new File(context.getFilesDir(), "own"))) {
            out.write(1);
        }
    }
}
