package cn.example.weak;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Taking files out of archives. */
public final class Archives {
    private Archives() {}

    public static void streamToFolder(ZipInputStream archive, File folder) throws IOException {
        ZipEntry entry = archive.getNextEntry();
        while (entry != null) {
            copy(archive, new File(folder, entry.getName()));
            entry = archive.getNextEntry();
        }
    }

    public static void fileToFolder(ZipFile archive, File folder) throws IOException {
        for (ZipEntry entry : Collections.list(archive.entries())) {
            FileOutputStream out = new FileOutputStream(folder.getPath() + "/" + entry.getName());
            out.write(archive.getInputStream(entry).read());
            out.close();
        }
    }

    public static void nameThroughVariable(ZipInputStream archive, String folder) throws IOException {
        ZipEntry entry = archive.getNextEntry();
        String name = entry.getName();
        String path = folder.concat(name);
        copy(archive, new File(path));
    }

    public static void canonicalChecked(ZipInputStream archive, File folder) throws IOException {
        ZipEntry entry = archive.getNextEntry();
        File target = new File(folder, entry.getName());
        if (!target.getCanonicalPath().startsWith(folder.getCanonicalPath() + File.separator)) {
            throw new IOException("outside");
        }
        copy(archive, target);
    }

    public static void dotsRefused(ZipInputStream archive, File folder) throws IOException {
        ZipEntry entry = archive.getNextEntry();
        String name = entry.getName();
        if (name.contains("..")) {
            throw new IOException("outside");
        }
        copy(archive, new File(folder, name));
    }

    public static void ownNames(ZipInputStream archive, File folder) throws IOException {
        int number = 0;
        while (archive.getNextEntry() != null) {
            copy(archive, new File(folder, "part" + number++));
        }
    }

    public static int listOnly(ZipInputStream archive) throws IOException {
        int length = 0;
        ZipEntry entry = archive.getNextEntry();
        while (entry != null) {
            length += entry.getName().length();
            entry = archive.getNextEntry();
        }
        return length;
    }

    private static void copy(InputStream in, File target) throws IOException {
        try (FileOutputStream out = new FileOutputStream(target)) {
            byte[] block = new byte[4096];
            int count = in.read(block);
            while (count > 0) {
                out.write(block, 0, count);
                count = in.read(block);
            }
        }
    }
}
