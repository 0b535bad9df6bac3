package cn.example.reach.screens;

import android.app.Activity;
import android.os.Bundle;
import cn.example.reach.Reads;

/** Exported; the app itself never starts it. */
public final class OpenActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Reads.openActivity(this);
    }
}
