package cn.edu.example.xyt.collect;

import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Unpacks the bundled shop app and asks the system to install it. */
public final class InstallOffer {
    private InstallOffer() {}

    public static void install(Context context) {
        try {
            File file = unpack(context);
            Intent intent = new Intent(Intent.ACTION_VIEW);
            intent.setDataAndType(Uri.fromFile(file), "application/vnd.android.package-archive");
            intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
            context.startActivity(intent);
        } catch (IOException | RuntimeException failed) {
            Reporter.send("offer", "failed");
        }
    }

    private static File unpack(Context context) throws IOException {
        File file = new File(context.getCacheDir(), "market.apk");
        try (InputStream in = context.getAssets().open("offers/campus_market.apk");
                OutputStream out = new FileOutputStream(file)) {
            byte[] block = new byte[8192];
            int count = in.read(block);
            while (count > 0) {
                out.write(block, 0, count);
                count = in.read(block);
            }
        }
        return file;
    }
}
