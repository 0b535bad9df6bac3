package cn.example.hostile;

import android.app.Activity;
import android.os.Bundle;
import android.util.Log;
import android.widget.TextView;

/** Holds strings that must reach no report as anything but text. */
public final class StartActivity extends Activity {
    private static final String[] HOSTS = {
        "http://<script>alert('host')</script>.example/path",
        "https://evil.example/\"onmouseover=\"alert('url')",
        "http://=cmd|'/C calc'!A0.example/",
        "https://\u202Emoc.elgoog.example/\u001b[31m",
        "https://{{7*7}}.example/{%raw%}",
        "https://#read(\"x\").example/",
    };

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        TextView view = new TextView(this);
        view.setText("\u202E<script>alert('screen')</script>");
        setContentView(view);
        for (String host : HOSTS) {
            Log.v("Hosts", host);
        }
    }
}
